import { acceptThreshold, type PersonInput } from '../matching/index.ts'
import { authorities, senderParty, userById } from '../people/index.ts'
import { type Context, Fault, newId } from '../platform/index.ts'
import { keepDecision } from '../protocols/index.ts'
import type { Check, CheckAnswer, Searched } from './answer.ts'
import { frequenciesNow } from './frequencies.ts'
import { mothersNamed } from './mothers-named.ts'
import { noteEnquiry } from './note-enquiry.ts'
import { pastTheWall } from './past-the-wall.ts'
import { protocolOf } from './protocol-in-force.ts'
import { type Asking, decideFor, disclosureFor } from './rules/disclosure-for.ts'
import { doubtOf, NEAR, STALE_AFTER_DAYS } from './rules/doubt.ts'
import { copied, disputedOf, foundOf, type Shown } from './rules/found.ts'
import { toAdd, wouldTell } from './rules/reach.ts'
import { ageApart, mistyped, notYetBorn, soughtReadings, tooLittle } from './rules/sought.ts'
import { type Candidate, candidatesFor, preparedFrom } from './search.ts'
import { openDisagreements } from './store/disagreements.ts'
import { enquiriesInto } from './store/enquiries.ts'
import { someFiledByEarlier } from './store/file-anew.ts'
import { shieldedKin, unbornOf } from './store/kin.ts'
import { standings } from './store/standings.ts'
import { latestVerdicts } from './store/verdicts.ts'
import { flagFor, refuseTrawling } from './trawling.ts'

const DAY = 86_400_000

/**
 * Is this child known to anyone? Searches every register, answers what the protocol in force lets this asker see, and writes the enquiry
 * into the history. Throws Fault `register.too-little` when what is known could find nobody, `register.too-many-checks` (429) when one user
 * asks more than anyone's work needs. `list` is how many belong together where a list is checked on the command line: it is not slowed, and flagged.
 */
