/** Who acts. Permissions are dotted names ("disclosure.write"); `*` is everything, and only the system has it. */
export interface Actor {
  /** The user's id; "system", "operator" or "anonymous" for those who are not users. */
  readonly id: string
  readonly name: string
  readonly kind: 'user' | 'system' | 'operator' | 'program' | 'anonymous'
  /** The id of the agency they act for. */
  readonly agency?: string
  readonly agencyName?: string
  /** The name of their role, as row security and pages see it. */
  readonly role?: string
  readonly permissions: ReadonlySet<string>
}

/** Safehaven itself: jobs, services, the seeding of an invented area. */
export const system: Actor = {
  id: 'system',
  name: 'Safehaven',
  kind: 'system',
  role: 'system',
  permissions: new Set(['*']),
}

/** Nobody has signed in. */
export const anonymous: Actor = { id: 'anonymous', name: 'Not signed in', kind: 'anonymous', permissions: new Set() }

/** Whoever runs commands on the machine itself. */
export const operator = (account: string): Actor => ({
  id: `operator:${account}`,
  name: account,
  kind: 'operator',
  role: 'system',
  permissions: new Set(['*']),
})

/** Whether an actor may. `public` is open to everyone; what is not granted is closed. */
export const may = (actor: Actor, permission: string): boolean =>
  permission === 'public' || actor.permissions.has('*') || actor.permissions.has(permission)
