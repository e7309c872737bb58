import { agreementBetween, directoryEntry, type Entry, partyFrom, senderParty } from '../people/index.ts'
import type { Context } from '../platform/index.ts'
import { type Decision, type Disclosure, decide, type Party, type Protocol } from '../protocols/index.ts'
import type { Draft } from './draft.ts'
import { inForceFor } from './protocol-in-force.ts'
import { disclosureOf } from './rules/facts.ts'
import { asOn } from './rules/practice.ts'
import type { Row } from './store/disclosures.ts'

export interface DecidedNow {
  readonly protocol: Protocol
  readonly day: string
  readonly disclosure: Disclosure
  readonly decision: Decision
  /** In the order of the draft's recipients; undefined: no longer in the directory. */
  readonly entries: readonly (Entry | undefined)[]
}

/** Asks `decide` about a draft with the facts as they are at this moment; undefined while the draft says too little. */
export async function decideNow(ctx: Context, row: Row): Promise<DecidedNow | undefined> {
  const { protocol, day } = await inForceFor(ctx, row)
  const { draft } = row
  if (draft.worry === undefined || draft.items.length === 0 || draft.recipients.length === 0) return undefined
  const entries = await Promise.all(draft.recipients.map((one) => present(ctx, one.entryId)))
  const today = ctx.now.toISOString().slice(0, 10)
  const to = entries.map(
    (entry, index): Party =>
      entry === undefined ? { kind: draft.recipients[index]!.kind } : asOn(partyFrom(entry), today, day),
  )
  const agreement = await agreementFor(ctx, draft, entries, day)
  const disclosure = disclosureOf(draft, { from: asOn(await senderParty(ctx), today, day), to, agreement, day })
  if (disclosure === undefined) return undefined
  return { protocol, day, disclosure, decision: decide(disclosure, protocol, day), entries }
}

async function present(ctx: Context, id: string): Promise<Entry | undefined> {
  const entry = await directoryEntry(ctx, id)
  return entry?.leftOn === undefined ? entry : undefined
}

/** The agreement that covers the exchange with every other agency among the recipients; one that lacks it leaves all without. */
async function agreementFor(
  ctx: Context,
  draft: Draft,
  entries: readonly (Entry | undefined)[],
  on: string,
): Promise<string | undefined> {
  const from = ctx.actor.agency
  const purpose = draft.worry?.purpose
  if (from === undefined || purpose === undefined) return undefined
  const items = draft.items.map((one) => one.item)
  const found = await Promise.all(
    entries
      .filter((entry) => entry?.agency !== from)
      .map((entry) =>
        entry?.agency === undefined
          ? undefined
          : agreementBetween(ctx.tx, { from, to: entry.agency, toTeam: entry.team, purpose, items, on }),
      ),
  )
  return found.length > 0 && found.every((one) => one !== undefined) ? found[0]?.id : undefined
}
