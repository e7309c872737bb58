import { z } from 'zod'
import { may } from '../../platform/index.ts'
import { choices, conflict, notFound, optionalText, page, redirect, view } from '../../web/index.ts'
import { mailboxOf, tidyingOf } from '../mailboxes/index.ts'
import {
  confirmMessage,
  findMessage,
  mayRead,
  readSeen,
  recipientsOf,
  type Settling,
  whatSettles,
} from '../queue/index.ts'
import { returnedFor } from '../returns/index.ts'
import { drawParts, listFindings, recipientWords, returnedWords, stateWords } from './words.ts'

const NEEDS = ['recipient-check', 'list-checked', 'thread-check'] as const
const asks: Record<(typeof NEEDS)[number], string> = {
  'recipient-check': 'I have checked each recipient, and these are the people I mean',
  'list-checked': 'I have checked who is on the list, and each of them needs it',
  'thread-check': 'I have read the earlier messages below mine, and the recipients may see them',
}

/** One message: what was found, shown in its place; what became of it; and while it waits, the sender's choices. */
export const messagePage = page({
  path: '/mail/:id',
  params: z.object({ id: z.uuid() }),
  query: z.object({ meanwhile: z.literal('yes').optional().catch(undefined) }),
  permission: 'account.own',
  audit: 'gateway.message-read',
  auditPost: 'gateway.confirmed',
  async get(ctx, { params, query }) {
    const row = await findMessage(ctx.tx, params.id)
    if (row === undefined || !mayRead(ctx.actor, row)) return notFound()
    ctx.about(row.id, { state: row.state })
    const seen = await readSeen(ctx, row.id)
    const own = row.senderUser === ctx.actor.id
    const recipients = await recipientsOf(ctx.tx, row.id)
    const returned = (await returnedFor(ctx.tx, row.id)).map((one) => ({ ...one, words: returnedWords[one.kind] }))
    // To what was refused nothing was added.
    const findings = listFindings(
      row.state === 'refused' ? seen.findings.filter((one) => one.weight !== 'add') : seen.findings,
    )
    const settles = row.state === 'held' ? await whatSettles(ctx, row) : { asked: [], left: [] }
    return view('gateway/pages/message.njk', {
      title: `Message ${row.reference}`,
      backTo: '/mail',
      row,
      own,
      meanwhile: query.meanwhile === 'yes',
      tag: stateWords[row.state],
      seen,
      pressing: findings.filter((one) => one.pressing),
      besides: findings.filter((one) => !one.pressing),
      parts: drawParts(seen),
      recipients: recipients.map((one) => ({
        ...one,
        tag: recipientWords[one.state],
        returned: returned.filter(({ place }) => place === one.place),
      })),
      tidying: own ? await tidyingOf(ctx.tx, row.id) : undefined,
      connected: own && (await mailboxOf(ctx.tx, ctx.actor.id)) !== undefined,
      unplaced: returned.filter(({ place }) => place === null),
      asked: settles.asked.map(({ need, findings }) => ({
        need,
        text: asks[need as (typeof NEEDS)[number]],
        sentences: [...new Set(findings.map((one) => one.sentence))],
      })),
      left: listFindings(settles.left).map(
        (one) => findings.find(({ sentence, weight }) => sentence === one.sentence && weight === one.weight) ?? one,
      ),
      releases: !own && may(ctx.actor, 'gateway.release'),
    })
  },
  form: z.object({
    confirmed: choices(NEEDS),
    needToKnow: optionalText(2_000),
    version: z.coerce.number().int(),
  }),
  async post(ctx, { params, form }) {
    const row = await findMessage(ctx.tx, params.id)
    if (row === undefined || row.senderUser !== ctx.actor.id) return notFound()
    return answer(await confirmMessage(ctx, params.id, { ...form, needToKnow: form.needToKnow }), params.id)
  },
})

/** What a page says after a choice. */
export function answer(settled: Settling, id: string) {
  switch (settled.kind) {
    case 'going':
    case 'held':
      return redirect(`/mail/${id}`)
    case 'refused':
      return conflict(`It must not go as it is. ${settled.sentence}`)
    case 'changed':
    case 'not-held':
      // The page says how it stands now, and who was quicker.
      return redirect(`/mail/${id}?meanwhile=yes`)
    case 'missing':
      return notFound()
  }
}
