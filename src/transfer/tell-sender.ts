import { type Context, Fault } from '../platform/index.ts'
import type { Consignment, Dispatch } from './consignment.ts'
import { tell } from './jobs/tell.ts'
import { insertTasks } from './store/tasks.ts'

export interface News {
  readonly kind: 'route-changed' | 'choose-route' | 'uncertain' | 'chase-receipt'
  readonly text: string
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
  const cites = news.kind === 'chase-receipt' ? ['CUM-41'] : []
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
