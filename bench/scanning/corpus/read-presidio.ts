import { readFileSync } from 'node:fs'
import { fill, join, type Labelled, type Tag } from './fill.ts'
import { dateOf, figures, fullName, phoneOf } from './make-parts.ts'
import type { Pools } from './pools.ts'
import type { Chance } from './random.ts'

interface Raw {
  full_text: string
  masked: string
  template_id: number
  spans: { entity_type: string; entity_value: string; start_position: number; end_position: number }[]
}

export interface Sentence extends Labelled {
  readonly template: number
  readonly masked: string
  /** Every labelled span with presidio's own type. */
  readonly gold: readonly { start: number; end: number; type: string }[]
}

const tagOf: Readonly<Record<string, Tag>> = {
  PERSON: 'PERSON',
  LOCATION: 'LOCATION',
  ORGANIZATION: 'ORGANISATION',
  ADDRESS: 'ADDRESS',
}

/**
 * Sentences in presidio-research's format. A house number standing alone before its street is read as one address, and a
 * postcode standing alone is no address (ZIP_CODE in the newer sets).
 */
export function readPresidio(path: string): Sentence[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as Raw[]).map((raw) => {
    const sorted = raw.spans
      .map((span) => ({ start: span.start_position, end: span.end_position, type: span.entity_type }))
      .sort((a, b) => a.start - b.start)
    const gold: { start: number; end: number; type: string }[] = []
    for (const span of sorted) {
      const before = gold[gold.length - 1]
      const value = raw.full_text.slice(span.start, span.end)
      if (span.type === 'ADDRESS' && /^\d{4,6}$/.test(value)) continue
      if (span.type === 'PERSON' && /^(dr|ms|mr|mrs|miss|phd|md|dvm|dds)\.?$/i.test(value)) continue
      if (
        before?.type === 'ADDRESS' &&
        span.type === 'ADDRESS' &&
        span.start === before.end + 1 &&
        /^\d{1,4}$/.test(raw.full_text.slice(before.start, before.end))
      )
        before.end = span.end
      else gold.push({ ...span })
    }
    const spans = gold.flatMap(({ start, end, type }) => (tagOf[type] ? [{ start, end, tag: tagOf[type] }] : []))
    return { text: raw.full_text, spans, gold, template: raw.template_id, masked: raw.masked }
  })
}

/** A template of presidio's format filled anew with names of our own. */
export function refill(masked: string, pools: Pools, by: Chance): Labelled {
  const pieces: [string, Tag?][] = []
  const text = masked.replaceAll('{street_name}', '{{street_name}}').replaceAll('{{{', '{{').replaceAll('}}}', '}}')
  for (const part of text.split(/(\{\{\w+\}\})/)) {
    const name = /^\{\{(\w+)\}\}$/.exec(part)?.[1]
    if (!name) {
      if (part) pieces.push([part])
      continue
    }
    const made = (slot: string): void => {
      const sample = fill(slot, pools, by)
      let at = 0
      for (const span of sample.spans) {
        if (span.start > at) pieces.push([sample.text.slice(at, span.start)])
        pieces.push([sample.text.slice(span.start, span.end), span.tag])
        at = span.end
      }
      if (at < sample.text.length) pieces.push([sample.text.slice(at)])
    }
    if (/^(person|name)/.test(name)) pieces.push([fullName(pools, by), 'PERSON'])
    else if (/^first_name/.test(name)) pieces.push([pools.given(by), 'PERSON'])
    else if (/^last_name/.test(name)) pieces.push([pools.surname(by), 'PERSON'])
    else if (name === 'city') pieces.push([by.odds(0.3) ? pools.city(by).toUpperCase() : pools.city(by), 'LOCATION'])
    else if (name === 'country') pieces.push([pools.country(by), 'LOCATION'])
    else if (name === 'address') made('{addrany}')
    else if (name === 'street_name') {
      const last = pieces[pieces.length - 1]
      const street = by.odds(0.7) ? pools.foreignStreet(by) : pools.street(by)
      if (last && last[1] === undefined && /(^|[\s>])\d{1,3} $/.test(last[0])) {
        const number = /\d{1,3} $/.exec(last[0])![0]
        last[0] = last[0].slice(0, -number.length)
        pieces.push([number + street, 'ADDRESS'])
      } else pieces.push([street, 'ADDRESS'])
    } else if (name === 'building_number') pieces.push([String(1 + by.below(99))])
    else if (name === 'secondary_address')
      pieces.push([`${by.pick(['Suite', 'Apt.'])} ${figures(by, '###')}`, 'ADDRESS'])
    else if (name === 'state_abbr') pieces.push([by.pick(['NSW', 'CA', 'NY', 'TX', 'IL', 'VIC', 'CO']), 'ADDRESS'])
    else if (/^(organization|company)$/.test(name)) made('{org}')
    else if (/^prefix/.test(name)) pieces.push([by.pick(['Mr.', 'Mrs.', 'Dr.', 'Ms.', 'Miss'])])
    else if (name === 'job') made('{job}')
    else if (name === 'day_of_week') made('{weekday}')
    else if (/^date/.test(name)) pieces.push([dateOf(by)])
    else if (name === 'phone_number') pieces.push([phoneOf(by)])
    else if (name === 'email') made('{email}')
    else if (name === 'url') made('{url}')
    else if (name === 'credit_card_number') made('{card}')
    else if (name === 'ip_address') pieces.push([figures(by, '1##.2#.3#.4#')])
    else pieces.push([figures(by, '#####')])
  }
  // a number now standing alone before its street belongs to it
  const joined: [string, Tag?][] = []
  for (const piece of pieces) {
    const before = joined[joined.length - 1]
    if (
      piece[1] === 'ADDRESS' &&
      before &&
      before[0] === ' ' &&
      joined.length > 1 &&
      /^\d{1,3}$/.test(joined[joined.length - 2]![0])
    ) {
      joined.pop()
      const number = joined.pop()!
      joined.push([`${number[0]} ${piece[0]}`, 'ADDRESS'])
    } else joined.push([...piece])
  }
  return join(joined)
}
