import type { Kind, Route } from '../protocols/index.ts'
import type { Clearance } from './roles.ts'
import type { ChannelState, MailDomain } from './rules/channel.ts'

/** Someone in the directory to whom information may have to go. */
export interface Entry {
  readonly id: string
  readonly name: string
  readonly role?: string
  readonly kind: Kind
  readonly agency?: string
  readonly agencyName?: string
  readonly team?: string
  readonly teamName?: string
  /** What sets this one apart from others of the same name (CUM-13). */
  readonly knownBy?: string
  readonly address?: string
  readonly fax?: string
  readonly postal?: string
  /** The office. */
  readonly telephone?: string
  /** Never shown to children and young people (BOU-14). */
  readonly mobile?: string
  readonly prefers?: Route
  readonly prefersAgreedOn?: string
  readonly prefersAgreedWith?: string
  readonly via?: string
  /** The entry whose secure mailbox this one uses (MPS-4). */
  readonly mailboxOf?: string
  readonly mailboxName?: string
  /** The address that mail really goes to: that of the mailbox where one is shared. */
  readonly reachedAt?: string
  readonly list: boolean
  readonly listOwner?: string
  readonly listCheckedOn?: string
  readonly trained?: string
  readonly area?: string
  readonly authorised: boolean
  readonly clearance?: Clearance
  readonly userId?: string
  readonly checkedOn?: string
  readonly leftOn?: string
  readonly version: number
  /** The state of the secure channel to the address (MPS-3). */
  readonly state: ChannelState
  readonly domain?: MailDomain
  /** How often this worker has sent there. */
  readonly times: number
}
