/** Personal data in a piece of text, the people who are writing and reading it left out. */

import type { Item } from '../../protocols/index.ts'
import { classifyItems, holdsPersonalData, namesPerson, type Span } from '../../scanning/index.ts'
import { nameWords, personWords } from '../recipients/index.ts'

export interface Participants {
  /** Words of the names of sender and recipients. */
  readonly words: ReadonlySet<string>
  readonly addresses: ReadonlySet<string>
}

export function participantsOf(people: readonly { name: string; address: string }[]): Participants {
  const words = new Set<string>()
  for (const person of people)
    for (const word of personWords(person.name, person.address)) if (word.length > 1) words.add(word)
  return { words, addresses: new Set(people.map((person) => person.address.toLowerCase())) }
}

export interface Personal {
  readonly spans: readonly Span[]
  readonly items: readonly Item[]
}

/**
 * What in the text identifies a person other than the participants. `signature`: offset from which names, telephone numbers and
 * addresses are the sender's own. Spans are in the text's UTF-16 offsets.
 */
export function personalIn(text: string, participants: Participants, signature = text.length): Personal {
  if (text.trim() === '') return { spans: [], items: [] }
  const { holds, because } = holdsPersonalData(text)
  if (!holds) return { spans: [], items: [] }
  const spans = because.filter(
    (span) => !isParticipant(span, participants) && !(span.start >= signature && ownDetails.has(span.type)),
  )
  if (spans.length === 0) return { spans: [], items: [] }
  const items = new Set<Item>()
  for (const [from, part] of telling(text))
    for (const found of classifyItems(part)) {
      if (found.item === 'name' && participantWords(found.text, participants)) continue
      if (from + found.start >= signature && /^(?:name|address)$/.test(found.item)) continue
      items.add(found.item)
    }
  if (items.size === 0) items.add('name')
  return { spans, items: [...items] }
}

const opening = 12_000
const closing = 4_000

/** What a long text is about is plain from its beginning and its end; whom it names is looked for all through. */
const telling = (text: string): readonly (readonly [from: number, part: string])[] =>
  text.length <= opening + closing
    ? [[0, text]]
    : [
        [0, text.slice(0, opening)],
        [text.length - closing, text.slice(-closing)],
      ]

const ownDetails = new Set(['PERSON', 'PHONE', 'EMAIL', 'POSTCODE', 'LOCATION', 'ORGANISATION', 'URL'])

function isParticipant(span: Span, participants: Participants): boolean {
  if (span.type === 'EMAIL') return participants.addresses.has(span.text.toLowerCase())
  return span.type === 'PERSON' && participantWords(span.text, participants)
}

function participantWords(text: string, participants: Participants): boolean {
  const words = nameWords(text).filter((word) => word.length > 1)
  return words.length > 0 && words.every((word) => participants.words.has(word) || titles.has(word))
}

const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'pc', 'dc', 'ds', 'dear', 'hi'])

/** Does a file's name say whom the file is about? The participants' names too: a file called after a worker is no case file. */
export function nameIdentifies(name: string, participants: Participants): readonly Span[] {
  const { identifies, because } = namesPerson(name)
  return identifies ? because.filter((span) => !isParticipant(span, participants)) : []
}
