import { endpoint, problem, reply } from '../../../api/index.ts'
import { feedLive } from '../feed-live.ts'
import { notOwnRegister } from '../own-register.ts'
import { conditionFrom, etagOf } from '../versions.ts'
import { doneShape, entryPath, removalsQuery } from './shapes.ts'

export const removeEntry = endpoint({
  method: 'DELETE',
  path: '/api/v1/registers/:authority/entries/:id',
  permission: 'register.import',
  audit: 'register.entry-removed',
  summary:
    'Takes an entry out of the authority’s own register; nobody is shown it any more. Done again, it changes nothing.',
  params: entryPath,
  query: removalsQuery,
  headers: ['if-match'],
  answer: doneShape,
  async run(ctx, { params: { authority, id }, query, headers }) {
    const closed = await notOwnRegister(ctx, authority)
    if (closed !== undefined) return closed
    const condition = conditionFrom(headers)
    if (typeof condition === 'string') return problem(400, 'register.condition-unreadable', condition)
    const [done] = await feedLive(ctx, authority, [{ localId: id, condition }], {
      removalsMeant: query.removals === 'meant',
    })
    if (done === undefined || !done.done)
      return problem(
        done!.status,
        done!.code,
        done!.sentence,
        done!.version === undefined ? {} : { version: done!.version },
      )
    return reply(
      { id, outcome: done.became, version: done.version, flagged: [] },
      { headers: { etag: etagOf(done.version) } },
    )
  },
})