export async function checkChild(ctx: Context, check: Check, list?: number): Promise<CheckAnswer> {
  const lacking = tooLittle(check.known)
  if (lacking !== undefined) throw new Fault('register.too-little', lacking, { status: 422 })
  const day = ctx.now.toISOString().slice(0, 10)
  const early = notYetBorn(check.known, day)
  if (early !== undefined) throw new Fault('register.not-yet-born', early, { status: 422 })
  const username = (await userById(ctx.tx, ctx.actor.id))?.username ?? ''
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
  const answersOf = (authority: string): boolean => decided.get(authority)?.answers === true
  const mayName = (one: Pick<Candidate, 'shielded' | 'record'>): boolean =>
    !one.shielded || (username !== '' && (one.record.shielded?.visibleTo ?? []).includes(username))
  return pastTheWall(ctx.tx, async () => {
    if (list === undefined) await refuseTrawling(ctx, check)
    const candidates = await candidatesOf(ctx, soughtReadings(check.known, day))
    const mothers = await mothersNamed(ctx, check.known, day)
    const accepted = [
      ...candidates.filter((one) => one.accepted),
      ...mothers.filter((one) => !candidates.some((other) => other.accepted && other.id === one.id)),
    ]
    const direct: Shown[] = accepted.filter((one) => mayName(one) && answersOf(one.authority))
    const frequencies = await frequenciesNow(ctx)
    const enough = toAdd(check.known, frequencies, day)
    // Where too little was given, a keeper who is asked may look at more than those who come near.
    const least = enough === undefined ? NEAR : NEAR / 20
    const near = candidates.filter(
      (one) =>
        !one.accepted &&
        !one.shielded &&
        one.score.probability >= least &&
        !mothers.some((mother) => mother.id === one.id),
    )
    // Of namesakes nothing is said, not even how many: where too little is given, only somebody far rarer comes near.
    const nearest = enough === undefined ? NEAR : NEAR * 4
    const nearNamed = near.filter((one) => answersOf(one.authority) && one.score.probability >= nearest)
    const ids = direct.map((one) => one.id)
    const unborn = (await unbornOf(ctx.tx, ids))
      .filter((one) => mayName(one) && !ids.includes(one.id))
      .map(({ mother, ...row }): Shown => {
        const { score } = direct.find((one) => one.id === mother)!
        return { ...row, prepared: preparedFrom(row.prepared), score, under: mother }
      })
    const shown = [...direct, ...unborn]
    const shownIds = shown.map((one) => one.id)
    const beside = {
      shown,
      frequencies,
      threshold: acceptThreshold(frequencies.population),
      verdicts: await latestVerdicts(ctx.tx, shownIds),
      hidden: await shieldedKin(ctx.tx, shown, username),
      asked: await enquiriesInto(ctx.tx, shownIds),
      day,
    }
    const searched: Searched[] = all.map((one) => {
      const { decision, answers } = decided.get(one.id)!
      const standing = stand.get(one.id)
      const fedAt = standing?.fedAt ?? undefined
      const telephone = one.hubTelephone ?? one.telephone
      return {
        authority: one.id,
        name: one.name,
        ...(telephone === undefined ? {} : { telephone }),
        entries: standing?.entries ?? 0,
        ...(fedAt === undefined ? {} : { fedAt: fedAt.toISOString() }),
        stale: fedAt === undefined || ctx.now.getTime() - fedAt.getTime() > STALE_AFTER_DAYS * DAY,
        answers,
        because: answers ? [] : decision.withheld.slice(0, 1).map(({ because }) => copied(because)),
        needs: answers ? [] : decision.needs.map(({ id, text, cites }) => ({ id, text, cites: [...cites] })),
      }
    })
    const disagreements = await openDisagreements(ctx.tx, shownIds)
    const found = shown.map((one) => {
      const it = foundOf(one, all.find(({ id }) => id === one.authority)!, decided.get(one.authority)!.decision, beside)
      return { ...it, disputed: disputedOf(it, disagreements) }
    })
    const nothingShown = enough ?? (nearNamed.length > 0 ? wouldTell(check.known) : undefined)
    const add = found.length === 0 ? nothingShown : undefined
    const closed = searched.some((one) => !one.answers)
    const flaw = mistyped(check.known)
    const apart = ageApart(check.known, day)
    const besides = [
      ...(flaw === undefined ? [] : [`${flaw} What you gave besides was looked for.`]),
      ...(apart === undefined ? [] : [apart]),
    ]
    const inOrder = !(await someFiledByEarlier(ctx.tx))
    const first = [...decided.values()][0]
    const leading = (shown[0] === undefined ? first : decided.get(shown[0].authority))?.decision
    const answer: CheckAnswer = {
      enquiry: newId(),
      at: ctx.now.toISOString(),
      outcome:
        found.length > 0
          ? 'known'
          : closed
            ? 'may-not-be-told'
            : nearNamed.length > 0 || add !== undefined
              ? 'possibly-known'
              : 'not-known',
      protocol: first?.decision.protocol ?? { id: protocol.id, version: protocol.version, on: day },
      found,
      near: nearNamed.slice(0, 10).map((one) => ({
        authority: one.authority,
        authorityName: all.find(({ id }) => id === one.authority)!.name,
        probability: one.score.probability,
      })),
      searched,
      doubt: [doubtOf(found, nearNamed[0]?.score.probability, searched, add, inOrder), ...besides].join(' '),
      ...(add === undefined ? {} : { toAdd: add }),
      obligations: leading?.obligations.map(({ id, text, cites }) => ({ id, text, cites: [...cites] })) ?? [],
      askKeeper: closed || nearNamed.length > 0 || add !== undefined || (found.length === 0 && !inOrder),
    }
    // One decision for each entry that is shown, one refusal where none is: what was withheld adds no work here.
    const decisions = new Map<number, string>()
    for (const one of shown) {
      const { asking, decision, disclosure } = decided.get(one.authority)!
      const about = disclosureFor(asking, disclosure.information, [`register:${one.id}`])
      decisions.set(one.id, await keepDecision(ctx.tx, ctx.now, ctx.actor, about, decision))
    }
    if (shown.length === 0 && first !== undefined)
      await keepDecision(ctx.tx, ctx.now, ctx.actor, first.disclosure, first.decision)
    const withheld = accepted.filter((one) => !shownIds.includes(one.id))
    await noteEnquiry(ctx, {
      check,
      answer,
      question: {
        check,
        met: [...shown, ...withheld].map((one) => ({
          id: one.id,
          authority: one.authority,
          shown: shownIds.includes(one.id),
          probability: one.score.probability,
          decision: decisions.get(one.id),
        })),
        near: near.map((one) => ({ id: one.id, authority: one.authority, probability: one.score.probability })),
        asking: { asker, protocol: protocol.id, day },
      },
      flag: list === undefined ? await flagFor(ctx, check) : `one of a list of ${list}, checked on the command line`,
    })
    ctx.about(answer.enquiry, { entries: shownIds, purpose: check.purpose, outcome: answer.outcome })
    return answer
  })
}

/** Whoever may be any of those meant, each once, as surely as they are one of them. */
async function candidatesOf(ctx: Context, readings: readonly PersonInput[]): Promise<Candidate[]> {
  const found = new Map<number, Candidate>()
  for (const reading of readings)
    for (const one of (await candidatesFor(ctx, reading)).candidates) {
      const known = found.get(one.id)
      if (known === undefined || known.score.weight < one.score.weight) found.set(one.id, one)
    }
  return [...found.values()].sort((one, other) => other.belief - one.belief || one.id - other.id)
}
