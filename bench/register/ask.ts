import { readFileSync } from 'node:fs'
import type { Context, Database, Replicas, Secrets } from '../../src/platform/index.ts'
import { sql, system } from '../../src/platform/index.ts'
import type { Known } from '../../src/register/answer.ts'
import { soughtPerson } from '../../src/register/rules/sought.ts'
import { type Candidate, candidatesFor } from '../../src/register/search.ts'
import { type Person, people } from '../people/population.ts'
import { type Chance, chanceFrom } from '../people/random.ts'
import { HARD, ORDINARY, type Rates } from '../people/records.ts'
import { isAbsent, knownOf, personIn } from './children.ts'

export const TODAY = '2026-11-20'
export const KINDS = { ordinary: ORDINARY, hard: HARD } as const
export type Kind = keyof typeof KINDS

export interface Question {
  readonly person: number
  readonly known: Known
}

/** What is told of a person to somebody who asks, with this chance and at these rates of error. */
type Telling<Told> = (person: Person, chance: Chance, rates: Rates) => Told

/** What is told of so many persons of the first `among`, in the registers or in none, each from another person's memory. */
export function toldOf<Told>(
  seed: number,
  kind: Kind,
  absent: boolean,
  count: number,
  among: number,
  tell: Telling<Told>,
): Told[] {
  const chance = chanceFrom(seed ^ (kind === 'hard' ? 0xa5ed : 0x0bd1) ^ (absent ? 0x77 : 0))
  const step = Math.max(1, Math.floor(among / count / (absent ? 40 : 1)))
  const told: Told[] = []
  let met = 0
  for (const person of people(seed)) {
    if (told.length === count || person.number >= among) break
    if (isAbsent(person) !== absent || met++ % step !== 0) continue
    told.push(tell(person, chance, KINDS[kind]))
  }
  return told
}

/** What is told of so many persons of other families: neither they nor any of theirs are in a register. */
export function toldOfStrangers<Told>(seed: number, kind: Kind, count: number, tell: Telling<Told>): Told[] {
  const chance = chanceFrom(seed ^ (kind === 'hard' ? 0x1a55 : 0x2b66))
  const told: Told[] = []
  for (const person of people(seed ^ 0x3c6ef)) {
    if (told.length === count) break
    if (person.number % 7 === 3) told.push(tell(person, chance, KINDS[kind]))
  }
  return told
}

/** Questions about so many persons of the first `among`, in the registers or in none, each from another person's memory. */
export const questions = (seed: number, kind: Kind, absent: boolean, count: number, among: number): Question[] =>
  toldOf(seed, kind, absent, count, among, (person, chance, rates) => ({
    person: person.number,
    known: knownOf(person, chance, rates),
  }))

/** Questions about so many persons of other families: neither they nor any of theirs are in a register. */
export const strangers = (seed: number, kind: Kind, count: number): Question[] =>
  toldOfStrangers(seed, kind, count, (person, chance, rates) => ({
    person: -1,
    known: knownOf(person, chance, rates),
  }))

/** What is judged of a candidate; nothing else is kept, for keeping it would be measured too. */
interface Met {
  readonly id: number
  readonly localId: string
  readonly belief: number
  readonly accepted: boolean
}

export interface Answered {
  readonly question: Question
  readonly candidates: readonly Met[]
  readonly milliseconds: number
}

/**
 * Puts the questions one after another in one transaction past the wall, as a check does, and takes the time of database and scoring. With replicas
 * they are asked as DATABASE_READ_URL has it.
 */
export function askAll(
  database: Database,
  secrets: Secrets,
  asked: readonly Question[],
  replicas?: Replicas,
): Promise<Answered[]> {
  return database.transaction(
    system,
    async (tx) => {
      const ctx = {
        tx,
        secrets,
        now: new Date(`${TODAY}T10:00:00Z`),
        ...(replicas === undefined ? {} : { replicas }),
      } satisfies Partial<Context>
      const answered: Answered[] = []
      for (const question of asked) {
        const person = soughtPerson(question.known, TODAY)
        const begun = performance.now()
        const { candidates } = await candidatesFor(ctx, person)
        const milliseconds = performance.now() - begun
        answered.push({ question, candidates: candidates.map(slim), milliseconds })
      }
      return answered
    },
    { statementTimeout: 0 },
  )
}

const slim = ({ id, localId, accepted, belief }: Candidate): Met => ({ id, localId, accepted, belief })

export const isRight = ({ question }: Answered, one: Met | undefined): boolean =>
  one !== undefined && personIn(one.localId) === question.person

export const hundredth = (numbers: readonly number[], share: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 0

const share = (of: readonly Answered[], is: (one: Answered) => boolean): number =>
  of.filter(is).length / Math.max(of.length, 1)
const top = (one: Answered): number => one.candidates[0]?.belief ?? Number.NEGATIVE_INFINITY

/** What is accepted at one false alarm in a hundred among these who are in no register: the threshold is set on half of them and holds for the rest. */
export function alarms(present: readonly Answered[], absent: readonly Answered[]) {
  const threshold = hundredth(absent.filter((_, index) => index % 2 === 0).map(top), 0.99)
  const rest = absent.filter((_, index) => index % 2 === 1)
  return {
    threshold,
    falseAlarms: share(rest, (one) => top(one) > threshold),
    acceptedAtOneInAHundred: share(present, (one) => isRight(one, one.candidates[0]) && top(one) > threshold),
    falseAlarmsAsShipped: share(absent, (one) => one.candidates[0]?.accepted === true),
  }
}

/** Whether the right child is found, and when. */
export function judge(present: readonly Answered[]) {
  return {
    questions: present.length,
    recall1: share(present, (one) => isRight(one, one.candidates[0])),
    recall5: share(present, (one) => one.candidates.slice(0, 5).some((found) => isRight(one, found))),
    amongWeighed: share(present, (one) => one.candidates.some((found) => isRight(one, found))),
    acceptedAsShipped: share(present, (one) => isRight(one, one.candidates[0]) && one.candidates[0]!.accepted),
    median: hundredth(
      present.map((one) => one.milliseconds),
      0.5,
    ),
    p99: hundredth(
      present.map((one) => one.milliseconds),
      0.99,
    ),
  }
}

/** Searches a second from this one process over so many connections, and the time of the processor that one takes on either side. */
export async function throughput(
  database: Database,
  secrets: Secrets,
  asked: readonly Question[],
  connections: number,
  replicas?: Replicas,
): Promise<{ perSecond: number; nodeMilliseconds: number; databaseMilliseconds: number }> {
  const backends = new Set<number>()
  await Promise.all(
    Array.from({ length: connections }, () =>
      database.transaction(system, async (tx) => {
        backends.add((await tx.one<{ pid: number }>(sql`select pg_backend_pid() as pid`)).pid)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }),
    ),
  )
  const spent = (): number => [...backends].reduce((sum, pid) => sum + processorMilliseconds(pid), 0)
  const before = { node: process.cpuUsage(), database: spent(), at: performance.now() }
  await Promise.all(
    Array.from({ length: connections }, (_, c) =>
      askAll(
        database,
        secrets,
        asked.filter((__, index) => index % connections === c),
        replicas,
      ),
    ),
  )
  const node = process.cpuUsage(before.node)
  return {
    perSecond: asked.length / ((performance.now() - before.at) / 1000),
    nodeMilliseconds: (node.user + node.system) / 1000 / asked.length,
    databaseMilliseconds: (spent() - before.database) / asked.length,
  }
}

/** What the kernel says that a process has used, in steps of ten milliseconds; 0 where it does not say. */
function processorMilliseconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}
