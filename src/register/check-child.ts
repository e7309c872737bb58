import { acceptThreshold, score } from '../matching/index.ts'
import { authorities, senderParty, userById } from '../people/index.ts'
import { type Context, Fault, newId } from '../platform/index.ts'
import { keepDecision } from '../protocols/index.ts'
import type { Check, CheckAnswer, Found, Searched } from './answer.ts'
import { frequenciesNow } from './frequencies.ts'
import { noteEnquiry } from './note-enquiry.ts'
import { pastTheWall } from './past-the-wall.ts'
import { protocolOf } from './protocol-in-force.ts'
import { type Asking, decideFor, disclosureFor } from './rules/disclosure-for.ts'
import { shownOf } from './rules/items.ts'
import { soughtPerson, tooLittle } from './rules/sought.ts'
import { type Candidate, candidatesFor } from './search.ts'
import { standings } from './store/standings.ts'
import { latestVerdicts, type Verdict } from './store/verdicts.ts'
import { flagFor, refuseTrawling } from './trawling.ts'

/** A register that was not fed for longer may lack somebody. */
export const STALE_AFTER_DAYS = 7
/** Nearer than this, someone below the threshold is worth asking about. */
const NEAR = 0.02
const DAY = 86_400_000

/**
 * Is this child known to anyone? Searches every register, answers what the protocol in force lets this asker see, and writes the enquiry
 * into the history. Throws Fault `register.too-little` when what is known could find nobody, `register.too-many-checks` when one user asks
 * more in an hour than anyone's work needs.
 */
