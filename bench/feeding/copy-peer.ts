import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Pool } from 'pg'
import { from, to } from 'pg-copy-streams'

const TABLES = ['register.entry', 'register.match_key', 'register.filed_under']

/** Seconds of a plain COPY of the rows as they came to stand, from files, in one transaction, into tables with the same columns and indexes: what no feeding can beat. */
export async function copySameRows(pool: Pool, folder: string): Promise<number> {
  const client = await pool.connect()
  try {
    for (const [index, table] of TABLES.entries()) {
      await pipeline(client.query(to(`copy ${table} to stdout`)), createWriteStream(join(folder, `copy-${index}`)))
      await client.query(`create table public.copied_${index} (like ${table} including indexes including defaults)`)
    }
    await client.query('checkpoint')
    const begun = performance.now()
    await client.query('begin')
    for (const [index] of TABLES.entries())
      await pipeline(
        createReadStream(join(folder, `copy-${index}`), { highWaterMark: 1 << 18 }),
        client.query(from(`copy public.copied_${index} from stdin`)),
      )
    await client.query('commit')
    return (performance.now() - begun) / 1000
  } finally {
    client.release()
  }
}
