import { ageOn, daysAfter } from './days.ts'
import type { Member } from './household.ts'
import type { Chance } from './random.ts'
import type { Category, InventedPerson } from './record.ts'

type Involvement = Pick<
  InventedPerson,
  | 'registrations'
  | 'conferences'
  | 'referrals'
  | 'concerns'
  | 'legalStatuses'
  | 'lookedAfter'
  | 'lookedAfterFrom'
  | 'posesRisk'
  | 'services'
>

const NOTHING: Involvement = {
  registrations: [],
  conferences: [],
  referrals: [],
  concerns: [],
  legalStatuses: [],
  lookedAfter: false,
  posesRisk: false,
  services: [],
}
const CATEGORIES: readonly (readonly [Category, number])[] = [
  ['NEG', 47],
  ['EMO', 36],
  ['PHY', 9],
  ['SAB', 5],
  ['MUL', 3],
]
const REFERRERS = [
  'police',
  'school',
  'health visitor',
  'hospital',
  'general practitioner',
  'housing',
  'family member',
  'neighbour',
  'probation',
  'anonymous',
] as const
const CONCERNS = [
  'neglect',
  'domestic abuse',
  'emotional abuse',
  'physical abuse',
  'sexual abuse',
  'exploitation',
  'missing from home',
  'parental substance misuse',
  'parental mental health',
  'child substance misuse',
  'young carer',
  'homelessness',
] as const
const SERVICES = [
  'early help',
  'health visiting',
  'school nursing',
  'speech and language',
  'children’s disability team',
  'family support',
  'young carers',
  'youth justice',
  'child and adolescent mental health',
  'short breaks',
] as const

/** What a family as a whole is going through, so that brothers and sisters share it. */
export type Course = 'none' | 'in-need' | 'protected' | 'formerly-protected' | 'looked-after'

export const inventCourse = (chance: Chance): Course =>
  chance.weigh([
    ['none', 62],
    ['in-need', 22],
    ['formerly-protected', 7],
    ['protected', 6],
    ['looked-after', 3],
  ] as const)

/** What a register holds beside the name: the same course leaves different traces on each child. */
export function inventInvolvement(chance: Chance, member: Member, course: Course, today: string): Involvement {
  if (member.part !== 'child')
    return { ...NOTHING, posesRisk: member.part === 'father' && course !== 'none' && chance.odds(0.06) }
  const services = [
    ...new Set(Array.from({ length: chance.whole(0, course === 'none' ? 1 : 3) }, () => chance.pick(SERVICES))),
  ]
  if (course === 'none' && !chance.odds(0.15)) return { ...NOTHING, services }
  const earliest = member.unborn ? daysAfter(member.born, -150) : member.born
  const since = (most: number): string => {
    const day = daysAfter(today, -chance.whole(7, most))
    return day < earliest ? (earliest > today ? today : earliest) : day
  }
  const referrals = Array.from({ length: chance.whole(1, course === 'none' ? 1 : 4) }, () => ({
    on: since(1400),
    from: chance.pick(REFERRERS),
  })).sort((a, b) => (a.on < b.on ? -1 : 1))
  const concerns = [...new Set(Array.from({ length: chance.whole(1, 3) }, () => chance.pick(CONCERNS)))]
  const base = { ...NOTHING, referrals, concerns, services }
  if (course === 'protected' || course === 'formerly-protected')
    return { ...base, ...protection(chance, course, since, today) }
  if (course === 'looked-after') return { ...base, ...care(chance, member, since, today) }
  return base
}

function protection(
  chance: Chance,
  course: Course,
  since: (most: number) => string,
  today: string,
): Partial<Involvement> {
  const from = since(course === 'protected' ? 500 : 2200)
  const lasted = daysAfter(from, chance.whole(120, 600))
  const to = course === 'formerly-protected' ? (lasted < today ? lasted : today) : undefined
  const reviews: { kind: 'review'; on: string }[] = []
  for (let on = daysAfter(from, 90); on < (to ?? today); on = daysAfter(on, 180)) reviews.push({ kind: 'review', on })
  return {
    registrations: [{ category: chance.weigh(CATEGORIES), from, ...(to === undefined ? {} : { to }) }],
    conferences: [{ kind: 'initial', on: from }, ...reviews],
  }
}

function care(chance: Chance, member: Member, since: (most: number) => string, today: string): Partial<Involvement> {
  const from = since(1800)
  const code = chance.weigh([
    ['C2', 50],
    ['C1', 20],
    ['V2', 26],
    ['E1', 4],
  ] as const)
  const left = ageOn(member.born, today) >= 18 || chance.odds(0.12)
  const to = left ? daysAfter(from, chance.whole(30, 400)) : undefined
  const ended = to !== undefined && to < today ? to : undefined
  const status = { code, from, ...(ended === undefined ? {} : { to: ended }) }
  return { legalStatuses: [status], lookedAfter: ended === undefined, lookedAfterFrom: from }
}
