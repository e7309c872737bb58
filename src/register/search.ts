import {
  acceptThreshold,
  belief,
  type Frequencies,
  normalise,
  type PersonInput,
  type PreparedPerson,
  type Score,
  score,
  soughtKeys,
} from '../matching/index.ts'
import { type Context, system, type Tx } from '../platform/index.ts'
import type { Entry } from './entry.ts'
import { frequenciesFor } from './frequencies.ts'
import { changesHere, hasReplayed } from './searching/changes.ts'
import { fullKeys } from './searching/full-keys.ts'
import { type Detail, detailsOf, type Sharing, sharing } from './searching/store.ts'

export { preparedFrom } from './searching/store.ts'

/** How many are weighed of those who share a key. */
const WEIGHED = 104
/** How many are looked at whole, and how many shielded ones besides, so that these push nobody out. Always as many together, so that the time taken says nothing of who they are. */
const LOOKED_AT = 16
const SHIELDED_TOO = 4
/** When fewer keys are left without those that very many share, these are read as well: nothing else is known. */
const FEWEST_KEYS = 6
/** Below so many bits nobody can be accepted (that takes odds of a third, and having moved is doubted by up to 8 bits), and why is worked out only when it is asked. */
const UNLIKELY = -16

/** An entry that may be the person sought, with the weight of every field. */
export interface Candidate extends Detail {
  readonly prepared: PreparedPerson
  /** How surely it is the person, in bits, having moved being doubted: the order of the candidates. */
  readonly belief: number
  readonly score: Score
  /** Whether it is believed to be the person, in a population of this size. */
  readonly accepted: boolean
}

export interface Searched {
  readonly candidates: Candidate[]
  readonly population: number
  readonly threshold: number
}
type Searching = Pick<Context, 'tx' | 'secrets' | 'now' | 'replicas'>

/**
 * Everyone in any register who may be the person, the likeliest first: two short statements, whatever the registers hold. Needs to stand past
 * the wall. Where replicas are set, one of them is searched, if it has replayed all that is committed on the primary; the primary otherwise.
 */
export async function candidatesFor(ctx: Searching, person: PersonInput): Promise<Searched> {
  const changes = ctx.replicas === undefined ? undefined : await changesHere(ctx.tx)
  if (changes !== undefined) {
    const frequencies = await frequenciesFor(ctx, changes.population)
    const found = await ctx.replicas!.read(system, async (tx) =>
      (await hasReplayed(tx, changes)) ? search({ ...ctx, tx }, person, frequencies) : undefined,
    )
    if (found !== undefined) return found
  }
  return search(ctx, person)
}

async function search(ctx: Searching, person: PersonInput, known?: Frequencies): Promise<Searched> {
  const sought = normalise(person)
  const { population, met } = await whoShares(ctx, Array.from(soughtKeys(sought)))
  const frequencies = known ?? (await frequenciesFor(ctx, population))
  const threshold = acceptThreshold(population)
  const weighed = met.map((one) => new Weighed(one, belief(sought, one.prepared, frequencies)))
  weighed.sort((one, other) => other.belief - one.belief || one.sharing.id - other.sharing.id)
  const { open, shielded } = toLookAt(weighed)
  const details = new Map((await readDetails(ctx.tx, [...open, ...shielded])).map((one) => [one.id, one]))
  const candidates: Candidate[] = []
  for (const one of [...open.slice(0, LOOKED_AT), ...shielded]) {
    const detail = details.get(one.sharing.id)
    if (detail !== undefined) candidates.push(new Found(detail, sought, one, frequencies, threshold))
  }
  candidates.sort((one, other) => other.belief - one.belief || one.id - other.id)
  return { candidates, population, threshold }
}

/** The likeliest, as many open ones more as there are shielded ones fewer. */
function toLookAt(likeliestFirst: readonly Weighed[]): { open: Weighed[]; shielded: Weighed[] } {
  const open: Weighed[] = []
  const shielded: Weighed[] = []
  for (const one of likeliestFirst) {
    if (one.sharing.shielded) {
      if (shielded.length < SHIELDED_TOO) shielded.push(one)
    } else if (open.length < LOOKED_AT + SHIELDED_TOO) open.push(one)
  }
  open.length = Math.min(open.length, LOOKED_AT + SHIELDED_TOO - shielded.length)
  return { open, shielded }
}

class Weighed {
  readonly sharing: Sharing
  readonly belief: number
  constructor(sharing: Sharing, belief: number) {
    this.sharing = sharing
    this.belief = belief
  }
}

const readDetails = (tx: Tx, of: readonly Weighed[]): Promise<Detail[]> =>
  detailsOf(
    tx,
    of.map((one) => one.sharing.id),
  )

async function whoShares(
  ctx: Pick<Context, 'tx' | 'secrets' | 'now'>,
  keys: readonly number[],
): Promise<{ population: number; met: Sharing[] }> {
  const full = fullKeys(ctx)
  const left = keys.filter((key) => !full.has(key))
  if (left.length >= FEWEST_KEYS || left.length === keys.length) {
    const found = await sharing(ctx.tx, left, WEIGHED, false)
    for (const key of found.full) full.add(key)
    // What is asked again goes by the question's keys alone, never by who was met.
    if (found.full.length === 0 || left.length - found.full.length >= FEWEST_KEYS) return found
  }
  return sharing(ctx.tx, keys, WEIGHED, true)
}

class Found implements Candidate {
  readonly id: number
  readonly authority: string
  readonly localId: string
  readonly shielded: boolean
  readonly version: number
  readonly prepared: PreparedPerson
  readonly belief: number
  readonly accepted: boolean
  readonly #detail: Detail
  readonly #sought: PreparedPerson
  readonly #frequencies: Frequencies
  #score: Score | undefined
  constructor(detail: Detail, sought: PreparedPerson, weighed: Weighed, frequencies: Frequencies, threshold: number) {
    this.id = detail.id
    this.authority = detail.authority
    this.localId = detail.localId
    this.shielded = detail.shielded
    this.version = detail.version
    this.prepared = weighed.sharing.prepared
    this.belief = weighed.belief
    this.#detail = detail
    this.#sought = sought
    this.#frequencies = frequencies
    this.#score = undefined
    this.accepted = this.belief >= UNLIKELY && this.score.weight - this.score.prior >= threshold
  }
  get record(): Entry {
    return this.#detail.record
  }
  get score(): Score {
    this.#score ??= score(this.#sought, this.prepared, this.#frequencies)
    return this.#score
  }
}
