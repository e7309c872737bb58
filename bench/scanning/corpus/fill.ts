import { address, dateOf, figures, foreignAddress, fullName, organisation, phoneOf } from './make-parts.ts'
import type { Pools } from './pools.ts'
import type { Chance } from './random.ts'
import {
  bodyKinds,
  jobs,
  months,
  nouns,
  relations,
  schoolKinds,
  subjects,
  titledJobs,
  titles,
  weekdays,
} from './word-lists.ts'

export type Tag = 'PERSON' | 'LOCATION' | 'ORGANISATION' | 'ADDRESS'
export interface Labelled {
  readonly text: string
  readonly spans: readonly { readonly start: number; readonly end: number; readonly tag: Tag }[]
}
type Piece = readonly [text: string, tag?: Tag]

function slot(name: string, pools: Pools, by: Chance): Piece[] {
  const person = (text: string): Piece[] => [[text, 'PERSON']]
  switch (name) {
    case 'full':
      return person(fullName(pools, by))
    case 'given':
      return person(pools.given(by))
    case 'givenl':
      return person(pools.given(by).toLowerCase())
    case 'sur':
      return person(pools.surname(by))
    case 'surup':
      return person(pools.surname(by).toUpperCase())
    case 'any':
      return by.odds(0.15)
        ? slot('titled', pools, by)
        : person(by.odds(0.45) ? fullName(pools, by) : by.odds(0.6) ? pools.given(by) : pools.surname(by))
    case 'person':
      return by.odds(0.5) ? slot('titled', pools, by) : person(fullName(pools, by))
    case 'titled':
      return [[`${by.pick(titles)} `], [by.odds(0.6) ? pools.surname(by) : fullName(pools, by), 'PERSON']]
    case 'init':
      return [[by.pick(['J.S.', 'AB', 'K.M.', 'T.', 'RJ', 'child A', 'Child B', 'L.P'])]]
    case 'rel':
      return [[by.pick(relations)]]
    case 'city':
      return [[pools.city(by), 'LOCATION']]
    case 'uktown':
      return [[pools.ukTown(by), 'LOCATION']]
    case 'country':
    case 'county':
      return [[pools.country(by), 'LOCATION']]
    case 'place':
      return [[by.odds(0.5) ? pools.city(by) : pools.country(by), 'LOCATION']]
    case 'street':
      return [[by.odds(0.75) ? pools.street(by) : pools.foreignStreet(by), 'ADDRESS']]
    case 'housestreet':
      return [[`${1 + by.below(200)} ${by.odds(0.7) ? pools.street(by) : pools.foreignStreet(by)}`, 'ADDRESS']]
    case 'addr':
      return [[address(pools, by, ', '), 'ADDRESS']]
    case 'addrl':
      return [[address(pools, by, ' ').toLowerCase(), 'ADDRESS']]
    case 'addrml':
      return by.odds(0.5) ? [[address(pools, by, '\n'), 'ADDRESS']] : [[foreignAddress(pools, by), 'ADDRESS']]
    case 'addrany':
      return by.odds(0.5) ? [[address(pools, by, ', '), 'ADDRESS']] : [[foreignAddress(pools, by), 'ADDRESS']]
    case 'org':
      return [[organisation(pools, by), 'ORGANISATION']]
    case 'school':
      return [
        [
          `${by.pick([() => pools.ukTown(by), () => `St ${pools.given(by)}'s`, () => by.pick(['Hillside', 'Oakfield', 'Meadow Lane', 'Park View', 'Riverside', 'Kingsway', 'Beech Hill'])])()} ${by.pick(schoolKinds)}`,
          'ORGANISATION',
        ],
      ]
    case 'body':
      return [[`${by.odds(0.8) ? pools.ukTown(by) : pools.surname(by)} ${by.pick(bodyKinds)}`, 'ORGANISATION']]
    case 'nat':
      return [[pools.nationality(by)]]
    case 'job':
      return [[by.pick(jobs)]]
    case 'jobt':
      return [[by.pick(titledJobs)]]
    case 'date':
      return [[dateOf(by)]]
    case 'born':
    case 'born2':
    case 'year':
      return [[String(1900 + by.below(125))]]
    case 'month':
      return [[by.pick(months)]]
    case 'weekday':
      return [[by.pick(weekdays)]]
    case 'time':
      return [[by.pick(['10am', '2.30pm', '14:00', "9 o'clock", 'noon'])]]
    case 'age':
      return [
        [
          by.pick([
            `aged ${1 + by.below(17)}`,
            `${1 + by.below(17)}yo`,
            `${1 + by.below(17)} years old`,
            `${1 + by.below(17)}`,
          ]),
        ],
      ]
    case 'phone':
      return [[phoneOf(by)]]
    case 'email':
      return [
        [
          `${pools.given(by)}.${pools.surname(by)}@${by.pick(['example.org', 'kirkvale.gov.uk', 'mail.com'])}`
            .toLowerCase()
            .replace(/[^a-z.@]/g, ''),
        ],
      ]
    case 'url':
      return [[`www.${by.pick(nouns).toLowerCase()}${by.pick(['.co.uk', '.com', '.org'])}`]]
    case 'nhs':
      return [[figures(by, '943 ### ####')]]
    case 'ref':
      return [[figures(by, by.pick(['LCS ######', '######', 'IAS ####', 'KV/##/####', 'CRM-#####']))]]
    case 'num':
      return [[figures(by, by.pick(['#######', '### ### ####', 'A############', '####-##-####']))]]
    case 'num3':
      return [[figures(by, '###')]]
    case 'number2':
      return [[String(2 + by.below(60))]]
    case 'digit':
      return [[String(1 + by.below(14))]]
    case 'card':
      return [[figures(by, '45##############')]]
    case 'subject':
      return [[by.pick(subjects)]]
    default:
      throw new Error(`No such slot: ${name}`)
  }
}

/** Fills one template: chooses among (a|b), fills {slots}, and says where each name stands. */
export function fill(template: string, pools: Pools, by: Chance): Labelled {
  let chosen = template
  for (let round = 0; round < 40 && /\([^()]*\|[^()]*\)/.test(chosen); round++)
    chosen = chosen.replace(/\(([^()]*\|[^()]*)\)/, (_, inner: string) => by.pick(inner.split('|')))
  const pieces: Piece[] = []
  for (const part of chosen.replaceAll('[nl]', '\n').split(/(\{\w+\})/)) {
    if (/^\{\w+\}$/.test(part)) pieces.push(...slot(part.slice(1, -1), pools, by))
    else if (part) pieces.push([part])
  }
  return join(pieces)
}

export function join(pieces: readonly Piece[]): Labelled {
  let text = ''
  const spans: { start: number; end: number; tag: Tag }[] = []
  for (const [piece, tag] of pieces) {
    if (tag) spans.push({ start: text.length, end: text.length + piece.length, tag })
    text += piece
  }
  return { text, spans }
}
