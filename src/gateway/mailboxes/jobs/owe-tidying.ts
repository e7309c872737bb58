import { z } from 'zod'
import { job } from '../../../platform/index.ts'
import { protocolNamed } from '../../../protocols/index.ts'
import { checkers } from '../../checking/index.ts'
import { findMessage, readRaw, readSeen } from '../../queue/index.ts'
import { owesTidying } from '../owes-tidying.ts'
import { insertTidying, unlooked } from '../store.ts'

const most = 500
const clock = 24 * 3_600_000

/** Looks at what went, and puts down whether its sender's copy is to go, with a day for it. The secure copy is the gateway's own (CUM-32). */
export const oweTidying = job({
  name: 'gateway.owe-tidying',
  audit: 'gateway.tidying-owed',
  payload: z.object({}),
  every: '5 minutes',
  async run(ctx) {
    let owed = 0
    for (const { id } of await unlooked(ctx.tx, most)) {
      const row = await findMessage(ctx.tx, id)
      const raw = await readRaw(ctx, id)
      if (row === undefined || raw === undefined) continue
      const cites = owesTidying(await readSeen(ctx, id), protocolNamed(row.protocol))
      const messageId =
        cites.length === 0 ? undefined : await checkers().withMessage(raw, async (held) => held.messageId)
      await insertTidying(ctx.tx, {
        message: id,
        agency: row.agency,
        senderUser: row.senderUser,
        owed: cites.length > 0,
        cites,
        due: new Date(ctx.now.getTime() + clock),
        messageId,
      })
      owed += cites.length > 0 ? 1 : 0
    }
    ctx.about('gateway', { owed })
  },
})
