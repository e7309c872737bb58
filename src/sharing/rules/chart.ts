import type { Decision, Disclosure, Ground, Item, Level, Need, Protocol } from '../../protocols/index.ts'
import { levelRank } from '../../protocols/index.ts'
import { GROUND_WORDS } from './words.ts'

/** The questions of the decision making chart (BEX-12), in the order in which they are asked. */
export const CHART = ['personal', 'sensitive', 'consent', 'harm', 'crime', 'need', 'proportionate'] as const
export type ChartStep = (typeof CHART)[number]

export const CHART_QUESTIONS: Readonly<Record<ChartStep, string>> = {
  personal: 'Is the information personal?',
  sensitive: 'Is it sensitive?',
  consent: 'Is there consent?',
  harm: 'To protect someone from harm?',
  crime: 'To prevent or detect crime?',
  need: 'Does each recipient need to know?',
  proportionate: 'Is sharing proportionate?',
}

/** One question as it was answered in this case. `open`: the answer is still to be given. `passed`: the way does not lead through it. */
export interface ChartAnswer {
  readonly step: ChartStep
  readonly question: string
  readonly answer: 'yes' | 'no' | 'open' | 'passed'
  readonly because: string
  readonly cites: readonly string[]
}

const HARM_GROUNDS: ReadonlySet<Ground> = new Set([
  'risk-in-seeking-consent',
  'judgement-of-significant-harm',
  'build-a-picture',
  'refused-but-harm',
  'vital-interests',
  'public-interest',
  'duty-16LA',
  'safeguarding-sch1-18',
  'register-check',
])

/** This case's way through the chart. What it says follows from the decision; it decides nothing. */
export function chartOf(disclosure: Disclosure, decision: Decision, protocol: Protocol): readonly ChartAnswer[] {
  const asked = disclosure.information.reduce<Level>(
    (highest, item: Item) =>
      levelRank(protocol.levelOf(item)) > levelRank(highest) ? protocol.levelOf(item) : highest,
    'none',
  )
  const level = decision.level === 'none' ? asked : decision.level
  const personal = levelRank(level) >= levelRank('personal')
  const cite = (
    step: ChartStep,
    answer: ChartAnswer['answer'],
    because: string,
    cites: readonly string[],
  ): ChartAnswer => ({ step, question: CHART_QUESTIONS[step], answer, because, cites: [...new Set(cites)] })
  const { levels } = protocol.text
  const first = cite(
    'personal',
    personal ? 'yes' : 'no',
    personal ? levels.personal.says : (levels.anonymised?.says ?? 'It identifies nobody.'),
    (personal ? levels.personal : (levels.anonymised ?? levels.personal)).rule,
  )
  if (!personal)
    return [
      first,
      ...CHART.slice(1).map((step) =>
        cite(step, 'passed', 'Information that identifies nobody needs no further question.', []),
      ),
    ]
  const sensitive = level === 'sensitive'
  const reliance = relianceOf(disclosure, decision, protocol)
  const isCrime =
    disclosure.ground === 'crime' ||
    (disclosure.purpose === 'crime-prevention' && disclosure.ground === 'public-interest')
  const byHarm =
    reliance.on === 'harm' || (reliance.on === 'ground' && HARM_GROUNDS.has(disclosure.ground!) && !isCrime)
  const byCrime = reliance.on === 'ground' && isCrime
  const waiting = reliance.on === 'open'
  const declined = disclosure.consent?.some((one) => one.state === 'refused' || one.state === 'withdrawn') === true
  const [harmSays, harmCites] = byHarm
    ? reliance.on === 'harm'
      ? liftedByHarm()
      : groundOf(disclosure, protocol)
    : [waiting ? 'Not shown so far.' : byCrime ? 'It is shared to prevent or detect crime.' : 'Not needed here.', []]
  const [crimeSays, crimeCites] = byCrime
    ? groundOf(disclosure, protocol)
    : [waiting ? 'Not shown so far.' : 'Not needed here.', []]
  return [
    first,
    cite(
      'sensitive',
      sensitive ? 'yes' : 'no',
      sensitive ? levels.sensitive.says : 'It holds nothing of the sensitive kinds.',
      sensitive ? levels.sensitive.rule : levels.personal.rule,
    ),
    cite(
      'consent',
      reliance.on === 'consent'
        ? 'yes'
        : waiting
          ? declined
            ? 'no'
            : 'open'
          : reliance.on === 'nothing'
            ? 'passed'
            : 'no',
      reliance.because,
      reliance.cites,
    ),
    cite('harm', byHarm ? 'yes' : waiting ? 'open' : byCrime ? 'no' : 'passed', harmSays, harmCites),
    cite('crime', byCrime ? 'yes' : waiting ? 'open' : 'passed', crimeSays, crimeCites),
    gate(
      'need',
      'need-to-know',
      'Every recipient’s need to know is recorded.',
      'A recipient’s need to know is missing.',
    ),
    proportion(),
  ]

  function liftedByHarm(): Said {
    const lifted = protocol.consent?.['lifted by harm']
    return [lifted?.says ?? 'Someone is at risk of harm.', lifted?.rule ?? []]
  }
  function gate(step: ChartStep, need: Need, met: string, missing: string): ChartAnswer {
    const lacking = decision.needs.find((one) => one.id === need)
    const rule = protocol.text.rules.find((one) => one.asks?.includes(need) === true)
    if (lacking !== undefined) return cite(step, 'open', missing, lacking.cites)
    return rule === undefined
      ? cite(step, 'passed', 'This protocol does not ask for it.', [])
      : cite(step, 'yes', met, rule.rule)
  }
  function proportion(): ChartAnswer {
    const found = gate(
      'proportionate',
      'proportionality',
      'The risks of sharing and of not sharing were weighed, and sharing is proportionate.',
      'Whether sharing is proportionate is not recorded yet.',
    )
    if (found.answer === 'open' && disclosure.proportionate === false)
      return { ...found, answer: 'no', because: 'It was judged not to be proportionate.' }
    if (found.answer !== 'yes' || disclosure.proportionate === true) return found
    return { ...found, because: 'There is a risk of harm, so this protocol asks for no further weighing.' }
  }
}

