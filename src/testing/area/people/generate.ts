import { ageOn, daysAfter } from './days.ts'
import { type Household, inventHousehold, type Member } from './household.ts'
import { type Course, inventCourse, inventInvolvement } from './involvement.ts'
import { PLACES, type Place } from './places.ts'
import { type Chance, chance } from './random.ts'
import type { InventedPerson, Relation } from './record.ts'
import { inventHistory, since, writeBirth, writeNames, writeNumbers } from './write-down.ts'

export interface Inventing {
  /** How many entries, in all registers together. */
  readonly count: number
  /** YYYY-MM-DD: ages and histories are reckoned from it. */
  readonly today: string
  readonly seed?: number
}

/**
 * Invents the people of the area as the five registers have them: households with brothers, sisters and twins, aliases and former
 * addresses. About one family in twelve has moved, and stands in the register that it left as well, in another clerk's spelling. The same seed and day give the same people.
 */
export function inventPeople({ count, today, seed = 1989 }: Inventing): InventedPerson[] {
  const luck = chance(seed)
  const people: InventedPerson[] = []
  const serials = new Map<string, number>()
  let persons = 0
  while (people.length < count) {
    const place = luck.weigh(PLACES.map((one) => [one, one.share] as const))
    const household = inventHousehold(luck, place, today, () => ++persons)
    const course = inventCourse(luck)
    const eldest = household.members.filter((one) => one.part === 'child')[0]?.born ?? today
    const begun = daysAfter(eldest < today ? eldest : today, -luck.whole(30, 1200))
    const register = { chance: luck, household, course, today, serials }
    people.push(...enter(register, place, inventHistory(luck, place, begun, today), 0.15))
    if (luck.odds(0.08)) {
      const former = luck.pick(PLACES.filter((one) => one !== place))
      const left = daysAfter(today, -luck.whole(100, 1500))
      const known = household.members.filter((one) => one.born < left)
      const until = inventHistory(luck, former, daysAfter(left, -luck.whole(200, 2000)), left).map((one) =>
        one.to === undefined ? { ...one, to: left } : one,
      )
      if (known.some((one) => one.part === 'child'))
        people.push(
          ...enter(
            {
              ...register,
              household: { ...household, members: known },
              course: course === 'protected' ? 'formerly-protected' : course,
              today: left,
            },
            former,
            until,
            0.4,
          ),
        )
    }
  }
  return people.slice(0, count)
}

interface Entering {
  readonly chance: Chance
  readonly household: Household
  readonly course: Course
  readonly today: string
  readonly serials: Map<string, number>
}

function enter(
  { chance: luck, household, course, today, serials }: Entering,
  place: Place,
  addresses: InventedPerson['addresses'],
  slips: number,
): InventedPerson[] {
  const { members, community } = household
  const ids = new Map(
    members.map((member) => {
      const serial = (serials.get(place.authority) ?? 0) + 1
      serials.set(place.authority, serial)
      return [member.person, `${place.letters}${String(100_000 + serial)}`] as const
    }),
  )
  const worker = course === 'none' ? undefined : luck.pick(WORKERS)
  const telephone = luck.odds(0.5) ? `07700 900${String(luck.whole(0, 999)).padStart(3, '0')}` : undefined
  return members.map((member): InventedPerson => {
    const isChild = member.part === 'child'
    const age = ageOn(member.born, today)
    return {
      authority: place.authority,
      localId: ids.get(member.person)!,
      person: member.person,
      names: writeNames(luck, member, { slips }),
      birth: writeBirth(luck, member, { slips }),
      sex: member.unborn ? 'U' : member.sex,
      language: luck.odds(0.7) ? community.language : 'English',
      ethnicity: community.ethnicity,
      ...writeNumbers(luck, member, place, today),
      ...(telephone === undefined || isChild ? {} : { telephone }),
      addresses: since(addresses, isChild && !member.unborn ? member.born : (addresses.at(-1)?.from ?? today)),
      relationships: relations(members, member, ids),
      ...inventInvolvement(luck, member, course, today),
      ...(worker === undefined || !isChild
        ? {}
        : {
            keyWorker: {
              name: worker,
              team: `${place.towns[0]} ${luck.pick(TEAMS)}`,
              telephone: `01632 960${String(100 + ((worker.length * 37) % 800))}`,
            },
          }),
      ...(isChild && age >= 4 && age < 17
        ? { school: place.schools[(member.person + (age >= 11 ? 1 : 0)) % place.schools.length]! }
        : {}),
    }
  })
}

const TEAMS = ['North assessment team', 'South assessment team', 'Child protection team', 'Looked-after children team']
const WORKERS = [
  'Ruth Ormerod',
  'Dev Mistry',
  'Hannah Boyle',
  'Imran Bashir',
  'Kasia Mazur',
  'Leroy Francis',
  'Siân Prosser',
  'Tom Hirst',
  'Yetunde Balogun',
  'Wendy Akroyd',
  'Farah Siddique',
  'Colin Naylor',
]

function relations(
  members: readonly Member[],
  of: Member,
  ids: ReadonlyMap<number, string>,
): InventedPerson['relationships'] {
  const kindOf = (other: Member): Relation => {
    if (of.part === 'child')
      return other.part === 'child' ? (other.person === of.twin ? 'twin' : 'sibling') : other.part
    if (other.part === 'child') return of.part === 'grandparent' ? 'grandchild' : 'child'
    return 'partner'
  }
  return members.filter((other) => other !== of).map((other) => ({ to: ids.get(other.person)!, kind: kindOf(other) }))
}
