import { ageOn, daysAfter } from './days.ts'
import type { Member } from './household.ts'
import { pupilNumber, testNhsNumber } from './identifiers.ts'
import { type Place, STREETS } from './places.ts'
import type { Chance } from './random.ts'
import type { InventedName, InventedPerson } from './record.ts'
import { SHORT_NAMES, SPELLINGS } from './spellings.ts'

type Address = InventedPerson['addresses'][number]

/** A home in a place: house number and street, town, postcode. A street of a place has always the same postcode. */
export function inventHome(chance: Chance, place: Place): { lines: string[]; postcode: string } {
  const town = chance.whole(0, place.towns.length - 1)
  const street = chance.whole(0, STREETS.length - 1)
  const number = chance.odds(0.12)
    ? `Flat ${chance.whole(1, 24)}, ${chance.whole(1, 60)}`
    : String(chance.whole(1, 148))
  const district = ((street + town * 3) % place.districts) + 1
  const letters = 'ABDEFGHJLNPQRSTUWXYZ'
  const unit = `${letters[street % 20]}${letters[(street * 7 + town) % 20]}`
  return {
    lines: [`${number} ${STREETS[street]}`, place.towns[town]!],
    postcode: `${place.letters}${district} ${(street % 9) + 1}${unit}`,
  }
}

/** Where a family has lived, the last address first. The first home lies before the eldest child's birth. */
export function inventHistory(chance: Chance, place: Place, since: string, today: string): Address[] {
  const moves = chance.weigh([
    [0, 46],
    [1, 30],
    [2, 15],
    [3, 9],
  ] as const)
  const days = Array.from({ length: moves }, () =>
    daysAfter(since, chance.whole(60, Math.max(61, Math.round((Date.parse(today) - Date.parse(since)) / 86_400_000)))),
  )
    .filter((day) => day < today)
    .sort()
  const starts = [since, ...days]
  return starts
    .map((from, index) => ({
      ...inventHome(chance, place),
      from,
      ...(starts[index + 1] === undefined ? {} : { to: starts[index + 1]! }),
    }))
    .reverse()
}

/** The addresses in which someone born later shares. */
export const since = (addresses: readonly Address[], born: string): Address[] =>
  addresses
    .filter((one) => one.to === undefined || one.to > born)
    .map((one) => (one.from < born ? { ...one, from: born } : one))

export interface Clerk {
  /** How often this clerk writes a name in another spelling, swaps day and month, or leaves something out. */
  readonly slips: number
}

/** How a register has someone's names: the legal one, what they are called, what they were called before. */
export function writeNames(chance: Chance, member: Member, clerk: Clerk): InventedName[] {
  const spelled = (name: string): string => {
    const others = SPELLINGS.get(name)
    return others !== undefined && chance.odds(clerk.slips) ? chance.pick(others) : name
  }
  const family = spelled(member.family)
  if (member.unborn) return [{ family, kind: 'legal' }]
  const given = spelled(member.given)
  const plain = (text: string) =>
    chance.odds(0.6) ? text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'L') : text
  const names: InventedName[] = [{ given: plain(given), family: plain(family), kind: 'legal' }]
  const short = SHORT_NAMES.get(member.given)
  if (short !== undefined && chance.odds(0.35)) names.push({ given: short, family: plain(family), kind: 'known-as' })
  if (member.former !== undefined && chance.odds(0.6))
    names.push({ given: plain(given), family: member.former, kind: 'former' })
  if (member.part === 'child' && chance.odds(0.03))
    names.push({
      given: plain(given),
      family: `${family}-${chance.pick(['Hill', 'Ward', 'Khan', 'Shaw', 'Kelly'])}`,
      kind: 'alias',
    })
  return names
}

/** How a register has someone's birth: mostly right; sometimes day and month change places, or only the year is known. */
export function writeBirth(chance: Chance, member: Member, clerk: Clerk): InventedPerson['birth'] {
  if (member.unborn) return { expected: member.born }
  const [year, month, day] = member.born.split('-') as [string, string, string]
  if (chance.odds(clerk.slips * 0.08)) return { year: Number(year) }
  if (Number(day) <= 12 && chance.odds(clerk.slips * 0.15)) return { date: `${year}-${day}-${month}` }
  return { date: member.born }
}

/** The numbers that follow someone through life, where the register has them. */
export function writeNumbers(
  chance: Chance,
  member: Member,
  place: Place,
  today: string,
): { nhsNumber?: string; upn?: string } {
  const nhsNumber =
    !member.unborn && chance.odds(member.part === 'child' ? 0.72 : 0.4) ? testNhsNumber(member.person) : undefined
  const age = member.unborn ? -1 : ageOn(member.born, today)
  const atSchool = member.part === 'child' && age >= 4 && chance.odds(0.8)
  const upn = atSchool
    ? pupilNumber(place.number, member.person % 40, Number(member.born.slice(0, 4)) + 4, member.person)
    : undefined
  return { ...(nhsNumber === undefined ? {} : { nhsNumber }), ...(upn === undefined ? {} : { upn }) }
}
