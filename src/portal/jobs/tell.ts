import { z } from 'zod'
import { job } from '../../platform/index.ts'
import { recordArrival } from '../../transfer/index.ts'

/** Tells transfer what a reader did, for the custody chain. Readers themselves may not write there. */
export const tell = job({
  name: 'portal.tell',
  audit: 'portal.told',
  payload: z.object({
    dispatchId: z.uuid(),
    what: z.enum(['arrived', 'read', 'acted-on']),
    detail: z.string().max(500),
  }),
  async run(ctx, { dispatchId, what, detail }) {
    ctx.about(dispatchId, { what })
    await recordArrival(ctx, dispatchId, what, detail)
  },
})

export const tidy = job({
  name: 'portal.tidy',
  audit: 'portal.tidied',
  payload: z.object({}),
  every: '1 hour',
  async run(ctx) {
    const { dropExpired } = await import('../store.ts')
    ctx.about('portal', { closed: await dropExpired(ctx.tx, ctx.now) })
  },
})
