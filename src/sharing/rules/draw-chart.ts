import type { Outcome } from '../../protocols/index.ts'
import type { ChartAnswer, ChartStep } from './chart.ts'

// The decision making chart as a picture of 360 units' width, so that it is read on a telephone too (BEX-12).
const LANE = { left: 4, right: 208 } as const
const WIDTH = 148
const HEIGHT = 58
const ROW = 92
const TOP = 8
const CHANNEL = 176

const PLACE: Readonly<Record<ChartStep, { lane: keyof typeof LANE; row: number }>> = {
  personal: { lane: 'left', row: 0 },
  sensitive: { lane: 'left', row: 1 },
  consent: { lane: 'left', row: 2 },
  harm: { lane: 'right', row: 2 },
  crime: { lane: 'right', row: 3 },
  need: { lane: 'left', row: 4 },
  proportionate: { lane: 'left', row: 5 },
}
/** The edge straight on from consent: given, not asked for, or another condition of the protocol in its place. */
const CONSENT_LABEL = { yes: 'yes', no: 'or a condition', open: 'yes', passed: 'not required' } as const
const ANSWER_WORDS = { yes: 'Yes', no: 'No', open: 'To do', passed: 'Not asked' } as const
const OUTCOME = {
  share: { text: 'Share', fill: '#00703c' },
  hold: { text: 'Hold: something is missing', fill: '#594d00' },
  refuse: { text: 'Do not share', fill: '#942514' },
} as const

const yOf = (row: number) => TOP + row * ROW
const middle = (row: number) => yOf(row) + HEIGHT / 2

/** The chart with this case's path through it, as SVG markup. `id` names it for its description. */
export function drawChart(answers: readonly ChartAnswer[], outcome: Outcome, id = 'chart'): string {
  const of = Object.fromEntries(answers.map((one) => [one.step, one])) as Record<ChartStep, ChartAnswer>
  const took = pathOf(of)
  const height = yOf(6) + HEIGHT + TOP
  const left = LANE.left + WIDTH / 2
  const right = LANE.right + WIDTH / 2
  const edge = (name: string, path: string, label?: readonly [number, number, string]) => {
    const on = took.has(name)
    const line = `<path d="${path}" fill="none" stroke="${on ? '#0b0c0c' : '#6f777b'}" stroke-width="${on ? 4 : 1.5}"${on ? '' : ' stroke-dasharray="4 3"'} marker-end="url(#${id}-${on ? 'on' : 'off'})"/>`
    const words =
      label === undefined
        ? ''
        : `<text x="${label[0]}" y="${label[1]}" font-size="12" fill="${on ? '#0b0c0c' : '#505a5f'}"${on ? ' font-weight="700"' : ''}>${label[2]}</text>`
    return line + words
  }
  const down = (from: number, to: number, x: number) => `M${x} ${yOf(from) + HEIGHT}V${yOf(to) - 5}`
  const edges = [
    edge('personal-no', `M${LANE.left + WIDTH} ${middle(0)}H${LANE.right - 5}`, [
      LANE.left + WIDTH + 8,
      middle(0) - 6,
      'no',
    ]),
    edge('personal-yes', down(0, 1, left), [left + 8, yOf(1) - 14, 'yes']),
    edge('sensitive', down(1, 2, left), [
      left + 8,
      yOf(2) - 14,
      of.sensitive.answer === 'yes' ? 'yes' : of.sensitive.answer === 'no' ? 'no' : '',
    ]),
    edge('consent-yes', down(2, 4, left), [left + 8, yOf(4) - 60, CONSENT_LABEL[of.consent.answer]]),
    edge('consent-no', `M${LANE.left + WIDTH} ${middle(2) - 14}H${LANE.right - 5}`, [
      LANE.left + WIDTH + 6,
      middle(2) - 19,
      'no',
    ]),
    edge('harm-no', down(2, 3, right), [right + 8, yOf(3) - 14, 'no']),
    edge('harm-yes', `M${LANE.right} ${middle(2) + 14}H${CHANNEL}V${middle(4)}H${LANE.left + WIDTH + 5}`, [
      CHANNEL + 4,
      yOf(2) + HEIGHT + 12,
      'yes',
    ]),
    edge('crime-yes', `M${LANE.right} ${middle(3)}H${CHANNEL}V${middle(4)}H${LANE.left + WIDTH + 5}`, [
      CHANNEL + 4,
      yOf(3) + HEIGHT + 12,
      'yes',
    ]),
    edge('crime-no', down(3, 4, right), [right + 8, yOf(4) - 14, 'no']),
    edge('need-no', `M${LANE.left + WIDTH} ${middle(4) + 18}H${LANE.right - 5}`, [
      LANE.left + WIDTH + 8,
      middle(4) + 35,
      'no',
    ]),
    edge('need-yes', down(4, 5, left), [left + 8, yOf(5) - 14, 'yes']),
    edge('proportionate-no', `M${LANE.left + WIDTH} ${middle(5)}H${right}V${yOf(4) + HEIGHT + 5}`, [
      LANE.left + WIDTH + 8,
      middle(5) - 6,
      'no',
    ]),
    edge('proportionate-yes', down(5, 6, left), [left + 8, yOf(6) - 14, 'yes']),
  ]
  const boxes = answers.map((one) => box(one, took))
  const nobody = terminal(LANE.right, yOf(0), ['It identifies nobody:', 'it may be shared'], took.has('personal-no'))
  const stop = terminal(LANE.right, yOf(4), ['Not on this basis'], took.has('proportionate-no'))
  const { text, fill } = OUTCOME[outcome]
  const answer = `<rect x="${LANE.left}" y="${yOf(6)}" width="344" height="${HEIGHT}" rx="8" fill="${fill}"/><text x="180" y="${middle(6) + 6}" text-anchor="middle" font-size="18" font-weight="700" fill="#ffffff">${text}</text>`
  const describe = `${answers
    .filter((one) => one.answer !== 'passed')
    .map((one) => `${one.question} ${ANSWER_WORDS[one.answer]}.`)
    .join(' ')} The answer: ${text}.`
  return [
    `<svg class="sharing-chart" viewBox="0 0 360 ${height}" width="360" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc" font-family="Arial, Helvetica, sans-serif">`,
    `<title id="${id}-title">The decision chart with this case’s way through it</title><desc id="${id}-desc">${escaped(describe)}</desc>`,
    `<defs>${arrow(`${id}-on`, '#0b0c0c', 14)}${arrow(`${id}-off`, '#6f777b', 9)}</defs>`,
    ...edges.sort((one, other) => Number(one.includes('-on)')) - Number(other.includes('-on)'))),
    nobody,
    stop,
    ...boxes,
    answer,
    '</svg>',
  ].join('')
}

