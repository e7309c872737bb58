import { z } from 'zod'
import { endpoint, problem, reply } from '../../../api/index.ts'
import { sql } from '../../../platform/index.ts'
import { type Entry, entrySchema } from '../../entry.ts'
import { notOwnRegister } from '../own-register.ts'
import { etagOf } from '../versions.ts'
import { entryPath } from './shapes.ts'

export const readEntry = endpoint({
  method: 'GET',
  path: '/api/v1/registers/:authority/entries/:id',
  permission: 'register.keep',
  audit: 'register.entry-read',
  summary: 'Reads an entry of the authority’s own register: what all its feeds together say of the person.',
  params: entryPath,
  answer: z.object({
    id: z.string(),
    version: z.number().int(),
    changedAt: z.string(),
    sources: z.record(z.string(), z.object({ asOf: z.string().optional() })),
    entry: entrySchema,
  }),
  async run(ctx, { params: { authority, id } }) {
    const closed = await notOwnRegister(ctx, authority)
    if (closed !== undefined) return closed
    // As the reader: row security hides a shielded entry from all but those whom it names.
    const row = await ctx.tx.maybe<{
      number: number
      version: number
      record: Entry
      parts: Record<string, { asOf?: string }>
      changedAt: Date
    }>(sql`select id as number, version, record, parts, changed_at as "changedAt" from register.entry
      where authority = ${authority} and local_id = ${id} and removed_at is null`)
    if (row === undefined) return problem(404, 'register.no-entry', 'There is no such entry in this register.')
    ctx.about(String(row.number), { version: row.version })
    const sources = Object.fromEntries(
      Object.entries(row.parts).map(([source, { asOf }]) => [source, asOf === undefined ? {} : { asOf }]),
    )
    return reply(
      { id, version: row.version, changedAt: row.changedAt.toISOString(), sources, entry: row.record },
      { headers: { etag: etagOf(row.version) } },
    )
  },
})
