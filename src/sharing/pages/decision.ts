import { z } from 'zod'
import { markup, notFound, page, redirect, view } from '../../web/index.ts'
import { correctedMeanwhile } from '../corrected-meanwhile.ts'
import { type DecidedNow, decideNow } from '../decide-now.ts'
import { backFrom, JOURNEY } from '../journey.ts'
import { chartOf } from '../rules/chart.ts'
import { drawChart } from '../rules/draw-chart.ts'
import { needLinks } from '../rules/needs.ts'
import { preventsCrime, protects } from '../rules/questions.ts'
import type { StepId } from '../rules/unanswered.ts'
import { ITEM_WORDS, ROUTE_WORDS } from '../rules/words.ts'
import { stillOpen } from '../still-open.ts'
import { questionsOf } from '../store/questions.ts'
import { levelTag } from './information.ts'
import { caseOf, frame, isClosed, type Shown, shownOf } from './step.ts'

export const titleOf = (id: StepId): string => JOURNEY.find((one) => one.id === id)?.title ?? id
export const stepLinks = (id: string, steps: readonly StepId[]) =>
  steps.map((one) => ({ title: titleOf(one), href: `/disclosures/${id}/${one}` }))

/** What a page shows of a decision: the picture, and every line with the rules it rests on. */
export function decisionModel(
  id: string,
  { disclosure, decision, protocol }: Pick<DecidedNow, 'disclosure' | 'decision' | 'protocol'>,
) {
  const chart = chartOf(disclosure, decision, protocol)
  const routeWords = (route: keyof typeof ROUTE_WORDS) => ROUTE_WORDS[route]
  return {
    chart,
    picture: markup(drawChart(chart, decision.outcome)),
    decision,
    level: levelTag(decision.level),
    needs: needLinks(id, decision),
    onlyCheck: decision.needs.length > 0 && decision.needs.every((one) => one.id === 'recipient-check'),
    goes: decision.items.map((item) => ITEM_WORDS[item]),
    withheld: decision.withheld.map((one) => ({ title: ITEM_WORDS[one.item], because: one.because })),
    before: decision.obligations.filter((one) => one.when === 'before'),
    along: decision.obligations.filter((one) => one.when === 'with'),
    after: decision.obligations.filter((one) => one.when === 'after'),
    route: decision.route === undefined ? undefined : routeWords(decision.route),
    alternatives: decision.alternatives.map((one) => ({ value: one, text: routeWords(one) })),
    closed: decision.closed.map((one) => ({ title: routeWords(one.route), because: one.because })),
    recipients: decision.recipients.map((one) => ({
      ...one,
      party: disclosure.to[one.index],
      routeWords: one.route === undefined ? undefined : routeWords(one.route),
    })),
  }
}

export const decision = page({
  path: '/disclosures/:id/decision',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.write',
  audit: 'disclosure.decision',
  async get(ctx, { params }) {
    const shown = await shownOf(ctx, params.id)
    if (shown === undefined) return notFound()
    ctx.about(params.id)
    if (isClosed(shown.row)) return redirect(`/disclosures/${params.id}/record`)
    const { row } = shown
    const now = await decideNow(ctx, row)
    const common = {
      ...frame(shown),
      title: 'The decision',
      caption: 'Decision and sending',
      backTo: backFrom('decision', caseOf(shown)),
    }
    if (now === undefined)
      return view('sharing/pages/too-little.njk', { ...common, missing: stepLinks(params.id, tooLittle(shown)) })
    ctx.about(params.id, { outcome: now.decision.outcome })
    const steps = (await stillOpen(ctx, row, now)).filter((one) => one !== 'check')
    return view('sharing/pages/decision.njk', {
      ...common,
      ...decisionModel(params.id, now),
      gone: row.draft.recipients.filter((_, index) => now.entries[index] === undefined).map((one) => one.name),
      steps: stepLinks(params.id, steps),
      questions: await questionsOf(ctx.tx, params.id),
      doubts: doubtsOf(shown),
      corrected: await correctedMeanwhile(ctx, row, now),
    })
  },
})

const tooLittle = ({ row: { draft } }: Shown): StepId[] => [
  ...(draft.worry === undefined ? (['worry'] as const) : []),
  ...(draft.worry?.purpose === undefined ? (['purpose'] as const) : []),
  ...(draft.items.length === 0 ? (['information'] as const) : []),
  ...(draft.recipients.length === 0 ? (['recipients'] as const) : []),
]

/** Where the worker's own answers do not bear out what they chose; nobody is stopped by it, and nobody should miss it. */
function doubtsOf({ row: { draft } }: Shown): readonly { readonly text: string; readonly cites: readonly string[] }[] {
  const doubts = []
  if (draft.worry?.risk !== 'none' && protects(draft.protect) === false)
    doubts.push({
      text: 'You said that there is a risk of significant harm. Your answers to the four questions do not say that someone is at risk and that sharing would prevent harm. Look at them again, or say no to the risk.',
      cites: ['BEX-33'],
    })
  if (preventsCrime(draft.crime) === false)
    doubts.push({
      text: 'Your answers do not say that sharing prevents or detects crime and is proportionate to it.',
      cites: ['BEX-35'],
    })
  return doubts
}
