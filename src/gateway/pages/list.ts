import { may } from '../../platform/index.ts'
import { page, view } from '../../web/index.ts'
import { owedBy } from '../mailboxes/index.ts'
import { heldOf, type Listed, ownMessages } from '../queue/index.ts'
import { repliesTo } from '../returns/index.ts'
import { stateWords } from './words.ts'

const shown = 100

/** My messages: delivered, held, refused. For those who release, what waits in their agency. */
export const mailPage = page({
  path: '/mail',
  permission: 'account.own',
  audit: 'gateway.messages-read',
  async get(ctx) {
    const own = await ownMessages(ctx.tx, ctx.actor.id, shown)
    const releases = may(ctx.actor, 'gateway.release') && ctx.actor.agency !== undefined
    const waiting = releases ? await heldOf(ctx.tx, ctx.actor.agency!, ctx.actor.id, shown) : []
    ctx.about(ctx.actor.id, { own: own.length, waiting: waiting.length })
    const replies = await repliesTo(ctx.tx, ctx.actor.id, 20)
    return view('gateway/pages/list.njk', {
      title: 'Your mail',
      releases,
      replies,
      tidying: await owedBy(ctx.tx, ctx.actor.id, 50),
      own: own.map(line),
      waiting: waiting.map(line),
    })
  },
})

const line = (row: Listed) => ({
  ...row,
  tag: stateWords[row.state],
  to: row.addresses.length > 3 ? [...row.addresses.slice(0, 3), `and ${row.addresses.length - 3} more`] : row.addresses,
})