// The edges that this case took; the way ends at the first question that is still open.
function pathOf(of: Record<ChartStep, ChartAnswer>): ReadonlySet<string> {
  const took = new Set<string>()
  if (of.personal.answer === 'no') return took.add('personal-no')
  took.add('personal-yes').add('sensitive')
  const consent = of.consent.answer
  if (consent === 'open') return took
  if (consent === 'no' && of.harm.answer === 'open') return took.add('consent-no')
  if (consent === 'no' && of.harm.answer === 'yes') took.add('consent-no').add('harm-yes')
  else if (consent === 'no' && of.crime.answer === 'yes') took.add('consent-no').add('harm-no').add('crime-yes')
  else took.add('consent-yes')
  if (of.need.answer === 'open') return took
  took.add('need-yes')
  if (of.proportionate.answer === 'open') return took
  return took.add(of.proportionate.answer === 'no' ? 'proportionate-no' : 'proportionate-yes')
}

function box(one: ChartAnswer, took: ReadonlySet<string>): string {
  const { lane, row } = PLACE[one.step]
  const x = LANE[lane]
  const y = yOf(row)
  const onPath = one.answer !== 'passed' || [...took].some((name) => name.startsWith(`${one.step}-`))
  const asked = one.answer !== 'passed'
  const stroke = asked ? '#0b0c0c' : '#6f777b'
  const fill = one.answer === 'open' ? '#fff7bf' : asked ? '#e8f1f8' : '#ffffff'
  const lines = wrapped(one.question, 22)
  const texts = lines.map(
    (line, index) =>
      `<text x="${x + 10}" y="${y + 19 + index * 16}" font-size="13" fill="${asked ? '#0b0c0c' : '#505a5f'}"${asked ? ' font-weight="700"' : ''}>${escaped(line)}</text>`,
  )
  const said = `<text x="${x + WIDTH - 10}" y="${y + HEIGHT - 8}" text-anchor="end" font-size="12" fill="${asked ? '#0b0c0c' : '#505a5f'}">${one.answer === 'open' ? '⚠ ' : one.answer === 'yes' ? '✓ ' : ''}${ANSWER_WORDS[one.answer]}</text>`
  return `<g><rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="6" fill="${fill}" stroke="${stroke}" stroke-width="${onPath && asked ? 3 : 1.5}"${one.answer === 'open' ? ' stroke-dasharray="6 3"' : ''}/>${texts.join('')}${said}</g>`
}

function terminal(x: number, y: number, lines: readonly string[], on: boolean): string {
  const texts = lines.map(
    (line, index) =>
      `<text x="${x + WIDTH / 2}" y="${y + HEIGHT / 2 + 5 + (index - (lines.length - 1) / 2) * 16}" text-anchor="middle" font-size="13" fill="${on ? '#0b0c0c' : '#505a5f'}"${on ? ' font-weight="700"' : ''}>${escaped(line)}</text>`,
  )
  return `<g><rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="29" fill="${on ? '#f3f2f1' : '#ffffff'}" stroke="${on ? '#0b0c0c' : '#6f777b'}" stroke-width="${on ? 3 : 1.5}"/>${texts.join('')}</g>`
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}

const arrow = (id: string, fill: string, size: number) =>
  `<marker id="${id}" viewBox="0 0 10 10" refX="7" refY="5" markerUnits="userSpaceOnUse" markerWidth="${size}" markerHeight="${size}" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="${fill}"/></marker>`
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
