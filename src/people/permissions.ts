import { type Duty, isDuty, isRole, type Role } from './roles.ts'

/** Everything that a page, endpoint, command or job may ask for, and what it opens. */
export const PERMISSIONS = {
  'account.own': 'See and change one’s own account',
  'disclosure.read': 'Read the disclosures of one’s own agency',
  'disclosure.write': 'Decide and record a disclosure',
  'disclosure.authorise': 'Authorise what a worker may not decide alone',
  'disclosure.advise': 'Advise someone who is not sure, without knowing about whom',
  'intake.work': 'Work the queue of reports that have come in',
  'dispatch.confirm': 'Confirm the steps of a sending',
  'portal.invite': 'Invite someone outside to read',
  'register.check': 'Ask the linked registers for a stated reason',
  'register.keep': 'Keep the entries of one’s own register',
  'register.import': 'Feed one’s own register from a file',
  'enquiry.read': 'Read who asked the register about whom',
  'gateway.read': 'See what the mail gateway did with one’s own agency’s mail',
  'gateway.release': 'Release or return mail that was stopped',
  'records.read': 'See what is kept about a person',
  'records.keep': 'Correct, dispose of and hand out what is kept',
  'planning.read': 'See anonymised figures',
  'protocol.read': 'Read the protocols and try a decision',
  'breach.report': 'Report a breach or near miss',
  'breach.keep': 'Look into breaches',
  'audit.read': 'Read and prove the log of acts',
  'directory.read': 'Find people in the directory',
  'directory.edit': 'Keep the directory',
  'agreement.read': 'Read the agreements',
  'agreement.edit': 'Keep the agreements',
  'user.admin': 'Administer the users of one’s own agency',
  'training.record': 'Record training of one’s own agency’s staff',
} as const
export type Permission = keyof typeof PERMISSIONS

/** Someone without training (BOU-1), or who has not accepted the terms (CUM-57), may do this much. */
export const BARE: readonly Permission[] = ['account.own']

const EVERYONE: readonly Permission[] = [
  'account.own',
  'directory.read',
  'agreement.read',
  'protocol.read',
  'breach.report',
]
const SHARES: readonly Permission[] = [
  'disclosure.read',
  'disclosure.write',
  'dispatch.confirm',
  'portal.invite',
  'gateway.read',
]

// WY-30: nobody gains more than they were entitled to before; what is not here is closed.
const OF_ROLE: Record<Role, readonly Permission[]> = {
  'child-protection-coordinator': [
    ...SHARES,
    'disclosure.authorise',
    'register.check',
    'register.keep',
    'enquiry.read',
    'planning.read',
    'training.record',
  ],
  'senior-management': ['disclosure.read', 'disclosure.authorise', 'planning.read', 'enquiry.read'],
  'administrative-staff': ['disclosure.read', 'dispatch.confirm'],
  manager: [...SHARES, 'disclosure.authorise', 'register.check', 'planning.read', 'gateway.release', 'training.record'],
  practitioner: [...SHARES, 'register.check'],
  'offender-practitioner': [...SHARES, 'register.check'],
  referrer: SHARES,
  'conference-chair': [...SHARES, 'register.check'],
  'performance-and-quality': ['planning.read'],
}
const OF_DUTY: Record<Duty, readonly Permission[]> = {
  'hub-worker': [...SHARES, 'intake.work', 'register.check'],
  adviser: ['disclosure.advise', 'breach.keep'],
  'register-keeper': ['register.check', 'register.keep', 'register.import', 'enquiry.read', 'records.read'],
  'records-officer': ['records.read', 'records.keep', 'disclosure.read'],
  'gateway-reviewer': ['gateway.read', 'gateway.release'],
  'user-administrator': ['user.admin', 'directory.edit', 'agreement.edit', 'training.record'],
  auditor: ['audit.read', 'enquiry.read', 'breach.keep'],
}

/** What someone with these roles and duties may do. Unknown names give nothing. */
export function permissionsOf(roles: readonly string[]): ReadonlySet<Permission> {
  const granted = new Set<Permission>(EVERYONE)
  for (const role of roles) {
    const more = isRole(role) ? OF_ROLE[role] : isDuty(role) ? OF_DUTY[role] : []
    for (const permission of more) granted.add(permission)
  }
  return granted
}

export const isPermission = (text: string): text is Permission => Object.hasOwn(PERMISSIONS, text)
