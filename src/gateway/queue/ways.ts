/** Which way each recipient's copy takes, and what the gateway adds to what goes on as e-mail. Pure. */
import type { Obligation, Route } from '../../protocols/index.ts'
import { channelDecision, fixedSentence, type MailAnswer, type MailFacts, type MailOptions } from '../facts/index.ts'
import type { Additions, Way } from './types.ts'

export interface Going {
  readonly place: number
  readonly address: string
  readonly way: Way
  readonly route: Route | null
  readonly because: string
}

/** The recipients of the envelope, in the disclosure's order. Undefined: one of them is not in the answer, which must not be. */
export function waysOf(answer: MailAnswer, envelope: readonly string[]): Going[] | undefined {
  const wanted = new Set(envelope.map((address) => address.toLowerCase()))
  const found = answer.recipients.flatMap(({ address, route, because }, place): Going[] => {
    if (!wanted.delete(address.toLowerCase())) return []
    const converted = answer.findings.some(
      (one) => one.weight === 'convert' && one.text.toLowerCase() === address.toLowerCase(),
    )
    const carried = route === 'portal' || (route === 'encrypted-attachment' && answer.facts?.onlyProtected !== true)
    return [{ place, address, way: carried || converted ? 'transfer' : 'mail', route, because }]
  })
  return wanted.size > 0 ? undefined : found
}

// Words that stand where the protocol obliges them and gives none of its own (CUM-21, CUM-22).
const wordings: readonly (readonly [Obligation, string])[] = [
  ['attachment-statement', fixedSentence],
  ['deletion-statement', 'This information must be deleted after use.'],
  [
    'disclaimer',
    'This message is confidential and meant only for the person it is addressed to. If you are not the intended recipient, do not read, copy or pass it on: tell the sender and delete it.',
  ],
]

/** What the findings of weight `add` ask for, over everyone to whom it goes by mail. */
export function additionsOf(
  answer: MailAnswer,
  facts: MailFacts,
  { protocol, day }: MailOptions,
  going: readonly Going[],
): Additions {
  const wanted = answer.findings.filter((one) => one.weight === 'add')
  const owed = new Set<Obligation>()
  for (const { place, way, route } of going) {
    if (way !== 'mail' || route === null || wanted.length === 0) continue
    const alone = { ...facts.disclosure, to: [facts.disclosure.to[place]!], route }
    for (const { id, cites } of channelDecision(alone, protocol, day).obligations)
      if (wanted.some((one) => one.rule === cites[0])) owed.add(id)
  }
  const set: Record<string, string> = {}
  const marked = (part: string) => owed.has('mark-confidential') && wanted.some((one) => one.part === part)
  if (marked('subject')) set.Subject = `CONFIDENTIAL: ${facts.gathered.subject}`.trim()
  if (marked('headers/Sensitivity')) set.Sensitivity = 'Company-Confidential'
  const sentences = wordings.filter(([id]) => owed.has(id)).map(([, sentence]) => sentence)
  return { set, ...(sentences.length === 0 ? {} : { append: sentences.join('\n\n') }) }
}
