import type { Kind } from '../protocols/index.ts'
import type { Permission } from './permissions.ts'
import type { Clearance } from './roles.ts'

/** A user of the house. */
export interface Person {
  /** UUID. */
  readonly id: string
  readonly username: string
  readonly name: string
  readonly agency: string
  readonly agencyName: string
  readonly agencyKind: Kind
  readonly team?: string
  readonly jobTitle?: string
  readonly email?: string
  /** Roles of WY-32 and duties. */
  readonly roles: readonly string[]
  /** The authority whose register entries are their own (WY-19). */
  readonly area?: string
  /** Specifically authorised beyond their own area or profession (WY-18). */
  readonly authorised: boolean
  readonly authorisedBy?: string
  /** The highest level that the agency's authority gives one of their roles (WY-32). */
  readonly clearance: Clearance
  /** YYYY-MM-DD of the last information-governance training. */
  readonly trained?: string
  readonly manager?: string
  readonly accepted: boolean
  /** What they may do now: bare until trained once and the terms are accepted. */
  readonly permissions: ReadonlySet<Permission>
  readonly protocol: string
  readonly hasPassword: boolean
  readonly factors: { readonly authenticator: boolean; readonly passkeys: number }
  readonly closedAt?: Date
}
