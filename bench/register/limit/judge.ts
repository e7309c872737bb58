import type { Person } from '../../people/population.ts'
import type { Chance } from '../../people/random.ts'
import { type PersonRecord, type Rates, record } from '../../people/records.ts'
import { hundredth, KINDS, type Kind, toldOf, toldOfStrangers } from '../ask.ts'
import { type Counted, likelihoods } from './likelihood.ts'

/** What is asked, and about whom: the person's number, -1 where it is a stranger. */
export interface Asked {
  readonly person: number
  readonly record: PersonRecord
}

export interface Questions {
  readonly present: readonly Asked[]
  /** about children in no register whose families are known */
  readonly relatives: readonly Asked[]
  /** about children of whose families nothing is known */
  readonly strangers: readonly Asked[]
}

const asked = (person: Person, chance: Chance, rates: Rates): Asked => ({
  person: person.number,
  record: record(person, chance, rates),
})

/** The first `count` of the `drawn` questions of each sort that bench/register/measure.ts puts about the first `among` persons. */
export function questionsOf(seed: number, kind: Kind, count: number, drawn: number, among: number): Questions {
  return {
    present: toldOf(seed, kind, false, drawn, among, asked).slice(0, count),
    relatives: toldOf(seed, kind, true, drawn, among, asked).slice(0, count),
    strangers: toldOfStrangers(seed, kind, count, (...one) => ({ ...asked(...one), person: -1 })),
  }
}

/** Two chances that differ by less than this share are the same. */
const SAME = 1e-7
/** No chance is taken to be less: what is less may be lost in rounding. */
const LEAST = 1e-300
/** Nothing fits at all: below the bits of any question that something fits. */
const NOTHING = -99

export interface Judged {
  /** whether the right child is found: 1, or its share where others fit as well */
  readonly right: number
  /** whether the question can be about its child at all */
  readonly possible: boolean
  /** the chance that the best is the right one where somebody is */
  readonly share: number
  /** how much likelier the question is about somebody in the registers than about anybody else, in bits */
  readonly somebody: number
  /** how much likelier it is about the best than about any other, in the registers or not, in bits */
  readonly best: number
}

export function judgeOne({ person, record }: Asked, kind: Kind, counted: Counted): Judged {
  const { held } = counted.area
  const chances = likelihoods(record, KINDS[kind], counted)
  let [sum, best, ties, own] = [0, 0, 0, 0]
  for (const child of held) {
    const chance = chances.of(child)
    if (chance === 0) continue
    sum += chance
    if (child.number === person) own = chance
    if (chance > best * (1 + SAME)) [best, ties] = [chance, 1]
    else if (chance > best * (1 - SAME)) ties++
  }
  const anybody = held.length * Math.max(chances.ofAnybody, LEAST)
  return {
    right: own > 0 && own >= best * (1 - SAME) ? 1 / ties : 0,
    possible: own > 0,
    share: sum > 0 ? best / sum : 0,
    somebody: sum > 0 ? Math.log2(sum / anybody) : NOTHING,
    best: best > 0 ? Math.log2(best / (sum - best + anybody)) : NOTHING,
  }
}

/** What is accepted where one question in a hundred about children in no register may be: the threshold is set on every other of these. */
export interface Accepted {
  readonly bits: number
  readonly accepted: number
}

export interface Figures {
  readonly questions: number
  readonly recall1: number
  /** what recall@1 must be in the mean, from the chances alone: far from it, the chances would be wrong */
  readonly expected: number
  /** questions that could not be about their child, by the sums: there must be hardly any */
  readonly impossible: number
  readonly nobodyKnown: Readonly<Record<Weighing, Accepted>>
  readonly relativesKnown: Readonly<Record<Weighing, Accepted>>
}

type Weighing = 'somebody' | 'best'

/** What somebody reaches who judges by these chances: recall@1, and how many right children they accept at 1 % false alarms. */
export function judgeAll(questions: Questions, kind: Kind, counted: Counted): Figures {
  const judged = (of: readonly Asked[]): Judged[] => of.map((one) => judgeOne(one, kind, counted))
  const present = judged(questions.present)
  const mean = (of: (one: Judged) => number): number =>
    present.reduce((sum, one) => sum + of(one), 0) / Math.max(present.length, 1)
  const accepted = (absent: readonly Judged[], weighing: Weighing): Accepted => {
    const set = absent.filter((_, index) => index % 2 === 0).map((one) => one[weighing])
    const bits = hundredth(set, 0.99)
    return { bits, accepted: mean((one) => (one[weighing] > bits ? one.right : 0)) }
  }
  const both = (absent: readonly Judged[]): Record<Weighing, Accepted> => ({
    somebody: accepted(absent, 'somebody'),
    best: accepted(absent, 'best'),
  })
  return {
    questions: present.length,
    recall1: mean(({ right }) => right),
    expected: mean(({ share }) => share),
    impossible: present.filter(({ possible }) => !possible).length,
    nobodyKnown: both(judged(questions.strangers)),
    relativesKnown: both(judged(questions.relatives)),
  }
}
