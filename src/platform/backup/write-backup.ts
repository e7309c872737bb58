import { createReadStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PoolClient } from 'pg'
import type { House } from '../context.ts'
import { sha256Stream } from '../crypto.ts'
import { errorCode, isFault } from '../problems.ts'
import type { Closing, Manifest, PartSum } from './contents.ts'
import { type FrameKind, framesOf, jsonFrame } from './frames.ts'
import { type SealedWriter, sealedWriter } from './sealed-stream.ts'
import { PLAIN_SETTINGS, schemaOf, sequences, type Table, tablesInOrder } from './tables.ts'

export interface BackedUp {
  /** ISO moment of the snapshot. */
  readonly at: string
  readonly tables: number
  readonly rows: number
  readonly files: number
  /** Of the backup, in bytes. */
  readonly size: number
  /** Ids of kept files that are gone or damaged on disk, and so are not in it. */
  readonly missing: readonly string[]
}

interface Wishes {
  readonly product: string
  /** Names of files in the data folder that belong to the hub. */
  readonly beside: readonly string[]
  /** Called as parts are written. */
  readonly progress?: (done: number, total: number, what: string) => void
}

/**
 * Writes the whole hub as it stood at one moment into a new sealed file at `path`: every table, the files, and what lies beside the database. The hub may go on
 * working. Throws EEXIST where the file is there already; what is half written is removed.
 */
export async function writeBackup(house: House, path: string, wishes: Wishes): Promise<BackedUp> {
  if (await stat(path).catch(() => undefined)) throw Object.assign(new Error('there already'), { code: 'EEXIST' })
  const half = `${path}.half`
  const writer = await sealedWriter(half, house.secrets)
  const client = await house.database.pool.connect()
  try {
    // As long as this is held, no file is swept away that the snapshot knows.
    await client.query(`select pg_advisory_lock_shared(hashtext('safehaven.files'))`)
    const done = await writeAll(house, client, writer, wishes)
    const size = await writer.end()
    await rename(half, path)
    await syncFolder(dirname(path))
    return { ...done, size }
  } catch (error) {
    await writer.abandon()
    await rm(half, { force: true })
    throw error
  } finally {
    // A connection that is ended lets go of its lock and of an open transaction.
    client.release(true)
  }
}

async function writeAll(
  house: House,
  client: PoolClient,
  writer: SealedWriter,
  { product, beside, progress }: Wishes,
): Promise<Omit<BackedUp, 'size'>> {
  const at = house.clock.now().toISOString()
  const parts: PartSum[] = []
  // Before the snapshot: each head that lies there is then in the snapshot too.
  const heads = await Promise.all(beside.map((name) => readWhole(join(house.config.dataDir, name))))
  await client.query(`begin isolation level repeatable read, read only; ${PLAIN_SETTINGS}`)
  const manifest: Manifest = { format: 1, at, product, schema: await schemaOf(client) }
  for (const frame of jsonFrame('M', manifest)) await writer.write(frame)
  for (const [index, name] of beside.entries())
    if (heads[index] !== undefined) parts.push(await part(writer, 'B', { name }, [heads[index]]))
  const tables = await tablesInOrder(client)
  const { rows: files } = await client.query<{ id: string; sha256: string }>(
    'select id, sha256 from platform.blob order by id',
  )
  const total = tables.length + files.length
  let rows = 0
  for (const [index, table] of tables.entries()) {
    const sum = await writeTable(client, writer, table)
    rows += sum.rows ?? 0
    parts.push(sum)
    progress?.(index + 1, total, table.name)
  }
  const stand = await sequences(client)
  await client.query('commit')
  const missing: string[] = []
  for (const [index, { id, sha256 }] of files.entries()) {
    const sum = await writeFile(house, writer, id)
    if (sum?.sha256 === sha256) parts.push(sum)
    else missing.push(id)
    progress?.(tables.length + index + 1, total, 'files')
  }
  const closing: Closing = { parts, sequences: stand, missing }
  for (const frame of jsonFrame('Z', closing)) await writer.write(frame)
  return { at, tables: tables.length, rows, files: files.length - missing.length, missing }
}

async function writeTable(client: PoolClient, writer: SealedWriter, { name, columns }: Table): Promise<PartSum> {
  const { to } = await import('pg-copy-streams')
  const source = client.query(to(`copy ${name} (${columns.join(', ')}) to stdout`))
  const sum = await part(writer, 'T', { name, columns }, source)
  return { ...sum, rows: source.rowCount }
}

// A file that is gone or damaged does not stop the backup of everything else: it is named, in the backup and to the operator.
async function writeFile(house: House, writer: SealedWriter, id: string): Promise<PartSum | undefined> {
  try {
    return await part(writer, 'F', { name: id }, readFile(house, id))
  } catch (error) {
    if (!isFault(error) || (error.code !== 'platform.file-missing' && error.code !== 'platform.file-damaged'))
      throw error
    for (const frame of jsonFrame('X', {})) await writer.write(frame)
    return undefined
  }
}

async function* readFile(house: House, id: string): AsyncGenerator<Uint8Array> {
  yield* await house.blobs.read(id)
}

async function part(
  writer: SealedWriter,
  kind: FrameKind,
  head: { readonly name: string; readonly columns?: readonly string[] },
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<PartSum> {
  for (const frame of jsonFrame(kind, head)) await writer.write(frame)
  const hash = sha256Stream()
  let bytes = 0
  for await (const piece of content) {
    if (piece.length === 0) continue
    hash.add(piece)
    bytes += piece.length
    for (const frame of framesOf('D', piece)) await writer.write(frame)
  }
  const sum: PartSum = { name: head.name, bytes, sha256: hash.hex() }
  for (const frame of jsonFrame('E', sum)) await writer.write(frame)
  return sum
}

async function readWhole(path: string): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  try {
    for await (const piece of createReadStream(path)) pieces.push(piece as Buffer)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  return Buffer.concat(pieces)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
