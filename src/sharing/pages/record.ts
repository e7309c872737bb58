import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { decide, findDecision, protocolNamed, TOLD } from '../../protocols/index.ts'
import { file, notFound, page, view } from '../../web/index.ts'
import { ageOn } from '../rules/ages.ts'
import { timeLeft } from '../rules/clocks.ts'
import { CRIME_QUESTIONS, HARM_CONSIDERATIONS, PROTECT_QUESTIONS, SIX_WORDS } from '../rules/questions.ts'
import { sectionsOf } from '../rules/sections.ts'
import {
  GROUND_WORDS,
  ITEM_WORDS,
  NEED_WORDS,
  PURPOSE_WORDS,
  RISK_WORDS,
  ROUTE_WORDS,
  STATE_COLOURS,
  STATE_WORDS,
  TOLD_WORDS,
} from '../rules/words.ts'
import { callsOf } from '../store/calls.ts'
import { correctionsOf, disclosureById, revisionsOf } from '../store/disclosures.ts'
import { documentsOf } from '../store/documents.ts'
import { questionsOf } from '../store/questions.ts'
import { reportsOf } from '../store/reports.ts'
import { senderLetter } from '../write-letter.ts'
import { standingOf } from './consent.ts'
import { decisionModel, titleOf } from './decision.ts'
import { tagOf } from './information.ts'
import { frame, isClosed, shownOf } from './step.ts'

/** Everything recorded about one disclosure, with its decision as of its day. Asked again, the decision must come out the same. */
export const record = page({
  path: '/disclosures/:id/record',
  params: z.object({ id: z.uuid() }),
  query: z.object({ sent: z.string().optional() }),
  permission: 'disclosure.read',
  audit: 'disclosure.record',
  async get(ctx, { params, query }) {
    const shown = await shownOf(ctx, params.id)
    if (shown === undefined) return notFound()
    ctx.about(params.id)
    const { row } = shown
    const { draft } = row
    const kept = row.decisionId === null ? undefined : await findDecision(ctx.tx, row.decisionId)
    const protocol = kept === undefined ? shown.protocol : protocolNamed(kept.protocol)
    const day = kept?.on ?? shown.day
    const same =
      kept === undefined || kept.version !== protocol.version
        ? undefined
        : isDeepStrictEqual(JSON.parse(JSON.stringify(decide(kept.disclosure, protocol, kept.on))), kept.decision)
    return view('sharing/pages/record.njk', {
      ...frame({ ...shown, protocol, day }),
      title: `Record of ${row.reference}`,
      backTo: '/disclosures',
      open: !isClosed(row),
      state: { text: STATE_WORDS[row.state], classes: `govuk-tag--${STATE_COLOURS[row.state]}` },
      ...(query.sent === undefined
        ? {}
        : { notice: 'The decision is recorded, and it is on its way.', noticeType: 'success' }),
      ...(kept === undefined
        ? {}
        : {
            kept,
            same,
            ...decisionModel(params.id, { disclosure: kept.disclosure, decision: kept.decision, protocol }),
            letter: row.form === 'program' ? undefined : senderLetter(row, kept.disclosure, kept.decision, kept.on),
          }),
      words: {
        purpose: PURPOSE_WORDS,
        risk: RISK_WORDS,
        route: ROUTE_WORDS,
        ground: GROUND_WORDS,
        need: NEED_WORDS,
        told: TOLD_WORDS,
      },
      toldAll: TOLD,
      corrected: row.corrects === null ? undefined : await disclosureById(ctx.tx, row.corrects),
      corrections: await correctionsOf(ctx.tx, params.id),
      people: draft.people.map((one) => ({ ...one, years: ageOn(one, day) })),
      entries: draft.items.map((one) => ({
        ...one,
        title: ITEM_WORDS[one.item],
        tag: tagOf(one.item, protocol),
        parts: one.parts.map((part) => ({
          ...part,
          heading: sectionsOf(row.form, one.item).find((section) => section.id === part.section)?.heading,
        })),
      })),
      standing: standingOf(draft, day),
      mayWithdraw: ctx.actor.permissions.has('disclosure.write'),
      asked: { harm: HARM_CONSIDERATIONS, protect: PROTECT_QUESTIONS, crime: CRIME_QUESTIONS, six: SIX_WORDS },
      calls: (await callsOf(ctx.tx, params.id)).map((one) => ({ ...one, left: timeLeft(one.followUpDue, ctx.now) })),
      documents: await documentsOf(ctx.tx, params.id),
      questions: await questionsOf(ctx.tx, params.id),
      reports: await reportsOf(ctx.tx, params.id),
      revisions: (await revisionsOf(ctx.tx, params.id)).map((one) => ({
        ...one,
        title: STEP_WORDS[one.step] ?? titleOf(one.step as 'worry'),
      })),
    })
  },
})

const STEP_WORDS: Readonly<Record<string, string>> = {
  'about/person': 'Who it is about',
  'information/choose': 'The information',
  'information/item': 'The information',
  'recipients/need': 'Need to know',
  'consent/person': 'Consent',
  confirm: 'Confirmed',
  authorise: 'Authorised',
  protocol: 'Protocol',
  decided: 'Decided',
  held: 'Held',
  'not-shared': 'Decided not to share',
  sent: 'Sent',
  check: 'List checked',
  'consent/withdraw': 'Consent withdrawn',
}

/** A document of a disclosure, as it was uploaded. */
export const documentFile = page({
  path: '/disclosures/:id/document/:document',
  params: z.object({ id: z.uuid(), document: z.uuid() }),
  permission: 'disclosure.read',
  audit: 'disclosure.document',
  async get(ctx, { params }) {
    const found = (await documentsOf(ctx.tx, params.id)).find((one) => one.id === params.document)
    if (found === undefined) return notFound()
    ctx.about(params.id, { document: params.document })
    return file({
      name: found.name,
      type: 'application/octet-stream',
      content: await ctx.blobs.read(found.blobId),
      size: found.size,
    })
  },
})
