import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { type Actor, system } from '../actor.ts'
import type { Context, House, Recorded } from '../context.ts'
import { randomReference } from '../crypto.ts'
import { APPLICATION_ROLE, openTx, settingsOf } from '../transaction.ts'
import type { Manifest } from './contents.ts'
import { openParts, type Part, type Parts, unlike } from './read-parts.ts'
import { BackupRefused, type Why } from './refused.ts'
import { PLAIN_SETTINGS, schemaOf, sequences, tablesInOrder } from './tables.ts'

export type Restored =
  | {
      readonly kind: 'restored'
      /** ISO moment of the snapshot. */
      readonly at: string
      readonly tables: number
      readonly rows: number
      readonly files: number
      /** Ids of files that were already gone when the backup was made. */
      readonly missing: readonly string[]
    }
  /** Nothing was changed; the sentence says what to do. */
  | { readonly kind: 'refused'; readonly why: Why; readonly sentence: string }

export interface RestoreWishes {
  /** Who restores, for the log of acts. */
  readonly actor: Actor
  /** Names of files in the data folder that belong to the hub. */
  readonly beside: readonly string[]
  /** What rooms do about the time between the backup and now, in the same transaction. */
  readonly settle: (ctx: Context, at: Date) => Promise<void>
  readonly progress?: (done: number, what: string) => void
}

/**
 * Brings back a hub from a backup, only into one that is empty. Everything of the database is one transaction: when the backup turns out not to be whole, is of
 * another version or another secret, nothing was changed.
 */
export async function restoreBackup(house: House, path: string, wishes: RestoreWishes): Promise<Restored> {
  const placed: string[] = []
  const client = await house.database.pool.connect()
  let parts: Parts | undefined
  try {
    parts = await openParts(path, house.secrets)
    await client.query(`begin; ${PLAIN_SETTINGS}`)
    await refuseUnlessFit(client, house, parts.manifest, wishes.beside)
    const counted = await fill(client, house, parts, wishes, placed)
    await client.query('commit')
    for (const name of wishes.beside) await rename(halfOf(house, name), join(house.config.dataDir, name)).catch(absent)
    return { kind: 'restored', at: parts.manifest.at, ...counted }
  } catch (error) {
    await client.query('rollback').catch(() => {})
    for (const id of placed) await house.blobs.discard(id)
    for (const name of wishes.beside) await rm(halfOf(house, name), { force: true })
    if (!(error instanceof BackupRefused)) throw error
    return { kind: 'refused', why: error.why, sentence: error.message }
  } finally {
    await parts?.close()
    client.release(true)
  }
}

const halfOf = (house: House, name: string): string => join(house.config.dataDir, `${name}.half`)
const absent = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error
}

