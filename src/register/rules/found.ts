import { type Frequencies, type PreparedPerson, type Score, score } from '../../matching/index.ts'
import type { Agency } from '../../people/index.ts'
import type { Decision } from '../../protocols/index.ts'
import { formatMoment } from '../../web/index.ts'
import type { Found } from '../answer.ts'
import type { Entry } from '../entry.ts'
import { shownOf } from './items.ts'
import { spansOf } from './spans.ts'
import { reasonWords } from './words.ts'

/** An entry that may be shown. `under` is the mother's entry, where an unborn child was found through her. */
export interface Shown {
  readonly id: number
  readonly authority: string
  readonly localId: string
  readonly record: Entry
  readonly shielded: boolean
  readonly prepared: PreparedPerson
  readonly score: Score
  readonly under?: number
}

interface Verdict {
  readonly same: boolean
  readonly by: string
}
interface Disputed {
  readonly id: string
  readonly entry: number
  readonly item: string
  readonly who: string
  readonly words: string
  readonly keptBy: string
  readonly agency: string
  readonly agencyName: string
  readonly at: Date
}
interface Asked {
  readonly at: Date
  readonly askerName: string
  readonly agencyName: string
  readonly purpose: string
}

/** What stands beside an entry when it is shown: the others, what was said of them, who asked before, and whom nobody may name. */
export interface Beside {
  readonly shown: readonly Shown[]
  readonly frequencies: Frequencies
  readonly threshold: number
  readonly verdicts: ReadonlyMap<string, Verdict>
  readonly hidden: ReadonlySet<string>
  readonly asked: ReadonlyMap<number, readonly Asked[]>
  /** YYYY-MM-DD */
  readonly day: string
}

/** One entry as the decision lets it be seen, with the weight of every field and the other entries that are the same person. */
export function foundOf(one: Shown, keeper: Agency, decision: Decision, beside: Beside): Found {
  const telephone = keeper.hubTelephone ?? keeper.telephone
  const others = beside.shown.filter(
    (other) => other.id !== one.id && one.under === undefined && other.under === undefined,
  )
  const said = (other: Shown): Verdict | undefined => beside.verdicts.get(pairKey(one.id, other.id))
  return {
    entry: one.id,
    authority: one.authority,
    authorityName: keeper.name,
    ...(telephone === undefined ? {} : { telephone }),
    probability: one.score.probability,
    weight: one.score.weight,
    prior: one.score.prior,
    rival: { text: one.score.rival.text, weight: one.score.rival.weight },
    fields: one.score.fields.map((field) => ({ ...field })),
    level: decision.level,
    items: [...decision.items],
    withheld: decision.withheld.map(({ item, because }) => ({ item, because: copied(because) })),
    shown: linesOf(one, decision, beside),
    spans: spansOf(one.record, decision.items, beside.day),
    idOnly: (one.record.names ?? []).length === 0 && one.record.born?.expected === undefined,
    ...(one.shielded ? { shielded: true } : {}),
    ...(one.under === undefined ? {} : { under: one.under }),
    linked: others.flatMap((other): Found['linked'] => {
      const verdict = said(other)
      if (verdict?.same === true) return [{ entry: other.id, how: 'said', by: verdict.by }]
      if (verdict !== undefined) return []
      const pair = score(one.prepared, other.prepared, beside.frequencies)
      return pair.weight - pair.prior >= beside.threshold ? [{ entry: other.id, how: 'matched' }] : []
    }),
    notTheSame: others.flatMap((other) => {
      const verdict = said(other)
      return verdict?.same === false ? [{ entry: other.id, by: verdict.by }] : []
    }),
  }
}

function linesOf(one: Shown, { items }: Decision, { hidden, asked, day }: Beside): Record<string, string[]> {
  const shown = shownOf(withoutKin(one, hidden), one.localId, items, day) as Record<string, string[]>
  const before = asked.get(one.id) ?? []
  return items.includes('enquiry-history') && before.length > 0
    ? {
        ...shown,
        'enquiry-history': before.map(
          (enquiry) =>
            `${formatMoment(enquiry.at)}: ${enquiry.askerName}, ${enquiry.agencyName}. ${reasonWords(enquiry.purpose)}`,
        ),
      }
    : shown
}

/** What is said against an entry and not settled, so far as the item that it is about is shown (BEX-56). */
export function disputedOf(
  found: Pick<Found, 'entry' | 'shown'>,
  open: readonly Disputed[],
): NonNullable<Found['disputed']> {
  return open
    .filter((one) => one.entry === found.entry && found.shown[one.item] !== undefined)
    .map(({ id, item, who, words, keptBy, agency, agencyName, at }) => ({
      id,
      item,
      who,
      says: words,
      keptBy: `${keptBy}, ${agencyName}`,
      agency,
      at: at.toISOString(),
    }))
}

/** An entry without those of its family whom nobody may name to this asker; `hidden` as "authority local id". */
export function withoutKin(
  { authority, record }: Pick<Shown, 'authority' | 'record'>,
  hidden: ReadonlySet<string>,
): Entry {
  if (record.relationships === undefined) return record
  return { ...record, relationships: record.relationships.filter(({ to }) => !hidden.has(`${authority} ${to}`)) }
}

/** How a pair of entries is called, whichever is named first. */
export const pairKey = (one: number, other: number): string => `${Math.min(one, other)}:${Math.max(one, other)}`
export const copied = ({ text, cites }: { text: string; cites: readonly string[] }) => ({ text, cites: [...cites] })
