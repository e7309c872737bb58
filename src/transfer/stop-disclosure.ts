import type { Context } from '../platform/index.ts'
import type { Consignment, Dispatch } from './consignment.ts'
import { isStopped, stoppedSentence } from './is-stopped.ts'
import { portalRecall } from './jobs/portal-recall.ts'
import { routeNamed } from './routes/index.ts'
import { findConsignment } from './store/consignments.ts'
import { addStep, changeDispatch, dispatchesOf, findDispatch } from './store/dispatches.ts'
import { destroyPassword } from './store/passwords.ts'
import { finishAllTasks } from './store/tasks.ts'
import { tellSender } from './tell-sender.ts'

/** Nothing of it can have left. */
const hasNotLeft = ({ state, handedAt }: Dispatch): boolean =>
  state === 'prepared' || (state === 'sending' && handedAt === null) || state === 'failed'

/**
 * A disclosure is released no longer, because consent was withdrawn (BEX-26): what has not left is stopped; what nobody can have opened is taken back; and
 * for whoever has it, the sender is asked to tell them, by the route by which it went (BEX-27). Asked twice, it does it once.
 */
export async function stopDisclosure(ctx: Context, disclosure: string): Promise<void> {
  const consignment = await findConsignment(ctx, disclosure)
  // Decided anew meanwhile, it goes on.
  if (!consignment || !(await isStopped(ctx, disclosure))) return
  const count = { stopped: 0, asked: 0, recalled: 0 }
  for (const { id } of await dispatchesOf(ctx.tx, disclosure)) {
    const dispatch = await findDispatch(ctx.tx, id, true)
    if (!dispatch) continue
    if (hasNotLeft(dispatch)) {
      await stopOne(ctx, consignment, dispatch, stoppedSentence)
      count.stopped++
    } else if (dispatch.route === 'portal' && (dispatch.state === 'sent' || dispatch.state === 'arrived')) {
      await ctx.tx.enqueue(
        portalRecall,
        { dispatchId: id, because: 'released-no-longer' },
        { key: `portal.recall:${id}` },
      )
      count.recalled++
    } else if (await destroyPassword(ctx, dispatch)) {
      await addStep(ctx, dispatch, 'password-destroyed', 'What was sent cannot be opened by anybody.')
      await finishAllTasks(ctx, id, 'Not needed any more: nobody can open it.')
      await askToTell(ctx, consignment, dispatch, 'They cannot open it: its password was not told, and is destroyed. ')
      count.asked++
    } else {
      await askToTell(ctx, consignment, dispatch)
      count.asked++
    }
  }
  ctx.about(disclosure, count)
}

/** What the portal says after it was to be taken back. */
export async function recordRecall(ctx: Context, id: string, opened: boolean): Promise<void> {
  const dispatch = await findDispatch(ctx.tx, id, true)
  const consignment = dispatch && (await findConsignment(ctx, dispatch.disclosure))
  if (!dispatch || !consignment) return
  if (opened) await askToTell(ctx, consignment, dispatch)
  else await stopOne(ctx, consignment, dispatch, 'It lay in the portal, and nobody had opened it.', 'taken-back')
}

async function stopOne(
  ctx: Context,
  consignment: Consignment,
  dispatch: Dispatch,
  detail: string,
  what = 'stopped',
): Promise<void> {
  const stopped = await changeDispatch(ctx, dispatch, { state: 'failed', what, detail })
  await finishAllTasks(ctx, dispatch.id, 'Not needed any more: it was stopped.')
  const text = `Consent was withdrawn before ${dispatch.recipientName} had this, and it was stopped. If they must know without consent, decide it anew on another ground.`
  await tellSender(ctx, consignment, stopped, { kind: 'stopped', text })
}

async function askToTell(ctx: Context, consignment: Consignment, dispatch: Dispatch, first = ''): Promise<void> {
  const by = routeNamed(dispatch.route).label
  await addStep(ctx, dispatch, 'consent-withdrawn', 'They have it. The sender is asked to tell them.')
  const text = `Tell ${dispatch.recipientName} that consent was withdrawn. ${first}It went by ${by}: tell them by that way, or by telephone. They may use and pass on no more of it than the law lets them without consent, and shall say what they still need.`
  await tellSender(ctx, consignment, dispatch, { kind: 'tell-withdrawal', text })
}
