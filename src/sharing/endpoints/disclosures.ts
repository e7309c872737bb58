import { z } from 'zod'
import { endpoint, problem } from '../../api/index.ts'
import {
  agreementBetween,
  channelOf,
  directoryPartyByAddress,
  entriesByAddress,
  senderParty,
} from '../../people/index.ts'
import type { Context } from '../../platform/index.ts'
import { type Disclosure, decide, disclosureSchema, keepDecision, type Party } from '../../protocols/index.ts'
import { dispatch } from '../dispatch.ts'
import { emptyDraft } from '../draft.ts'
import { MOST_RECIPIENTS } from '../pages/recipients.ts'
import { ownProtocol } from '../protocol-in-force.ts'
import { dayOf } from '../rules/clocks.ts'
import { CONFIRMABLE } from '../rules/facts.ts'
import { addDisclosure, disclosureById, settle } from '../store/disclosures.ts'

/**
 * Records a disclosure and, where the outcome is share, sends it. What the house knows better than a program counts: who the sender is, what a recipient's
 * role, area and channel are, which agreement covers it. Held and refused ones are recorded too, and the answer says what is missing.
 */
export const disclosures = endpoint({
  method: 'POST',
  path: '/api/v1/disclosures',
  permission: 'disclosure.write',
  audit: 'disclosure.recorded',
  summary: 'Records a Disclosure with its Decision and, where the outcome is share, sends it.',
  body: disclosureSchema,
  answer: z.object({
    id: z.uuid(),
    reference: z.string(),
    state: z.string(),
    decisionId: z.uuid(),
    decision: z.looseObject({}),
  }),
  status: 201,
  async run(ctx, { body }) {
    if (body.to.length > MOST_RECIPIENTS)
      return problem(
        422,
        'sharing.too-many-recipients',
        `There are ${body.to.length.toLocaleString('en-GB')} recipients. A disclosure goes to at most ${MOST_RECIPIENTS}: name only those who need to know (CUM-15).`,
      )
    const protocol = await ownProtocol(ctx)
    const disclosure = await knownFacts(ctx, body)
    const decision = decide(disclosure, protocol, dayOf(ctx.now))
    const id = await addDisclosure(ctx, {
      form: 'program',
      protocol: protocol.id,
      draft: {
        ...emptyDraft(),
        given: body as Record<string, unknown>,
        worry: {
          words: '',
          risk: disclosure.risk ?? 'none',
          purpose: disclosure.purpose,
          urgent: disclosure.urgent ?? false,
          reachedOn: dayOf(ctx.now),
        },
      },
    })
    const decisionId = await keepDecision(ctx.tx, ctx.now, ctx.actor, disclosure, decision)
    const row = (await disclosureById(ctx.tx, id))!
    const state = decision.outcome === 'share' ? 'decided' : 'held'
    await settle(ctx, row, { state, decisionId, protocol: protocol.id })
    if (state === 'decided') await ctx.tx.enqueue(dispatch, { disclosureId: id }, { key: `transfer.dispatch:${id}` })
    ctx.about(id, { outcome: decision.outcome, protocol: protocol.id })
    return { id, reference: row.reference, state, decisionId, decision: { ...decision } }
  },
})

async function knownFacts(ctx: Context, given: Disclosure): Promise<Disclosure> {
  const { agreement: _claimed, authorisedBy: _by, ...rest } = given
  const to = await Promise.all(given.to.map((party) => partyAsKnown(ctx, party)))
  const agreement = await covering(ctx, given)
  // A manager's yes is theirs to give in Safehaven; a program cannot bring it.
  const confirmed = given.confirmed?.filter((need) => CONFIRMABLE.has(need))
  return {
    ...rest,
    ...(confirmed === undefined ? {} : { confirmed }),
    from: await senderParty(ctx),
    to,
    ...(agreement === undefined ? {} : { agreement }),
  }
}

/** Channel, clearance, authorisation, area and training are what the directory says; of a stranger nothing is proved but their domain. */
async function partyAsKnown(ctx: Context, party: Party): Promise<Party> {
  const { channel: _c, clearance: _l, authorised: _a, trained: _t, area: _r, ...claimed } = party
  const known = party.address === undefined ? undefined : await directoryPartyByAddress(ctx, party.address)
  if (known !== undefined)
    return { ...claimed, ...known, ...(party.needToKnow === undefined ? {} : { needToKnow: party.needToKnow }) }
  const channel = await channelOf(ctx.tx, party.address)
  return { ...claimed, ...(channel === undefined ? {} : { channel }) }
}

async function covering(ctx: Context, given: Disclosure): Promise<string | undefined> {
  const from = ctx.actor.agency
  if (from === undefined) return undefined
  const found = await Promise.all(
    given.to.map(async (party) => {
      const [entry, ...more] = party.address === undefined ? [] : await entriesByAddress(ctx, party.address)
      if (entry?.agency === undefined || more.length > 0) return undefined
      return agreementBetween(ctx.tx, {
        from,
        to: entry.agency,
        toTeam: entry.team,
        purpose: given.purpose,
        items: given.information,
        on: dayOf(ctx.now),
      })
    }),
  )
  return found.every((one) => one !== undefined) ? found[0]?.id : undefined
}
