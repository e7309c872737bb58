import { z } from 'zod'
import { type Context, may } from '../../platform/index.ts'
import { choice, conflict, notFound, page, redirect, text, view } from '../../web/index.ts'
import { plainText } from '../rules/plain.ts'
import { disclosureById, keepDraft, lockDisclosure } from '../store/disclosures.ts'
import { type Asked, answerQuestion, inboxOf, questionById } from '../store/questions.ts'

const AUTHORISING: readonly Asked['kind'][] = ['manager-authorisation', 'harm-balance']

export const adviceInbox = page({
  path: '/advice',
  permission: 'disclosure.advise',
  audit: 'advice.inbox',
  get: async (ctx) =>
    view('sharing/pages/inbox.njk', {
      title: 'Questions for you as adviser',
      backTo: '/',
      list: await inboxOf(ctx.tx, ctx.actor.id, ['advice']),
      base: '/advice',
      hidden: true,
    }),
})
export const authorisationInbox = page({
  path: '/authorisations',
  permission: 'disclosure.authorise',
  audit: 'authorisation.inbox',
  get: async (ctx) =>
    view('sharing/pages/inbox.njk', {
      title: 'Waiting for your authorisation',
      backTo: '/',
      list: await inboxOf(ctx.tx, ctx.actor.id, AUTHORISING),
      base: '/authorisations',
      hidden: false,
    }),
})

async function own(ctx: Context, id: string, kinds: readonly Asked['kind'][]): Promise<Asked | undefined> {
  const found = await questionById(ctx.tx, id)
  return found !== undefined && found.askedOf === ctx.actor.id && kinds.includes(found.kind) ? found : undefined
}

/** The adviser sees the question and kinds of things, and never who it is about (BEX-3). */
export const advise = page({
  path: '/advice/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.advise',
  audit: 'advice.question',
  auditPost: 'advice.given',
  async get(ctx, { params }) {
    const asked = await own(ctx, params.id, ['advice'])
    if (asked === undefined) return notFound()
    ctx.about(params.id)
    return view('sharing/pages/advise.njk', {
      title: 'A question for you',
      backTo: '/advice',
      asked,
      authorising: false,
    })
  },
  form: z.object({ answer: text('Write your advice', 5_000) }),
  async post(ctx, { params, form }) {
    const asked = await own(ctx, params.id, ['advice'])
    if (asked === undefined) return notFound()
    ctx.about(params.id)
    if (!(await answerQuestion(ctx, params.id, plainText(form.answer))))
      return conflict('This question has been answered already. Open it again to read the answer.')
    return redirect('/advice')
  },
})

/** A manager sees the case, and says yes or no with reasons; the yes is written into the draft. */
export const authoriseOne = page({
  path: '/authorisations/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.authorise',
  audit: 'authorisation.question',
  auditPost: 'authorisation.given',
  async get(ctx, { params }) {
    const asked = await own(ctx, params.id, AUTHORISING)
    if (asked === undefined) return notFound()
    ctx.about(asked.disclosure)
    const row = may(ctx.actor, 'disclosure.read') ? await disclosureById(ctx.tx, asked.disclosure) : undefined
    return view('sharing/pages/advise.njk', {
      title: asked.kind === 'harm-balance' ? 'The balance of harm' : 'Your authorisation',
      backTo: '/authorisations',
      asked,
      authorising: true,
      row,
    })
  },
  form: z.object({ agreed: choice(['yes', 'no'], 'Choose yes or no'), answer: text('Record your reasons', 5_000) }),
  async post(ctx, { params, form }) {
    const asked = await own(ctx, params.id, AUTHORISING)
    if (asked === undefined) return notFound()
    ctx.about(asked.disclosure, { agreed: form.agreed === 'yes' })
    const row = await lockDisclosure(ctx.tx, asked.disclosure)
    if (!(await answerQuestion(ctx, params.id, plainText(form.answer), form.agreed === 'yes')))
      return conflict('This has been answered already. Open it again to read the answer.')
    if (row === undefined || form.agreed === 'no' || (row.state !== 'draft' && row.state !== 'held'))
      return redirect('/authorisations')
    const { draft } = row
    await keepDraft(
      ctx,
      row,
      'authorise',
      asked.kind === 'manager-authorisation'
        ? { ...draft, authorisedBy: ctx.actor.name }
        : {
            ...draft,
            confirmed: [
              ...draft.confirmed.filter((one) => one.need !== 'harm-balance'),
              { need: 'harm-balance', note: plainText(form.answer), by: ctx.actor.name, at: ctx.now.toISOString() },
            ],
          },
    )
    return redirect('/authorisations')
  },
})