export async function checkChild(ctx: Context, check: Check): Promise<CheckAnswer> {
  const lacking = tooLittle(check.known)
  if (lacking !== undefined) throw new Fault('register.too-little', lacking, { status: 422 })
  const day = ctx.now.toISOString().slice(0, 10)
  const person = await userById(ctx.tx, ctx.actor.id)
  const protocol = await protocolOf(ctx)
  const asker = await senderParty(ctx)
  const all = await authorities(ctx.tx)
  const stand = await standings(ctx.tx)
  const decided = new Map(
    all.map((one) => {
      const asking: Asking = { asker, check, authority: one, protocol, day }
      return [one.id, { asking, ...decideFor(asking) }] as const
    }),
  )
  const mayName = (one: Candidate): boolean =>
    !one.shielded || (person !== undefined && (one.record.shielded?.visibleTo ?? []).includes(person.username))
  return pastTheWall(ctx.tx, async () => {
    await refuseTrawling(ctx)
    const { candidates } = await candidatesFor(ctx, soughtPerson(check.known, day))
    const accepted = candidates.filter((one) => one.accepted)
    const shown = accepted.filter((one) => mayName(one) && decided.get(one.authority)?.answers === true)
    const near = candidates.filter(
      (one) =>
        !one.accepted && !one.shielded && one.score.probability >= NEAR && decided.get(one.authority)?.answers === true,
    )
    const verdicts = await latestVerdicts(
      ctx.tx,
      shown.map((one) => one.id),
    )
    const frequencies = await frequenciesNow(ctx)
    const threshold = acceptThreshold(frequencies.population)
    const searched: Searched[] = all.map((one) => {
      const { decision, answers } = decided.get(one.id)!
      const standing = stand.get(one.id)
      const fedAt = standing?.fedAt ?? undefined
      return {
        authority: one.id,
        name: one.name,
        entries: standing?.entries ?? 0,
        ...(fedAt === undefined ? {} : { fedAt: fedAt.toISOString() }),
        stale: fedAt === undefined || ctx.now.getTime() - fedAt.getTime() > STALE_AFTER_DAYS * DAY,
        answers,
        because: answers ? [] : decision.withheld.slice(0, 1).map(({ because }) => copied(because)),
        needs: answers ? [] : decision.needs.map(({ id, text, cites }) => ({ id, text, cites: [...cites] })),
      }
    })
    const found = shown.map((one): Found => {
      const { decision } = decided.get(one.authority)!
      const { name, telephone, hubTelephone } = all.find((authority) => authority.id === one.authority)!
      const others = shown.filter((other) => other.authority !== one.authority)
      const said = (other: Candidate): Verdict | undefined => verdicts.get(pairKey(one.id, other.id))
      return {
        entry: one.id,
        authority: one.authority,
        authorityName: name,
        ...((hubTelephone ?? telephone) === undefined ? {} : { telephone: hubTelephone ?? telephone }),
        probability: one.score.probability,
        weight: one.score.weight,
        prior: one.score.prior,
        rival: { text: one.score.rival.text, weight: one.score.rival.weight },
        fields: one.score.fields.map((field) => ({ ...field })),
        level: decision.level,
        items: [...decision.items],
        withheld: decision.withheld.map(({ item, because }) => ({ item, because: copied(because) })),
        shown: shownOf(one.record, one.localId, decision.items, day) as Record<string, string[]>,
        idOnly: (one.record.names ?? []).length === 0,
        linked: others.flatMap((other): Found['linked'] => {
          const verdict = said(other)
          if (verdict?.same === true) return [{ entry: other.id, how: 'said' as const, by: verdict.by }]
          const pair = score(one.prepared, other.prepared, frequencies)
          return verdict === undefined && pair.weight - pair.prior >= threshold
            ? [{ entry: other.id, how: 'matched' as const }]
            : []
        }),
        notTheSame: others.flatMap((other) => {
          const verdict = said(other)
          return verdict?.same === false ? [{ entry: other.id, by: verdict.by }] : []
        }),
      }
    })
    const closed = searched.filter((one) => !one.answers)
    const outcome =
      found.length > 0
        ? 'known'
        : closed.length > 0
          ? 'may-not-be-told'
          : near.length > 0
            ? 'possibly-known'
            : 'not-known'
    const first = decided.values().next().value?.decision
    const answer: CheckAnswer = {
      enquiry: newId(),
      at: ctx.now.toISOString(),
      outcome,
      protocol: first?.protocol ?? { id: protocol.id, version: protocol.version, on: day },
      found,
      near: near.slice(0, 10).map((one) => ({
        authority: one.authority,
        authorityName: all.find((authority) => authority.id === one.authority)!.name,
        probability: one.score.probability,
      })),
      searched,
      doubt: doubtOf(found, near, searched),
      obligations:
        (found.length > 0 ? decided.get(found[0]!.authority)! : [...decided.values()][0])?.decision.obligations.map(
          ({ id, text, cites }) => ({ id, text, cites: [...cites] }),
        ) ?? [],
      askKeeper: closed.length > 0 || near.length > 0,
    }
    // One decision for each register that answers with something, one refusal where none does: what was withheld adds no work here.
    const decisions = new Map<number, string>()
    for (const one of shown) {
      const { asking, decision, disclosure } = decided.get(one.authority)!
      const about = disclosureFor(asking, disclosure.information, [`register:${one.id}`])
      decisions.set(one.id, await keepDecision(ctx.tx, ctx.now, ctx.actor, about, decision))
    }
    const any = [...decided.values()][0]
    if (shown.length === 0 && any !== undefined)
      await keepDecision(ctx.tx, ctx.now, ctx.actor, any.disclosure, any.decision)
    await noteEnquiry(ctx, {
      check,
      answer,
      question: {
        check,
        met: accepted.map((one) => ({
          id: one.id,
          authority: one.authority,
          shown: shown.includes(one),
          probability: one.score.probability,
          decision: decisions.get(one.id),
        })),
        near: candidates
          .filter((one) => !one.accepted && !one.shielded && one.score.probability >= NEAR)
          .map((one) => ({ id: one.id, authority: one.authority, probability: one.score.probability })),
        asking: { asker, protocol: protocol.id, day },
      },
      flag: await flagFor(ctx),
    })
    ctx.about(answer.enquiry, { entries: found.map((one) => one.entry), purpose: check.purpose, outcome })
    return answer
  })
}

const copied = ({ text, cites }: { text: string; cites: readonly string[] }) => ({ text, cites: [...cites] })
const pairKey = (one: number, other: number): string => `${Math.min(one, other)}:${Math.max(one, other)}`

/** How far the answer can be relied on, in words. Says nothing of what the asker may not see. */
function doubtOf(found: readonly Found[], near: readonly Candidate[], searched: readonly Searched[]): string {
  const stale = searched.filter((one) => one.answers && one.stale).map((one) => one.name)
  const late =
    stale.length === 0
      ? ''
      : ` ${stale.join(' and ')} may lack somebody: not fed for more than ${STALE_AFTER_DAYS} days.`
  if (!searched.some((one) => one.answers)) return 'Nothing can be said to you of any register.'
  if (found.length > 0) {
    const least = Math.min(...found.map((one) => one.probability))
    return `The least sure of what is shown is the same person with a probability of ${percent(least)}.${late}`
  }
  const nearest = near[0]
  const below =
    nearest === undefined
      ? 'Nobody in the registers that may answer you comes near: the likeliest of them is the same person with less than 2 in 100.'
      : `The nearest that may be spoken of is the same person with a probability of ${percent(nearest.score.probability)}, too little to show a name.`
  return `${below}${late} A child entered under nothing that you gave cannot be found.`
}

const percent = (probability: number): string =>
  probability > 0.999 ? 'more than 99.9 in 100' : `${(probability * 100).toFixed(1)} in 100`
