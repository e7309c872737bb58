import { z } from 'zod'
import { endpoint, problem } from '../../../api/index.ts'
import { moment } from '../../rules/values.ts'
import { type Act, feedLive } from '../feed-live.ts'
import { notOwnRegister } from '../own-register.ts'
import { becameShape, entryBody, flaggedShape, removalsQuery } from './shapes.ts'

const MOST = 10_000

const itemShape = z.object({
  id: z.string().describe('The authority’s own number of the person'),
  entry: entryBody.optional(),
  remove: z.literal(true).optional().describe('The person leaves the register'),
  updated: z.string().optional().describe('Since when the removal holds'),
  version: z.number().int().optional().describe('The version that the entry must stand at, as If-Match'),
})

/**
 * Many entries in one call, as a JSON array or as NDJSON, each done or refused by itself. It upserts what is named and leaves everybody else as they are.
 */
export const writeEntries = endpoint({
  method: 'PUT',
  path: '/api/v1/registers/:authority/entries',
  permission: 'register.import',
  audit: 'register.entries-written',
  summary: `Writes up to ${MOST.toLocaleString('en-GB')} entries of the authority’s own register, each by itself: the outcomes stand in the order of the call.`,
  params: z.object({ authority: z.string().min(1).max(60) }),
  query: removalsQuery,
  ndjson: true,
  bodyLimit: 32 * 1024 * 1024,
  body: z.array(z.unknown().meta({ ...(z.toJSONSchema(itemShape, { io: 'input' }) as object), $schema: undefined })),
  answer: z.object({
    counts: z.object({
      added: z.number(),
      changed: z.number(),
      unchanged: z.number(),
      removed: z.number(),
      flagged: z.number(),
      rejected: z.number(),
    }),
    outcomes: z.array(
      z.object({
        index: z.number().int(),
        id: z.string().optional(),
        outcome: z.union([becameShape, z.literal('rejected')]),
        version: z.number().int().optional(),
        flagged: flaggedShape.optional(),
        code: z.string().optional(),
        sentence: z.string().optional(),
      }),
    ),
  }),
  async run(ctx, { params: { authority }, query, body }) {
    const closed = await notOwnRegister(ctx, authority)
    if (closed !== undefined) return closed
    if (body.length > MOST)
      return problem(
        413,
        'register.too-many',
        `Send at most ${MOST} entries in one call; a whole register goes as a file.`,
      )
    const today = ctx.now.toISOString().slice(0, 10)
    const done = await feedLive(
      ctx,
      authority,
      body.map((item) => actOf(item, today)),
      { removalsMeant: query.removals === 'meant' },
    )
    const counts = { added: 0, changed: 0, unchanged: 0, removed: 0, flagged: 0, rejected: 0 }
    const outcomes = done.map((one, index) => {
      const { localId } = actOf(body[index], today)
      const id = localId === '' ? {} : { id: localId }
      if (!one.done) {
        counts.rejected += 1
        const { code, sentence, version } = one
        return {
          index,
          ...id,
          outcome: 'rejected' as const,
          code,
          sentence,
          ...(version === undefined ? {} : { version }),
        }
      }
      counts[one.became] += 1
      counts.flagged += one.flagged.length
      return {
        index,
        ...id,
        outcome: one.became,
        version: one.version,
        ...(one.flagged.length === 0 ? {} : { flagged: [...one.flagged] }),
      }
    })
    return { counts, outcomes }
  },
})

function actOf(item: unknown, today: string): Act {
  if (item === undefined)
    return {
      localId: '',
      condition: {},
      unread: 'This line is no JSON, so nobody is named. Write each entry on one line.',
    }
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return { localId: '', condition: {}, unread: 'This is no JSON object, so nobody is named.' }
  const { id, entry, remove, updated, version } = item as Partial<z.infer<typeof itemShape>>
  const localId = typeof id === 'string' ? id.trim() : typeof id === 'number' ? String(id) : ''
  const condition =
    version === undefined || version === null ? {} : { match: Number.isInteger(version) ? [version] : [] }
  if (remove !== true) return { localId, condition, sent: { entry } }
  const since = moment(typeof updated === 'string' ? updated : '', today)
  return {
    localId,
    condition,
    ...('value' in since ? { updated: since.value } : {}),
  }
}
