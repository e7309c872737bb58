import type { PreparedPerson } from '../../matching/index.ts'
import { type Sql, sql, type Tx } from '../../platform/index.ts'
import type { Entry } from '../entry.ts'

/** A row of the register as a search gives it back. */
export interface Detail {
  readonly id: number
  readonly authority: string
  readonly localId: string
  readonly record: Entry
  readonly shielded: boolean
  readonly version: number
}

/** An entry that shares keys with the person sought. */
export interface Sharing {
  readonly id: number
  readonly shielded: boolean
  readonly prepared: PreparedPerson
}

/**
 * The entries that share the rarest and the most of these keys, at most so many, with the words of matching/, and how many entries all registers
 * hold together: one statement, one packed answer. Keys under which a hundred or more entries stand count only when `everything` is asked; they are
 * told in `full`.
 */
export async function sharing(
  tx: Tx,
  keys: readonly number[],
  most: number,
  everything: boolean,
): Promise<{ population: number; full: number[]; met: Sharing[] }> {
  const row = await tx.maybe<{ population: number; full: Buffer | null; packed: string | null }>(
    named(
      'register.sharing',
      // A driver that reads answers as text takes a third longer over the same bytes in hexadecimal.
      sql`select population, full_keys as "full", encode(packed, 'base64') as packed from register.sharing(${binary(keys)}::bigint[], ${most}, ${everything})`,
    ),
  )
  const full: number[] = []
  for (let at = 0; row?.full != null && at < row.full.length; at += 8) full.push(wholeAt(row.full, at))
  return { population: row?.population ?? 0, full, met: unpacked(row?.packed ?? '') }
}

/** What lies here one after another is looked at where it lies. */
function unpacked(base64: string): Sharing[] {
  const met: Sharing[] = []
  const packed = Buffer.from(base64, 'base64')
  // Words of 32 bits must lie on a multiple of four bytes.
  const bytes = packed.byteOffset % 4 === 0 ? packed : Buffer.from(Uint8Array.from(packed).buffer)
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readInt32BE(at + 8)
    const length = Math.abs(size)
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + at + 12, length / 4)
    met.push({ id: wholeAt(bytes, at), shielded: size < 0, prepared: { words } })
    at += 12 + length
  }
  return met
}

interface Row {
  readonly id: number
  readonly authority: string
  readonly localId: string
  readonly text: string
  readonly shielded: boolean
  readonly version: number
}

/** What stands in one entry; its record is read when it is looked at. */
class StoredDetail implements Detail {
  readonly id: number
  readonly authority: string
  readonly localId: string
  readonly shielded: boolean
  readonly version: number
  readonly #text: string
  #record: Entry | undefined
  constructor({ id, authority, localId, text, shielded, version }: Row) {
    this.id = id
    this.authority = authority
    this.localId = localId
    this.shielded = shielded
    this.version = version
    this.#text = text
    this.#record = undefined
  }
  get record(): Entry {
    this.#record ??= JSON.parse(this.#text) as Entry
    return this.#record
  }
}

/** What stands in these entries, in no order. */
export async function detailsOf(tx: Tx, ids: readonly number[]): Promise<Detail[]> {
  const rows = await tx.query<Row>(
    named(
      'register.details',
      sql`select id, authority, local_id as "localId", record as text, shielded, version from register.details(${binary(ids)}::bigint[])`,
    ),
  )
  return rows.map((row) => new StoredDetail(row))
}

/** The words of matching/ as they were kept. */
export function preparedFrom(bytes: Buffer): PreparedPerson {
  return { words: new Int32Array(Uint8Array.from(bytes).buffer) }
}

const INT8 = 20

/** A bigint[] as PostgreSQL's binary format has it: neither side reads and writes decimal numbers. */
function binary(numbers: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(20 + numbers.length * 12)
  bytes.writeInt32BE(numbers.length === 0 ? 0 : 1, 0)
  bytes.writeInt32BE(0, 4)
  bytes.writeInt32BE(INT8, 8)
  bytes.writeInt32BE(numbers.length, 12)
  bytes.writeInt32BE(1, 16)
  let at = 20
  for (const number of numbers) {
    const high = Math.floor(number / 0x1_0000_0000)
    bytes.writeInt32BE(8, at)
    bytes.writeInt32BE(high, at + 4)
    bytes.writeUInt32BE(number - high * 0x1_0000_0000, at + 8)
    at += 12
  }
  return numbers.length === 0 ? bytes.subarray(0, 12) : bytes
}

const wholeAt = (bytes: Buffer, at: number): number =>
  bytes.readInt32BE(at) * 0x1_0000_0000 + bytes.readUInt32BE(at + 4)

/** A statement that each connection plans once: planning took as long as searching. */
const named = (name: string, statement: Sql): Sql => Object.assign(statement, { name })