interface Reliance {
  readonly on: 'consent' | 'ground' | 'harm' | 'nothing' | 'open'
  readonly because: string
  readonly cites: readonly string[]
}

function relianceOf(disclosure: Disclosure, decision: Decision, protocol: Protocol): Reliance {
  const { consent } = protocol
  if (consent === undefined) return { on: 'nothing', because: 'This protocol does not speak of consent.', cites: [] }
  const exempt = consent['not needed for'].find((one) => one.purpose === disclosure.purpose)
  const risk = disclosure.risk ?? 'none'
  if (risk !== 'none')
    return {
      on: 'harm',
      because: 'It does not depend on consent: someone is at risk of harm.',
      cites: [...(exempt?.rule ?? []), ...consent['lifted by harm'].rule],
    }
  if (exempt !== undefined)
    return { on: 'nothing', because: 'Consent is not a condition for this purpose.', cites: exempt.rule }
  const lacking = decision.needs.find(
    (one) => one.id === 'consent' || one.id === 'explicit-consent' || one.id === 'ground',
  )
  const said = (wanted: RegExp) => decision.reasons.find((one) => wanted.test(one.text))
  if (lacking !== undefined) {
    const reason = said(/^(Consent (was|has not)|Nobody whose consent)/)
    return { on: 'open', because: reason?.text ?? lacking.text, cites: reason?.cites ?? lacking.cites }
  }
  const given = said(/^Consent has been given/)
  if (given !== undefined) return { on: 'consent', because: given.text, cites: given.cites }
  if (disclosure.ground !== undefined)
    return {
      on: 'ground',
      because: `It rests on a ground instead: ${GROUND_WORDS[disclosure.ground]}.`,
      cites: groundOf(disclosure, protocol)[1],
    }
  return { on: 'nothing', because: 'Nothing here depends on consent.', cites: consent.rule }
}

type Said = readonly [text: string, cites: readonly string[]]

function groundOf(disclosure: Disclosure, protocol: Protocol): Said {
  const found = disclosure.ground === undefined ? undefined : protocol.consent?.grounds[disclosure.ground]
  return [found?.says ?? 'A ground was established.', found?.rule ?? []]
}
