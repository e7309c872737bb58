import { escapeMarkup, markup } from '../../web/index.ts'
import type { MessageRow, RecipientState, Seen } from '../queue/index.ts'
import type { Returned } from '../returns/index.ts'

export const stateWords: Record<MessageRow['state'], { text: string; classes: string }> = {
  going: { text: 'On its way', classes: 'govuk-tag--blue' },
  held: { text: 'Waiting', classes: 'govuk-tag--yellow' },
  done: { text: 'Gone', classes: 'govuk-tag--green' },
  refused: { text: 'Refused', classes: 'govuk-tag--red' },
  withdrawn: { text: 'Withdrawn', classes: 'govuk-tag--grey' },
}

export const recipientWords: Record<RecipientState, { text: string; classes: string }> = {
  held: { text: 'Waiting', classes: 'govuk-tag--yellow' },
  waiting: { text: 'On its way', classes: 'govuk-tag--blue' },
  sending: { text: 'On its way', classes: 'govuk-tag--blue' },
  sent: { text: 'Sent', classes: 'govuk-tag--green' },
  converted: { text: 'Went a secure way', classes: 'govuk-tag--green' },
  withdrawn: { text: 'Withdrawn', classes: 'govuk-tag--grey' },
  refused: { text: 'Not delivered', classes: 'govuk-tag--red' },
  uncertain: { text: 'May not have arrived', classes: 'govuk-tag--orange' },
}

export const returnedWords: Record<Returned['kind'], string> = {
  delivered: 'Arrived in the mailbox',
  relayed: 'Handed on to a server that makes no reports',
  delayed: 'Delayed; it is tried again',
  failed: 'Came back',
  displayed: 'Opened in the recipient’s mail program',
  automatic: 'Automatic answer',
  reply: 'Reply',
  unclear: 'Something came back that does not fit, and changed nothing',
}

const partNames: readonly (readonly [RegExp, string])[] = [
  [/^subject$/, 'Subject'],
  [/^body\/html/, 'Your text, as it is laid out'],
  [/^body/, 'Your text'],
  [/^thread/, 'The earlier messages below yours'],
  [/^headers\//, 'Header of the message'],
  [/^(?:to|cc|bcc)$/, 'Recipients'],
  [/^from$/, 'Sender'],
  [/^outside\//, 'Text outside the message'],
]

export function partName(part: string): string {
  if (part.startsWith('attachments/')) return `File: ${part.split('/').slice(2).join(', in it: ') || part}`
  return partNames.find(([pattern]) => pattern.test(part))?.[1] ?? 'Message'
}

const around = 160
const longest = 6_000

export interface ShownPart {
  readonly name: string
  /** The text with what was found marked and numbered. */
  readonly drawn: object
  readonly cut: boolean
}

/** Each part's text with its findings marked in place; what is far from every finding in a long text is left out. */
export function drawParts({ parts, findings }: Seen): ShownPart[] {
  const numbers = numbersOf(findings)
  return parts.map(({ part, text }) => {
    const spans = findings
      .filter((one) => one.part === part && one.end > one.start && one.end <= text.length)
      .map((one) => ({ start: one.start, end: one.end, sentence: one.sentence, number: numbers.get(keyOf(one)) ?? 0 }))
      .sort((a, b) => a.start - b.start || b.end - a.end)
    let drawn = ''
    let at = 0
    let cut = false
    for (const { start, end, sentence, number } of spans) {
      if (start < at) continue
      if (drawn.length > longest) {
        cut = true
        break
      }
      const between = text.slice(at, start)
      drawn += escapeMarkup(
        between.length > 2 * around
          ? `${at === 0 ? '' : between.slice(0, around)} … ${between.slice(-around)}`
          : between,
      )
      drawn += `<mark title="${escapeMarkup(sentence)}">${escapeMarkup(text.slice(start, end))}</mark><a class="govuk-link safehaven-note" href="#finding-${number}"><span class="govuk-visually-hidden">finding </span>(${number})</a>`
      at = end
    }
    const rest = text.slice(at)
    drawn += escapeMarkup(rest.length > around ? `${rest.slice(0, around)} …` : rest)
    return { name: partName(part), drawn: markup(drawn), cut }
  })
}

export interface ShownFinding {
  /** By which the place in the text and the sentence find each other. */
  readonly number: number
  readonly rule: string
  readonly sentence: string
  readonly where: readonly string[]
  readonly weight: string
  /** Nothing goes before it is answered or mended. */
  readonly pressing: boolean
}

const weights: Record<string, string> = {
  reject: 'Must be changed',
  hold: 'Needs an answer',
  convert: 'Goes a secure way',
  add: 'Added by Safehaven',
  note: 'For you to know',
}
const order = ['reject', 'hold', 'convert', 'add', 'note']

interface Gathered {
  readonly rules: Set<string>
  readonly sentence: string
  readonly weight: string
  /** What was found, by the part in which it stands. */
  readonly where: Map<string, Set<string>>
}

/** The findings, one line for each sentence with its rules, the gravest first; in each part of the message its words once. */
export function listFindings(findings: Seen['findings']): ShownFinding[] {
  const found = new Map<string, Gathered>()
  const nested = nestedIn(findings)
  for (const finding of findings) {
    const { rule, sentence, part, text, weight } = finding
    const one = found.get(keyOf(finding)) ?? { rules: new Set(), sentence, where: new Map(), weight }
    one.rules.add(rule)
    const words = one.where.get(partName(part)) ?? new Set()
    if (text !== '' && !nested.has(finding)) words.add(text.length > 60 ? `${text.slice(0, 60)} …` : text)
    one.where.set(partName(part), words)
    found.set(keyOf(finding), one)
  }
  return [...found.values()]
    .sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight))
    .map(({ rules, where, ...one }, at) => ({
      ...one,
      rule: [...rules].join(', '),
      number: at + 1,
      where: [...where].slice(0, 12).map(([name, words]) => whereOf(name, [...words])),
      weight: weights[one.weight] ?? one.weight,
      pressing: one.weight === 'reject' || one.weight === 'hold',
    }))
}

type Finding = Seen['findings'][number]

/** Findings within another of the same line: the postcode of an address that is found too says nothing more. */
function nestedIn(findings: readonly Finding[]): ReadonlySet<Finding> {
  const nested = new Set<Finding>()
  const before = new Map<string, Finding>()
  for (const one of [...findings].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const line = `${one.part}|${keyOf(one)}`
    const wider = before.get(line)
    if (wider !== undefined && one.end <= wider.end && wider.text !== one.text && wider.text.includes(one.text))
      nested.add(one)
    else before.set(line, one)
  }
  return nested
}

const shownWords = 12

function whereOf(name: string, words: readonly string[]): string {
  if (words.length === 0) return name
  const more = words.length > shownWords ? `, and ${words.length - shownWords} more` : ''
  return `${name}: ${words
    .slice(0, shownWords)
    .map((one) => `“${one}”`)
    .join(', ')}${more}`
}

const keyOf = ({ weight, sentence }: Finding): string => `${weight}|${sentence}`

/** The number of the line in which a finding stands. */
function numbersOf(findings: Seen['findings']): ReadonlyMap<string, number> {
  const shown = listFindings(findings)
  return new Map(
    findings.map((one) => [
      keyOf(one),
      shown.find(({ sentence, weight }) => sentence === one.sentence && weight === (weights[one.weight] ?? one.weight))
        ?.number ?? 0,
    ]),
  )
}
