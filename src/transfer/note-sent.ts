import type { Context } from '../platform/index.ts'
import { recordSent } from '../sharing/index.ts'
import type { Consignment, Dispatch } from './consignment.ts'
import { noteCorrected } from './correct-disclosure.ts'
import { insertTasks } from './store/tasks.ts'

/** What follows when a route has taken it: the disclosure counts as sent, and a password waits to be told. */
export async function noteSent(ctx: Context, consignment: Consignment, dispatch: Dispatch): Promise<void> {
  await recordSent(ctx, consignment.id)
  await noteCorrected(ctx, consignment, dispatch)
  if (dispatch.route !== 'encrypted-attachment') return
  const { userId, name, agency } = consignment.sender
  const text = `Telephone ${dispatch.recipientName} and tell the password of ${dispatch.reference}. Never put it in a message.`
  const owed = { disclosure: consignment.id, dispatch: dispatch.id, owner: { userId, name, agency }, due: ctx.now }
  await insertTasks(ctx, [{ ...owed, kind: 'password-by-another-route', text, cites: ['CUM-30', 'CUM-54'] }])
}
