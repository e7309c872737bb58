import { page, view } from '../../web/index.ts'
import { flowsOf } from '../store/flows.ts'

const DAYS = 365
const WAYS = { electronic: 'Electronic', paper: 'On paper', spoken: 'Spoken', fax: 'Fax' } as const

/** What electronic ways have been worth against post, hand and fax, agency by agency: before another flow is moved over (MPS-14). */
export const flowsPage = page({
  path: '/flows',
  permission: 'disclosure.read',
  audit: 'transfer.flows-read',
  async get(ctx) {
    const flows = await flowsOf(ctx.tx, new Date(ctx.now.getTime() - DAYS * 86_400_000))
    ctx.about('flows', { shown: flows.length })
    return view('transfer/pages/flows.njk', {
      title: 'Electronic against paper',
      backTo: '/agreements/uptake',
      flows: flows.map((one) => ({ ...one, words: WAYS[one.way], pounds: (one.pence / 100).toFixed(2) })),
    })
  },
})
