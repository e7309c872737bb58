/** The nine listed roles of West Yorkshire's protocol. Each authority gives each of them a level (WY-32). */
export const ROLES = {
  'child-protection-coordinator': 'Child protection co-ordinator',
  'senior-management': 'Senior management of a participating organisation',
  'administrative-staff': 'Administrative staff of a participating organisation',
  manager: 'Manager of staff who work with children who may have been abused',
  practitioner: 'Works with children who may have been abused',
  'offender-practitioner': 'Works with people who may have perpetrated abuse',
  referrer: 'Referrer',
  'conference-chair': 'Chair of child protection conferences',
  'performance-and-quality': 'Performance and quality staff',
} as const
export type Role = keyof typeof ROLES

/** Duties that someone has beside their role. They carry permissions and no level. */
export const DUTIES = {
  'hub-worker': 'Works the intake of the safeguarding hub',
  adviser: 'Information-sharing adviser',
  'register-keeper': 'Keeps the register',
  'records-officer': 'Records and subject access',
  'gateway-reviewer': 'Reviews mail that was stopped',
  'user-administrator': 'Administers users, directory and agreements',
  auditor: 'Auditor',
} as const
export type Duty = keyof typeof DUTIES

export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text)
export const isDuty = (text: string): text is Duty => Object.hasOwn(DUTIES, text)
/** How a role or duty is shown; unknown ones as they are. */
export const roleTitle = (id: string): string => (isRole(id) ? ROLES[id] : isDuty(id) ? DUTIES[id] : id)

export const CLEARANCES = ['anonymised', 'personal', 'sensitive'] as const
export type Clearance = (typeof CLEARANCES)[number]
