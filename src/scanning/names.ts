import { look, makeSight, type Sight } from './features.ts'
import { givenOf, placeOf, regionOf, surnameOf, wordOf } from './lexicon.ts'
import { decode, type Model, tags } from './model.ts'
import { type Reading, stretch } from './reading.ts'
import type { Mark, SpanType } from './span.ts'
import { hashWord, shape } from './tokens.ts'
import { kind } from './words.ts'

const sight: Sight = makeSight()
const tagged = new Uint8Array(stretch + 1)
const sure = new Float32Array(stretch + 1)
/** How probable a name must be where a listed first name stands that the model took for none. */
const leastForListed = 0.15

/** Persons, places, bodies and addresses of a stretch, as the model sees them; `covered` tokens are figures found before. */
export function findNames(reading: Reading, covered: Uint8Array, model: Model, into: Mark[]): void {
  look(reading, covered, sight)
  const { tokens } = reading
  tagged.fill(0, 0, tokens.count)
  for (let from = 0; from < tokens.count; ) {
    if (sight.active[from] === 0) {
      from++
      continue
    }
    let to = from
    while (to < tokens.count && sight.active[to] !== 0) to++
    decode(model, reading, sight, from, to, tagged, sure)
    for (let at = from; at < to; ) {
      const tag = tagged[at]!
      if (tag === 0) {
        if (afterTitle(reading, at) || (sure[at]! >= leastForListed && hardlyElse(reading, at)))
          into.push({ type: 'PERSON', start: tokens.start[at]!, end: tokens.end[at]!, confidence: 0.5 })
        at++
        continue
      }
      const first = at
      let sum = sure[at]!
      at++
      while (at < to && tagged[at] === tag + 1) {
        sum += sure[at]!
        at++
      }
      let last = at - 1
      let start = first
      // a name neither begins nor ends with a sign
      while (start < last && tokens.shape[start]! >= shape.sign && tokens.shape[start]! <= shape.blankLine) start++
      while (
        last > start &&
        tokens.shape[last]! >= shape.sign &&
        tokens.shape[last]! <= shape.blankLine &&
        reading.text[tokens.start[last]!] !== '.'
      )
        last--
      if (tokens.shape[start]! >= shape.sign && tokens.shape[start]! <= shape.blankLine) continue
      const name = tags[tag]!.slice(2)
      if (name === 'PERSON') {
        // "FAO Gary - Ayesha Begum": who is written to, and who is written about
        for (let on = start + 1; on < last; on++)
          if (
            /[-–]/.test(reading.text[tokens.start[on]!]!) &&
            tokens.end[on]! < tokens.start[on + 1]! &&
            tokens.end[on - 1]! < tokens.start[on]!
          ) {
            into.push({
              type: 'PERSON',
              start: tokens.start[start]!,
              end: tokens.end[on - 1]!,
              confidence: Math.round(sure[start]! * 100) / 100,
            })
            start = on + 1
          }
      }
      // a listed first name right before a surname is part of it
      if (
        name === 'PERSON' &&
        start > 0 &&
        tagged[start - 1] === 0 &&
        tokens.end[start - 1]! + 1 === tokens.start[start]! &&
        isGiven(reading, start - 1)
      )
        start--
      const confidence = Math.round((sum / (at - first)) * 100) / 100
      const place = { start: tokens.start[start]!, end: tokens.end[last]!, confidence }
      if (name === 'PERSON' && at - first === 1 && confidence < sureOf(reading, sight, first)) continue
      const before = into[into.length - 1]
      // a first name and a surname told apart are one person
      if (
        name === 'PERSON' &&
        before?.type === 'PERSON' &&
        before.end + 1 === place.start &&
        reading.text[before.end] === ' '
      )
        into[into.length - 1] = {
          ...place,
          type: 'PERSON',
          start: before.start,
          confidence: Math.max(before.confidence, confidence),
        }
      else
        into.push(
          name === 'ADDRESS' ? { type: 'LOCATION', address: true, ...place } : { type: name as SpanType, ...place },
        )
    }
    from = to
  }
}

/** How sure a person of one word must be: most so when no list knows the word as a name, or when it is a city's. */
function sureOf(reading: Reading, sight: Sight, at: number): number {
  const { tokens, bits, kinds } = reading
  const known = bits[at]!
  const before = (at > 0 ? kinds[at - 1]! : 0) | (at > 1 && tokens.shape[at - 1] === shape.sign ? kinds[at - 2]! : 0)
  if ((before & (kind.title | kind.relation)) !== 0 && tokens.shape[at] !== shape.lower) return 0.1
  const what = tokens.shape[at]!
  const listed = givenOf(known) >= 2 || surnameOf(known) === 3
  const mode = sight.form[at]! >> 4
  if (what === shape.lower) return listed ? 0.6 : mode === 0 ? 0.97 : 0.85
  if (what === shape.upper && mode === 0) return listed ? 0.6 : 0.9
  if (placeOf(known) === 3 || regionOf(known) === 1) return givenOf(known) >= 2 ? 0.5 : 0.8
  return listed ? 0.3 : 0.5
}

/** A word in a capital that the lists know as a frequent first name and as nothing else. */
function hardlyElse(reading: Reading, at: number): boolean {
  const { tokens, bits, kinds } = reading
  const known = bits[at]!
  return (
    tokens.shape[at] === shape.capital &&
    givenOf(known) === 3 &&
    wordOf(known) <= 2 &&
    placeOf(known) < 3 &&
    regionOf(known) === 0 &&
    kinds[at] === 0
  )
}

const titles: ReadonlySet<number> = new Set(
  [
    'mr',
    'mrs',
    'ms',
    'miss',
    'mx',
    'dr',
    'prof',
    'pc',
    'wpc',
    'sgt',
    'cllr',
    'mum',
    'mam',
    'dad',
    'stepdad',
    'stepmum',
    'nan',
    'uncle',
    'auntie',
    'aunty',
    'brother',
    'sister',
    'stepfather',
    'stepmother',
    'cousin',
    'grandad',
    'baby',
    'pupil',
  ].map(hashWord),
)

/** A word in a capital, no English word of its own, right after a title or a relation: Mr Khan, Dr. Lee, mum Fatima. */
function afterTitle(reading: Reading, at: number): boolean {
  const { tokens, bits, kinds, text } = reading
  const what = tokens.shape[at]!
  if ((what !== shape.capital && what !== shape.mixed) || kinds[at] !== 0 || at === 0) return false
  const dotted = tokens.shape[at - 1] === shape.sign && text[tokens.start[at - 1]!] === '.'
  const before = dotted ? at - 2 : at - 1
  if (before < 0 || !titles.has(tokens.hash[before]!) || tokens.start[at]! - tokens.end[at - 1]! !== 1) return false
  if (dotted && tokens.end[before]! - tokens.start[before]! > 4) return false
  return wordOf(bits[at]!) <= 3 || surnameOf(bits[at]!) >= 2 || givenOf(bits[at]!) >= 2
}

function isGiven(reading: Reading, at: number): boolean {
  const { tokens, bits, kinds, text } = reading
  const what = tokens.shape[at]!
  return (
    (what === shape.capital || what === shape.upper) &&
    kinds[at] === 0 &&
    givenOf(bits[at]!) >= 2 &&
    wordOf(bits[at]!) <= 2 &&
    text[tokens.end[at]!] === ' '
  )
}
