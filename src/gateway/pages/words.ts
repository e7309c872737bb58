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
  sent: { text: 'Delivered', classes: 'govuk-tag--green' },
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
  return parts.map(({ part, text }) => {
    const spans = findings
      .filter((one) => one.part === part && one.end > one.start && one.end <= text.length)
      .map(({ start, end, sentence }) => ({ start, end, sentence }))
      .sort((a, b) => a.start - b.start || b.end - a.end)
    let drawn = ''
    let at = 0
    let cut = false
    for (const { start, end, sentence } of spans) {
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
      drawn += `<mark title="${escapeMarkup(sentence)}">${escapeMarkup(text.slice(start, end))}</mark>`
      at = end
    }
    const rest = text.slice(at)
    drawn += escapeMarkup(rest.length > around ? `${rest.slice(0, around)} …` : rest)
    return { name: partName(part), drawn: markup(drawn), cut }
  })
}

export interface ShownFinding {
  readonly rule: string
  readonly sentence: string
  readonly where: readonly string[]
  readonly weight: string
}

const weights: Record<string, string> = {
  reject: 'Must be changed',
  hold: 'Needs an answer',
  convert: 'Goes a secure way',
  add: 'Added by Safehaven',
  note: 'For you to know',
}
const order = ['reject', 'hold', 'convert', 'add', 'note']

/** The findings, one line for each rule and sentence, the gravest first. */
export function listFindings(findings: Seen['findings']): ShownFinding[] {
  const found = new Map<string, { rule: string; sentence: string; where: Set<string>; weight: string }>()
  for (const { rule, sentence, part, text, weight } of findings) {
    const key = `${weight}|${rule}|${sentence}`
    const one = found.get(key) ?? { rule, sentence, where: new Set<string>(), weight }
    const shown = text.length > 60 ? `${text.slice(0, 60)} …` : text
    one.where.add(shown === '' ? partName(part) : `${partName(part)}: “${shown}”`)
    found.set(key, one)
  }
  return [...found.values()]
    .sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight))
    .map((one) => ({ ...one, where: [...one.where].slice(0, 12), weight: weights[one.weight] ?? one.weight }))
}
