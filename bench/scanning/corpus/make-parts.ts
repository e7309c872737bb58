import type { Pools } from './pools.ts'
import type { Chance } from './random.ts'
import { brands, industries, months, nouns } from './word-lists.ts'

export const pad = (value: number): string => String(value).padStart(2, '0')
export const figures = (by: Chance, pattern: string): string => pattern.replace(/#/g, () => String(by.below(10)))

export function dateOf(by: Chance): string {
  const day = 1 + by.below(28)
  const month = 1 + by.below(12)
  const year = 1935 + by.below(90)
  const name = months[month - 1]!
  return by.pick([
    `${pad(day)}/${pad(month)}/${year}`,
    `${day}/${month}/${year}`,
    `${day} ${name} ${year}`,
    `${day}th ${name.slice(0, 3)} ${year}`,
    `${name} ${day}, ${year}`,
    `${year}-${pad(month)}-${pad(day)}`,
    `${pad(day)}.${pad(month)}.${year}`,
    `${day} ${name}`,
    `${pad(day)}/${pad(month)}/${String(year).slice(2)}`,
    `${year}-${pad(month)}-${pad(day)} ${pad(by.below(24))}:${pad(by.below(60))}:00`,
  ])
}

export function phoneOf(by: Chance): string {
  return figures(
    by,
    by.pick([
      '01### ######',
      '07### ######',
      '020 7### ####',
      '+44 1### ######',
      '###-###-####',
      '(###) ###-####',
      '01### ### ###',
      '+1-###-###-####',
      '0### ## ## ##',
      '##-##-##-##',
    ]),
  )
}

export const postcodeOf = (by: Chance): string =>
  `${by.pick(['KV', 'LA', 'CA', 'M', 'B', 'LS', 'DA', 'SE', 'BH', 'NW'])}${1 + by.below(20)} ${by.below(10)}${by.pick(['AB', 'XY', 'QT', 'LN', 'DR', 'HE'])}`

/** A person's name as people write it. */
export function fullName(pools: Pools, by: Chance): string {
  const given = pools.given(by)
  const sur = pools.surname(by)
  const way = by.next()
  if (way < 0.72) return `${given} ${sur}`
  if (way < 0.79) return `${given} ${String.fromCharCode(65 + by.below(26))}${by.odds(0.7) ? '.' : ''} ${sur}`
  if (way < 0.84) return `${given} ${pools.given(by)} ${sur}`
  if (way < 0.88) return `${given} ${sur}-${pools.surname(by)}`
  if (way < 0.92)
    return `${given} ${by.pick(['van der', 'de', 'von', 'van', 'di', 'al', 'El', 'bin', 'da', 'De La', 'dos', 'Mac'])} ${sur}`
  if (way < 0.94) return `${given} ${by.pick(["O'", 'Mc', 'Mac', "D'", 'Al-', 'Ben-'])}${sur}`
  if (way < 0.96) return `${given[0]}. ${sur}`
  if (way < 0.98) return `${given}-${pools.given(by)} ${sur}`
  return `${given} ${sur} ${pools.surname(by)}`
}

export function organisation(pools: Pools, by: Chance): string {
  const sur = pools.surname(by)
  return by.pick([
    () => by.pick(brands),
    () => `${sur} ${by.pick(industries)}`,
    () => `${sur} ${by.pick(['Ltd', 'Ltd.', 'Inc', 'Inc.', 'plc', 'Group', 'and Sons', 'LLC', 'GmbH', '& Co'])}`,
    () => `${sur}, ${pools.surname(by)} and ${pools.surname(by)}`,
    () => `${sur}-${pools.surname(by)}`,
    () =>
      `${by.pick(nouns)}${by.pick(['soft', 'ware', 'net', 'tech', 'ify', 'zoom', 'scope', 'logic', 'works', ' Space', 'lytics'])}`,
    () => `${by.pick(nouns)} ${by.pick(industries)}`,
    () => `${by.pick(nouns)} ${by.pick(nouns)} ${by.pick(industries)}${by.odds(0.3) ? ' Inc.' : ''}`,
    () => `University of ${pools.city(by)}`,
    () =>
      `${pools.city(by)} ${by.pick(['University', 'Chamber of Commerce', 'United', 'Times', 'Hotel', 'Bank', 'Museum'])}`,
    () => `The ${sur} ${by.pick(['Foundation', 'Trust', 'Centre', 'Report', 'Institute'])}`,
    () =>
      `${by.pick(['Department', 'Ministry', 'Office', 'Institute', 'Bureau'])} of ${by.pick(['Health', 'Justice', 'Education', 'Trade', 'Better Technology', 'Defence'])}`,
  ])()
}

export function address(pools: Pools, by: Chance, gap: string): string {
  const flat = by.odds(0.2)
    ? `${by.pick(['Flat', 'Apt', 'Unit', 'Room', 'Flat No.'])} ${1 + by.below(90)}${by.odds(0.3) ? 'B' : ''}${gap}`
    : ''
  const house = by.odds(0.12)
    ? `${pools.surname(by)} ${by.pick(['House', 'Cottage', 'Farm', 'Court', 'Lodge'])}${gap}`
    : ''
  const number = house ? '' : `${1 + by.below(220)}${by.odds(0.07) ? by.pick(['a', 'b', 'A', '-3']) : ''} `
  const last = by.odds(0.85) ? `${by.odds(0.6) ? ' ' : gap}${postcodeOf(by)}` : ''
  return `${flat}${house}${number}${pools.street(by)}${gap}${by.odds(0.12) ? `${pools.ukTown(by)}${gap}` : ''}${pools.ukTown(by)}${last}`
}

const states = [
  'AL',
  'AK',
  'CA',
  'CO',
  'NY',
  'TX',
  'IL',
  'NSW',
  'VIC',
  'ON',
  'QC',
  'WA',
  'BZ',
  'FL',
  'MB',
  'LA',
  'GA',
  'QLD',
]

export function foreignAddress(pools: Pools, by: Chance): string {
  const suite = by.odds(0.5) ? ` ${by.pick(['Suite', 'Apt.', 'Unit', 'Apartment'])} ${figures(by, '###')}` : ''
  const street = by.odds(0.6) ? pools.foreignStreet(by) : pools.street(by)
  const zip = figures(by, '#####')
  return by.pick([
    () => `${1 + by.below(99)} ${street}${suite}\n${pools.city(by)}\n, ${by.pick(states)}\n ${zip}`,
    () => `${1 + by.below(99)} ${street}${suite}\n${pools.city(by)}, ${by.pick(states)} ${zip}`,
    () => `${1 + by.below(99)} ${street}${suite} ${pools.city(by)} ${by.pick(states)} ${zip}`,
    () => `${1 + by.below(99)} ${street}\n${suite ? `${suite}\n ` : ''}${pools.city(by)}\n ${pools.country(by)} ${zip}`,
    () => `${1 + by.below(99)} ${street}${suite}, ${pools.city(by)}, ${pools.country(by)} ${zip}`,
    () => `${pools.foreignStreet(by)}${suite}, ${pools.city(by)}`,
    () => `PSC ${figures(by, '####')}, Box ${figures(by, '####')}\nAPO AP ${zip}`,
    () =>
      `${by.pick(['Unit', 'USS', 'USNS'])} ${by.odds(0.5) ? pools.surname(by) : figures(by, '####')}\n${by.pick(['FPO', 'DPO', 'APO'])} ${by.pick(['AP', 'AE', 'AA'])} ${zip}`,
    () => `P.O. Box ${by.below(9000)}, ${pools.city(by)}`,
  ])()
}