async function refuseUnlessFit(
  client: PoolClient,
  house: House,
  { schema, product }: Manifest,
  beside: readonly string[],
): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('safehaven.start')) as free`,
  )
  if (rows[0]?.free !== true)
    throw new BackupRefused('running', 'Safehaven is running on this hub. Stop it, then restore.')
  if (JSON.stringify(schema) !== JSON.stringify(await schemaOf(client)))
    throw new BackupRefused(
      'other-version',
      `This backup was made by another version of Safehaven (${product}), whose tables differ. Install that version, restore with it, and then bring the hub up to date.`,
    )
  const full = beside.filter((name) => existsSync(join(house.config.dataDir, name)))
  for (const { name } of await tablesInOrder(client)) {
    await client.query(`lock table ${name} in share row exclusive mode`)
    if ((await client.query(`select from ${name} limit 1`)).rowCount !== 0) full.push(name)
  }
  if (full.length > 0)
    throw new BackupRefused(
      'not-empty',
      `This hub is not empty (${full[0]}). Restore only into a new one: choose another folder with --data DIR, or another database with DATABASE_URL.`,
    )
}

async function fill(
  client: PoolClient,
  house: House,
  parts: Parts,
  wishes: RestoreWishes,
  placed: string[],
): Promise<{ tables: number; rows: number; files: number; missing: readonly string[] }> {
  const tables = await tablesInOrder(client)
  const filled = new Map<string, number>()
  for await (const part of parts.each()) {
    if (part.kind === 'T') filled.set(part.name, await fillTable(client, tables, part))
    else if (part.kind === 'B') await layBeside(house, wishes.beside, part)
    else {
      placed.push(part.name)
      await house.blobs.putBack(part.name, part.content())
    }
    wishes.progress?.(filled.size + placed.length, part.kind === 'F' ? 'files' : part.name)
  }
  const closing = parts.closing()
  const rows = closing.parts.reduce((sum, part) => sum + (part.rows ?? 0), 0)
  if (closing.parts.some((part) => part.rows !== undefined && filled.get(part.name) !== part.rows)) throw unlike()
  for (const id of closing.missing) await house.blobs.discard(id)
  await checkFiles(client, closing.parts, closing.missing)
  const known = new Set((await sequences(client)).map((one) => one.name))
  for (const { name, last } of closing.sequences) {
    if (!known.has(name)) throw unlike()
    if (last !== null) await client.query('select setval($1::regclass, $2::bigint)', [name, last])
  }
  // Whoever held a job is gone with the hub that was.
  await client.query(`update graphile_worker._private_jobs set locked_at = null, locked_by = null;
    update graphile_worker._private_job_queues set locked_at = null, locked_by = null`)
  const files = placed.length - closing.missing.filter((id) => placed.includes(id)).length
  const counted = { tables: filled.size, rows, files, missing: closing.missing }
  await settle(client, house, wishes, parts.manifest, counted)
  return counted
}

async function fillTable(
  client: PoolClient,
  tables: readonly { name: string; columns: readonly string[] }[],
  part: Part,
): Promise<number> {
  const table = tables.find((one) => one.name === part.name)
  if (table === undefined || JSON.stringify(table.columns) !== JSON.stringify(part.columns)) throw unlike()
  const { from } = await import('pg-copy-streams')
  const into = client.query(from(`copy ${table.name} (${table.columns.join(', ')}) from stdin`))
  await pipeline(part.content(), into)
  return into.rowCount
}

async function layBeside(house: House, beside: readonly string[], part: Part): Promise<void> {
  if (!beside.includes(part.name)) throw unlike()
  const file = await open(halfOf(house, part.name), 'w', 0o600)
  try {
    for await (const piece of part.content()) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

// Each file is the one that its row in the database speaks of.
async function checkFiles(
  client: PoolClient,
  parts: readonly { name: string; bytes: number; sha256: string; rows?: number }[],
  missing: readonly string[],
): Promise<void> {
  const { rows } = await client.query<{ id: string; size: number; sha256: string }>(
    'select id, size, sha256 from platform.blob',
  )
  const sums = new Map(parts.filter((one) => one.rows === undefined).map((one) => [one.name, one]))
  for (const { id, size, sha256 } of rows) {
    if (missing.includes(id)) continue
    const sum = sums.get(id)
    if (sum?.bytes !== size || sum.sha256 !== sha256) throw unlike()
  }
}

async function settle(
  client: PoolClient,
  house: House,
  { actor, settle: rooms }: RestoreWishes,
  { at }: Manifest,
  counted: { tables: number; rows: number; files: number; missing: readonly string[] },
): Promise<void> {
  await client.query(`select ${settingsOf(system)}; set local role ${APPLICATION_ROLE}`)
  const tx = openTx(client, house.clock)
  const reference = randomReference()
  const now = house.clock.now()
  const further: Recorded[] = []
  const base = { at: now, reference, outcome: 'done' as const }
  const { config, secrets, blobs, log } = house
  await rooms(
    {
      tx,
      actor: system,
      now,
      config,
      secrets,
      blobs,
      log,
      reference,
      audit: (entry) => void further.push({ ...base, actor: system, ...entry }),
      about: () => {},
    },
    new Date(at),
  )
  const { tables, rows, files, missing } = counted
  const detail = { from: at, tables, rows, files, missing: missing.length }
  await house.record(tx, [...further, { ...base, actor, act: 'main.restored', detail }])
}
