import { sha256, sql } from '../platform/index.ts'

/** An entry as it is hashed and exported: every value as text, exactly as the database holds it. */
export interface EntryText {
  readonly id: number
  readonly at: string
  readonly actor: string
  readonly actor_name: string
  readonly actor_kind: string
  readonly agency: string | null
  readonly act: string
  readonly outcome: string
  readonly subject: string | null
  readonly detail: string | null
  readonly reference: string
  readonly written_at: string
}

/** The columns of `EntryText`, for a select from audit.entry as e. */
export const entryColumns = sql`e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.actor, e.actor_name, e.actor_kind, e.agency, e.act,
  e.outcome, e.subject, e.detail::text as detail, e.reference, to_char(e.written_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as written_at`

/** SHA-256 over 0x00 and the entry as a JSON array in the order of `EntryText`; leaves and chain hash apart as in RFC 6962. */
export function leafOf(entry: EntryText): Buffer {
  const { id, at, actor, actor_name, actor_kind, agency, act, outcome, subject, detail, reference, written_at } = entry
  const values = [id, at, actor, actor_name, actor_kind, agency, act, outcome, subject, detail, reference, written_at]
  return sha256(Buffer.concat([Buffer.of(0), Buffer.from(JSON.stringify(values))]))
}

export const chainStart = (): Buffer => Buffer.alloc(32)

/** SHA-256 over 0x01, the chain so far and the next leaf. */
export const chainOn = (chain: Uint8Array, leaf: Uint8Array): Buffer =>
  sha256(Buffer.concat([Buffer.of(1), chain, leaf]))

/** What is signed of a head. */
export const headContent = (seq: number, chain: Uint8Array, at: Date): Buffer =>
  Buffer.from(`safehaven audit head\n${seq}\n${Buffer.from(chain).toString('hex')}\n${at.toISOString()}\n`)

export const HEAD_PURPOSE = 'audit.head'
