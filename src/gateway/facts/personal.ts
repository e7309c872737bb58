/** Personal data in a piece of text, the people who are writing and reading it left out. */

import type { Item } from '../../protocols/index.ts'
import { type Span, scan } from '../../scanning/index.ts'
import { nameWords, personWords } from '../recipients/index.ts'
import { itemOf } from './items.ts'

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
  const because = identifying(text)
  const spans = because.filter(
    (span) => !isParticipant(span, participants) && !(span.start >= signature && ownDetails.has(span.type)),
  )
  if (spans.length === 0) return { spans: [], items: [] }
  return { spans, items: [...new Set(spans.map((span) => itemOf(span.type)))] }
}

const always = new Set([
  'NHS_NUMBER',
  'UPN',
  'NINO',
  'IDENTIFIER',
  'POSTCODE',
  'BANK_ACCOUNT',
  'CREDIT_CARD',
  'DRIVING_LICENCE',
])

/** The spans that identify somebody: names and numbers by themselves; a date or a place only where it is said whose. */
function identifying(text: string): Span[] {
  return scan(text).filter((span) => {
    if (always.has(span.type)) return true
    if (span.type === 'PERSON') return span.confidence >= 0.5
    if (span.type === 'LOCATION') return /\d/.test(span.text) && /\p{L}{3}/u.test(span.text)
    if (span.type === 'DATE')
      return /\b(?:born|d\.?o\.?b\.?|date of birth|birthday)\W{0,12}$/i.test(
        text.slice(Math.max(0, span.start - 30), span.start),
      )
    return false
  })
}

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
  const words = name.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[._-]+/g, ' ')
  return identifying(words)
    .filter((span) => !isParticipant(span, participants))
    .map((span) => ({ ...span, text: name.slice(span.start, span.end) }))
}
