import { endpoint, problem, reply } from '../../../api/index.ts'
import { feedLive } from '../feed-live.ts'
import { notOwnRegister } from '../own-register.ts'
import { conditionFrom, etagOf } from '../versions.ts'
import { doneShape, entryBody, entryPath } from './shapes.ts'

export const writeEntry = endpoint({
  method: 'PUT',
  path: '/api/v1/registers/:authority/entries/:id',
  permission: 'register.import',
  audit: 'register.entry-written',
  summary:
    'Writes an entry of the authority’s own register, as it stands now; If-Match guards against writing over a newer one.',
  params: entryPath,
  headers: ['if-match', 'if-none-match'],
  body: entryBody,
  answer: doneShape,
  orStatus: 201,
  async run(ctx, { params: { authority, id }, body, headers }) {
    const closed = await notOwnRegister(ctx, authority)
    if (closed !== undefined) return closed
    const condition = conditionFrom(headers)
    if (typeof condition === 'string') return problem(400, 'register.condition-unreadable', condition)
    const [done] = await feedLive(ctx, authority, [{ localId: id, condition, sent: { entry: body } }])
    if (done === undefined || !done.done)
      return problem(
        done!.status,
        done!.code,
        done!.sentence,
        done!.version === undefined ? {} : { version: done!.version },
      )
    return reply(
      { id, outcome: done.became, version: done.version, flagged: [...done.flagged] },
      { headers: { etag: etagOf(done.version) }, ...(done.became === 'added' ? { status: 201 as const } : {}) },
    )
  },
})
