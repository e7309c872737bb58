import { z } from 'zod'
import { KINDS } from '../../protocols/index.ts'
import { notFound, page, view } from '../../web/index.ts'
import { directoryEntry, lookAlikes, searchDirectory, telephonesFor, usualRecipients } from '../directory.ts'
import { isStale } from '../rules/channel.ts'
import { KIND_WORDS, ROUTE_WORDS } from '../rules/words.ts'
import { agencyById, listAgencies } from '../store/agencies.ts'

export const directory = page({
  path: '/directory',
  query: z.object({
    find: z.string().trim().max(200).optional().catch(undefined),
    agency: z
      .string()
      .max(60)
      .transform((id) => id || undefined)
      .optional()
      .catch(undefined),
    kind: z.enum(KINDS).optional().catch(undefined),
  }),
  permission: 'directory.read',
  audit: 'directory.search',
  async get(ctx, { query }) {
    const found = await searchDirectory(ctx, query.find ?? '', { agency: query.agency, kind: query.kind, limit: 100 })
    ctx.about('directory', { found: found.length })
    return view('people/pages/directory.njk', {
      title: 'Directory',
      find: query.find,
      chosen: query,
      found,
      usual:
        query.find === undefined && query.agency === undefined && query.kind === undefined
          ? await usualRecipients(ctx)
          : [],
      agencies: await listAgencies(ctx.tx),
      kinds: KINDS.map((id) => ({ id, text: KIND_WORDS[id] })),
      kindWords: KIND_WORDS,
    })
  },
})

export const entryPage = page({
  path: '/directory/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'directory.read',
  audit: 'directory.entry',
  async get(ctx, { params }) {
    const entry = await directoryEntry(ctx, params.id)
    if (entry === undefined) return notFound('This entry is not in the directory.')
    ctx.about(entry.id)
    const person = ctx.actor.agency === undefined ? undefined : await agencyById(ctx.tx, ctx.actor.agency)
    return view('people/pages/entry.njk', {
      title: entry.name,
      backTo: '/directory',
      entry,
      kind: KIND_WORDS[entry.kind],
      agreed: entry.prefers === undefined ? undefined : ROUTE_WORDS[entry.prefers],
      telephones: telephonesFor(entry, person?.kind ?? 'public'),
      alike: await lookAlikes(ctx, entry),
      stale: entry.domain !== undefined && isStale(entry.domain, ctx.now.toISOString().slice(0, 10)),
    })
  },
})
