import { z } from 'zod'
import { job } from '../../platform/index.ts'
import { findConsignment } from '../store/consignments.ts'
import { unacknowledged } from '../store/dispatches.ts'
import { tellSender } from '../tell-sender.ts'

const silence = 48 * 3_600_000

/** Asks senders after two days of silence whether what they sent has arrived (CUM-41, BEX-49). */
export const chase = job({
  name: 'transfer.chase',
  audit: 'transfer.chased',
  payload: z.object({}),
  every: '1 hour',
  async run(ctx) {
    const silent = await unacknowledged(ctx.tx, new Date(ctx.now.getTime() - silence))
    for (const dispatch of silent) {
      const consignment = await findConsignment(ctx, dispatch.disclosure)
      if (!consignment) continue
      const text = `Nobody has said that it arrived at ${dispatch.recipientName}. Ask them, then confirm it here.`
      await tellSender(ctx, consignment, dispatch, { kind: 'chase-receipt', text })
    }
    ctx.about('transfer', { chased: silent.length })
  },
})
