import { daysAfter } from './days.ts'
import { COMMUNITIES, type Community } from './names.ts'
import type { Place } from './places.ts'
import type { Chance } from './random.ts'

/** Someone as they are, before any clerk has written them down. */
export interface Member {
  readonly person: number
  readonly sex: 'F' | 'M'
  readonly given: string
  readonly family: string
  readonly former?: string
  /** YYYY-MM-DD; for an unborn child the day expected. */
  readonly born: string
  readonly unborn: boolean
  readonly part: 'mother' | 'father' | 'grandparent' | 'child'
  /** The member born together with this one. */
  readonly twin?: number
}

export interface Household {
  readonly place: Place
  readonly community: Community
  readonly members: readonly Member[]
}

/** Names given, so that two of the same name may be told apart by nothing but their day of birth. */
const early = <T>(chance: Chance, items: readonly T[]): T => items[Math.floor(chance.fraction() ** 1.6 * items.length)]!

/** Invents a household: one or two parents or a grandparent, and children, among them twins and some not yet born. */
export function inventHousehold(chance: Chance, place: Place, today: string, nextPerson: () => number): Household {
  const community = COMMUNITIES.find((one) => one.id === chance.weigh(place.communities)) ?? COMMUNITIES[0]!
  const family = early(chance, community.families)
  const shape = chance.weigh([
    ['two', 58],
    ['mother', 30],
    ['father', 4],
    ['grandparent', 8],
  ] as const)
  const firstBirth = daysAfter(today, -chance.whole(60, 17.5 * 365))
  const members: Member[] = []
  const adult = (sex: 'F' | 'M', part: Member['part'], years: number, own: string, former?: string) => {
    const born = daysAfter(firstBirth, -Math.round(years * 365.25) - chance.whole(0, 364))
    members.push({
      person: nextPerson(),
      sex,
      given: early(chance, sex === 'F' ? community.girls : community.boys),
      family: own,
      born,
      unborn: false,
      part,
      ...(former === undefined ? {} : { former }),
    })
  }
  if (shape === 'two' || shape === 'mother') {
    const maiden = early(chance, community.families)
    const married = shape === 'two' && chance.odds(0.7)
    const own =
      married && community.patronymic !== true
        ? (community.daughter?.(family) ?? family)
        : (community.daughter?.(maiden) ?? maiden)
    adult(
      'F',
      'mother',
      chance.whole(17, 38),
      own,
      married && maiden !== family ? (community.daughter?.(maiden) ?? maiden) : undefined,
    )
  }
  if (shape === 'two' || shape === 'father') adult('M', 'father', chance.whole(18, 44), family)
  if (shape === 'grandparent') adult(chance.odds(0.8) ? 'F' : 'M', 'grandparent', chance.whole(42, 60), family)
  addChildren(
    chance,
    {
      community,
      family: shape === 'mother' && chance.odds(0.6) ? (members[0]?.family ?? family) : family,
      father: members.find((one) => one.part === 'father')?.given,
    },
    members,
    firstBirth,
    today,
    nextPerson,
  )
  return { place, community, members }
}

function addChildren(
  chance: Chance,
  house: { community: Community; family: string; father: string | undefined },
  members: Member[],
  firstBirth: string,
  today: string,
  nextPerson: () => number,
): void {
  const { community, father } = house
  const wanted = chance.weigh([
    [1, 34],
    [2, 38],
    [3, 18],
    [4, 7],
    [5, 3],
  ] as const)
  const taken = new Set<string>()
  let born = firstBirth
  const child = (twin?: number): Member => {
    const sex = chance.odds(0.49) ? 'F' : 'M'
    let given = early(chance, sex === 'F' ? community.girls : community.boys)
    while (taken.has(given)) given = chance.pick(sex === 'F' ? community.girls : community.boys)
    taken.add(given)
    const passed = community.patronymic === true && father !== undefined ? father : house.family
    const family = sex === 'F' ? (community.daughter?.(passed) ?? passed) : passed
    return {
      person: nextPerson(),
      sex,
      given,
      family,
      born,
      unborn: born > today,
      part: 'child',
      ...(twin === undefined ? {} : { twin }),
    }
  }
  for (let count = 0; count < wanted && born <= daysAfter(today, 200); ) {
    const first = child()
    count++
    if (!first.unborn && chance.odds(0.03)) {
      const second = child(first.person)
      members.push({ ...first, twin: second.person }, second)
      count++
    } else members.push(first)
    born = daysAfter(born, chance.whole(300, 1500))
  }
}
