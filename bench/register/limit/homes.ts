import type { Home } from '../../people/population.ts'
import { type PersonRecord, type Rates, TOWN_WRITTEN } from '../../people/records.ts'
import type { Area, Held } from './area.ts'
import { chanceOfSlip } from './slip.ts'
import { tellsHome } from './told.ts'

export interface HomesAsked {
  readonly of: (child: Held) => number
  readonly ofAnybody: number
}

/** How many homes there are of each number, and which streets. */
export interface Streets {
  readonly numbers: ReadonlyMap<string, number>
  readonly streets: readonly string[]
}

export function streetsOf(homes: readonly Home[]): Streets {
  const numbers = new Map<string, number>()
  for (const { number } of homes) numbers.set(number, (numbers.get(number) ?? 0) + 1)
  return { numbers, streets: [...new Set(homes.map(({ street }) => street))] }
}

/**
 * Address and postcode, of the home where the child lives or of a former one. Repeats the rules of `record` and `drawHome` in
 * bench/people/records.ts: the address missing, a slip in the street, the town missing, the postcode missing or with a slip; the house's number is
 * always right. Whether the street is abbreviated tells nothing. A home that no entry tells is any: number, street and postcode each for itself.
 */
export function homesAsked(
  question: PersonRecord,
  rates: Rates,
  area: Area,
  { numbers, streets }: Streets,
): HomesAsked {
  const { address, town, postcode } = question
  const nothing = rates.addressMissing * rates.postcodeMissing
  if (address === '' && postcode === '') return { of: () => nothing, ofAnybody: nothing }
  const [, number = '', street = ''] = /^((?:Flat \d+, )?\d+) (.*)$/.exec(spelledOut(address)) ?? []

  const known = new Map<string, number>()
  const ofStreet = (own: string): number => {
    const chance = known.get(own) ?? mistaken(own, street, rates.addressTypo)
    known.set(own, chance)
    return chance
  }
  const ofTown = (own: string): number => {
    if (address === '') return 1
    return town === '' ? 1 - TOWN_WRITTEN : own === town ? TOWN_WRITTEN : 0
  }
  const ofPostcode = (own: string): number =>
    postcode === '' ? rates.postcodeMissing : (1 - rates.postcodeMissing) * mistaken(own, postcode, rates.postcodeTypo)
  const ofHome = (home: Home): number => {
    if (address === '') return rates.addressMissing * ofPostcode(home.postcode)
    if (home.number !== number) return 0
    const chance = (1 - rates.addressMissing) * ofStreet(home.street)
    return chance === 0 ? 0 : chance * ofTown(home.town) * ofPostcode(home.postcode)
  }

  const anyAddress = (): number => {
    const share = Math.max(numbers.get(number) ?? 0, 1) / area.homes.length
    return ((1 - rates.addressMissing) * share * total(streets, ofStreet)) / streets.length
  }
  const anyPostcode = total(area.postcodes, ([own, its]) => {
    const chance = ofTown(its)
    return chance === 0 ? 0 : chance * ofPostcode(own)
  })
  const ofAnybody = ((address === '' ? rates.addressMissing : anyAddress()) * anyPostcode) / area.postcodes.length

  const one = ({ homes, told }: Held, index: number): number =>
    tellsHome(told, index) ? ofHome(area.homes[homes[index]!]!) : ofAnybody
  const of = (child: Held): number => {
    const former = child.homes.length - 1
    if (former === 0) return one(child, 0)
    let chance = (1 - rates.addressFormer) * one(child, 0)
    for (let index = 1; index <= former; index++) chance += (rates.addressFormer * one(child, index)) / former
    return chance
  }
  return { of, ofAnybody }
}

/** The chance that a text is written so where a slip happens at this rate. */
const mistaken = (own: string, written: string, slip: number): number =>
  (own === written ? 1 - slip : 0) + slip * chanceOfSlip(own, written)

/** Undoes `abbreviate` of bench/people/records.ts, also where a slip doubled its first or last letter or lost the space. */
const spelledOut = (address: string): string =>
  address
    .replace(/St(t?)$/, 'Street$1')
    .replace(/Rd(d?)$/, 'Road$1')
    .replace(/Ave(e?)$/, 'Avenue$1')

function total<One>(all: readonly One[], of: (one: One) => number): number {
  let sum = 0
  for (const one of all) sum += of(one)
  return sum
}
