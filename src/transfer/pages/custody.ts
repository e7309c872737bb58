import { z } from 'zod'
import { notFound, page, view } from '../../web/index.ts'
import { routeNamed } from '../routes/index.ts'
import { dispatchesOf } from '../store/dispatches.ts'
import { stateWords } from './words.ts'

const shown = 200

/** Every recipient of a disclosure, and where each stands. */
export const custodyPage = page({
  path: '/disclosures/:id/custody',
  params: z.object({ id: z.string().min(1).max(100) }),
  query: z.object({ from: z.coerce.number().int().min(0).max(10_000).catch(0).default(0) }),
  permission: 'disclosure.read',
  audit: 'transfer.custody-read',
  async get(ctx, { params, query }) {
    ctx.about(params.id)
    const dispatches = await dispatchesOf(ctx.tx, params.id)
    if (dispatches.length === 0)
      return notFound('Nothing of this disclosure has been sent yet, or it is not for you to see.')
    const counts = Object.entries(stateWords)
      .map(([state, { text }]) => ({ text, count: dispatches.filter((one) => one.state === state).length }))
      .filter(({ count }) => count > 0)
    const { from } = query
    return view('transfer/pages/custody.njk', {
      title: 'Who it went to',
      backTo: `/disclosures/${params.id}/record`,
      counts,
      total: dispatches.length,
      disclosure: params.id,
      rows: dispatches
        .slice(from, from + shown)
        .map((one) => ({ ...one, words: stateWords[one.state], label: routeNamed(one.route).label })),
      before: from > 0 ? Math.max(0, from - shown) : undefined,
      after: from + shown < dispatches.length ? from + shown : undefined,
    })
  },
})
