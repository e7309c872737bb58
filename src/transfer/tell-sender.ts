import { type Context, Fault } from '../platform/index.ts'
import type { Consignment, Dispatch } from './consignment.ts'
import { tell } from './jobs/tell.ts'
import { insertTasks } from './store/tasks.ts'

export interface News {
  readonly kind: 'route-changed' | 'choose-route' | 'uncertain' | 'chase-receipt' | 'stopped' | 'tell-withdrawal'
  readonly text: string
}

const said: Partial<Record<News['kind'], readonly string[]>> = {
  'chase-receipt': ['CUM-41'],
  stopped: ['BEX-26', 'BEX-27'],
  'tell-withdrawal': ['BEX-26', 'BEX-27'],
}

/** Tells the sender at once: a task on their list, and an e-mail that names nobody but the reference. */
export async function tellSender(
  ctx: Context,
  consignment: Consignment,
  dispatch: Dispatch,
  news: News,
): Promise<void> {
  const { userId, name, agency } = consignment.sender
  if (!userId) throw new Fault('transfer.no-sender', 'The disclosure names no sender who could be told.')
  const cites = said[news.kind] ?? []
  const task = {
    disclosure: consignment.id,
    dispatch: dispatch.id,
    cites,
    owner: { userId, name, agency },
    due: ctx.now,
  }
  await insertTasks(ctx, [{ ...task, kind: news.kind, text: news.text }])
  await ctx.tx.enqueue(tell, { dispatch: dispatch.id, kind: news.kind })
}
