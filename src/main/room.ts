import type { ApiParts, Endpoint } from '../api/index.ts'
import type { Command } from '../cli/index.ts'
import type { AnyJob, Context, Holding, Hop, House, Service } from '../platform/index.ts'
import type { Authenticate, NavigationItem, Page } from '../web/index.ts'

/** What a room's `room.ts` may export. Everything is optional; nothing else is read. */
export interface RoomModule {
  readonly pages?: readonly Page[]
  readonly endpoints?: readonly Endpoint[]
  readonly jobs?: readonly AnyJob[]
  readonly services?: readonly Service[]
  readonly holdings?: readonly Holding[]
  readonly navigation?: readonly NavigationItem[]
  /** What the room does about the time between a backup, made at `at`, and now; in the transaction that restores. */
  readonly restored?: (ctx: Context, at: Date) => Promise<void>
  /** Who is signed in; one room has these. */
  readonly authenticate?: Authenticate
  readonly authenticateToken?: ApiParts['authenticateToken']
  /** Brings an invented area into being, once; gives lines for the terminal, such as sign-ins. Also the area's name. */
  readonly area?: { readonly name: string; open(house: House): Promise<readonly string[]> }
  /** A mailbox of our own to which all mail of an invented area goes. */
  readonly mailbox?: {
    start(house: House): Promise<{ readonly hop: Hop; readonly where?: string; stop(): Promise<void> }>
  }
}

export interface Room {
  readonly name: string
  /** Only in an invented area. */
  readonly demo?: true
  /** Its `commands.ts`, loaded for every command line: light. */
  readonly commands?: () => Promise<{ readonly commands: readonly Command[] }>
  /** Its `room.ts`, loaded by `start`. */
  readonly room?: () => Promise<RoomModule>
}
