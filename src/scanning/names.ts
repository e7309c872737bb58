import { look, makeSight, type Sight } from './features.ts'
import { decode, type Model, tags } from './model.ts'
import { afterTitle, beforeFamily, hardlyElse, isGiven, isSurname, sureOf } from './names-by-list.ts'
import { type Reading, stretch } from './reading.ts'
import type { Mark, SpanType } from './span.ts'
import { shape } from './tokens.ts'

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
        if (
          afterTitle(reading, at) ||
          beforeFamily(reading, at) ||
          (sure[at]! >= leastForListed && hardlyElse(reading, at))
        )
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
      const household = tags[tag] === 'B-ORGANISATION' && beforeFamily(reading, start)
      if (household) last = start
      const name = household ? 'PERSON' : tags[tag]!.slice(2)
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
      // and a listed surname right after a first name
      const words = at - first
      const beyond = last + 1
      if (
        name === 'PERSON' &&
        at === beyond &&
        beyond < tokens.count &&
        tagged[beyond] === 0 &&
        isSurname(reading, beyond)
      ) {
        last = beyond
        at++
      }
      const confidence = Math.round((sum / words) * 100) / 100
      const place = { start: tokens.start[start]!, end: tokens.end[last]!, confidence }
      if (name === 'PERSON' && first === last && words === 1 && confidence < sureOf(reading, sight, first)) continue
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
