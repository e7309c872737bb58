import type { Context } from '../platform/index.ts'
import { type Dispatch, recipientOf, type State } from './consignment.ts'
import { fallBack } from './fall-back.ts'
import { isStopped, stoppedSentence } from './is-stopped.ts'
import { askForDelivery } from './jobs/deliver.ts'
import { noteSent } from './note-sent.ts'
import { routeNamed } from './routes/index.ts'
import type { RouteStep } from './routes/route.ts'
import { findConsignment } from './store/consignments.ts'
import { changeDispatch, findDispatch, recordCost } from './store/dispatches.ts'
import { finishTasks } from './store/tasks.ts'

export type StepAnswer =
  | { readonly kind: 'recorded'; readonly dispatch: Dispatch }
  | { readonly kind: 'not-now'; readonly sentence: string }
  | { readonly kind: 'missing' }

/** The steps that can be confirmed where a dispatch stands now. */
export const stepsFrom = ({ route, state }: Dispatch): RouteStep[] =>
  routeNamed(route).steps.filter((step) => step.from.includes(state))

/**
 * Writes down a step that a person confirms, settles the tasks it answers, and goes on from there. `answers` by field name;
 * the form has checked that none is missing.
 */
export async function recordStep(
  ctx: Context,
  id: string,
  stepId: string,
  answers: Readonly<Record<string, string | boolean | undefined>>,
): Promise<StepAnswer> {
  const found = await findDispatch(ctx.tx, id, true)
  const consignment = found && (await findConsignment(ctx, found.disclosure))
  if (!found || !consignment) return { kind: 'missing' }
  const step = stepsFrom(found).find((one) => one.id === stepId)
  if (!step)
    return {
      kind: 'not-now',
      sentence:
        'This was confirmed already, or the dispatch has moved on. Look at what happened before you confirm more.',
    }
  if (found.state === 'prepared' && step.to !== 'failed' && (await isStopped(ctx, found.disclosure)))
    return { kind: 'not-now', sentence: stoppedSentence }
  const log = step.logs?.(recipientOf(consignment, found.recipientIndex)) ?? ''
  const detail = [log, ...step.fields.map(({ name, label, kind }) => answerLine(label, kind, answers[name]))]
    .filter(Boolean)
    .join('\n')
  await finishTasks(ctx, id, [...step.settles, ...settledBy(step.to)], step.label)
  const pence = penceOf(answers.cost)
  if (pence !== undefined) await recordCost(ctx, found, pence)
  if (step.to === 'failed') {
    const next = await fallBack(ctx, consignment, found, `${step.label}. ${detail}`)
    await askForDelivery(ctx, next)
    return { kind: 'recorded', dispatch: next }
  }
  const dispatch = await changeDispatch(ctx, found, { state: step.to, what: step.id, detail })
  if (step.to === 'sent' || step.to === 'arrived') await noteSent(ctx, consignment, dispatch)
  return { kind: 'recorded', dispatch }
}

/** What another room (the portal, the gateway) knows of a dispatch: it came, was read, was acted on, or did not get there. */
export async function recordArrival(
  ctx: Context,
  id: string,
  state: 'arrived' | 'read' | 'acted-on' | 'failed',
  detail: string,
): Promise<StepAnswer> {
  const found = await findDispatch(ctx.tx, id, true)
  const consignment = found && (await findConsignment(ctx, found.disclosure))
  if (!found || !consignment) return { kind: 'missing' }
  if (state === 'failed') {
    if (!['prepared', 'sending', 'sent', 'uncertain'].includes(found.state))
      return { kind: 'not-now', sentence: 'It had arrived before.' }
    const next = await fallBack(ctx, consignment, found, detail)
    await askForDelivery(ctx, next)
    return { kind: 'recorded', dispatch: next }
  }
  if (order.indexOf(state) <= order.indexOf(found.state)) return { kind: 'not-now', sentence: 'This was known before.' }
  await finishTasks(ctx, id, settledBy(state), detail)
  return { kind: 'recorded', dispatch: await changeDispatch(ctx, found, { state, what: state, detail }) }
}

const order: readonly State[] = ['failed', 'prepared', 'sending', 'uncertain', 'sent', 'arrived', 'read', 'acted-on']

// Tasks that Safehaven made of trouble are answered by the step that ends it.
const settledBy = (state: State): string[] =>
  state === 'arrived' || state === 'read' || state === 'acted-on'
    ? [
        'uncertain',
        'chase-receipt',
        'choose-route',
        'confirm-receipt',
        ...(state === 'acted-on' ? ['confirm-action'] : []),
      ]
    : []

function answerLine(label: string, kind: string, answer: string | boolean | undefined): string {
  if (kind === 'tick') return answer ? label : ''
  return answer ? `${label}: ${String(answer)}` : ''
}

function penceOf(cost: string | boolean | undefined): number | undefined {
  const match = typeof cost === 'string' ? /^£?(\d{1,5})(?:\.(\d{2}))?$/.exec(cost.trim()) : null
  return match ? Number(match[1]) * 100 + Number(match[2] ?? 0) : undefined
}
