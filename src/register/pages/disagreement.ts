import { z } from 'zod'
import { may } from '../../platform/index.ts'
import { conflict, invalid, notFound, page, redirect, text, view } from '../../web/index.ts'
import { keepDisagreement } from '../keep-disagreement.ts'
import { readAnswer } from '../read-answer.ts'
import { inWords } from '../rules/in-words.ts'
import { ITEM_ORDER, itemWords } from '../rules/words.ts'
import { disagreementById, settleDisagreement } from '../store/disagreements.ts'

const params = z.object({ id: z.uuid(), entry: z.coerce.number().int().positive() })

/** Somebody disagrees with what was shown of an entry: it is kept beside the information, as they said it (BEX-56). */
export const disagreement = page({
  path: '/register/answers/:id/disagreement/:entry',
  params,
  permission: 'register.check',
  audit: 'register.disagreement',
  auditPost: 'register.disagreement-kept',
  async get(ctx, { params: asked }) {
    const one = (await readAnswer(ctx, asked.id))?.answer?.found.find(({ entry }) => entry === asked.entry)
    if (one === undefined) return notFound()
    ctx.about(`register:${asked.entry}`)
    return view('register/pages/disagreement.njk', {
      title: 'Somebody disagrees with this',
      backTo: `/register/answers/${asked.id}#entry-${asked.entry}`,
      one,
      name: one.shown.name?.[0],
      items: Object.entries(one.shown)
        .filter(([item]) => disputable(item))
        .sort(([one], [other]) => ITEM_ORDER.indexOf(one) - ITEM_ORDER.indexOf(other))
        .map(([item, lines]) => ({
          value: item,
          text: itemWords(item),
          hint: lines.slice(0, 2).map(inWords).join('; '),
        })),
    })
  },
  form: z.object({
    item: text('Choose what they disagree with', 60),
    who: text('Say who disagrees, such as the mother', 100),
    words: text('Write what they say', 1_000),
  }),
  async post(ctx, { params: asked, form }) {
    const one = (await readAnswer(ctx, asked.id))?.answer?.found.find(({ entry }) => entry === asked.entry)
    if (one === undefined) return notFound()
    if (one.shown[form.item] === undefined || !disputable(form.item))
      return invalid({ item: 'Choose what they disagree with' })
    ctx.about(`register:${asked.entry}`, { item: form.item })
    await keepDisagreement(ctx, one, form)
    return redirect(`/register/answers/${asked.id}#entry-${asked.entry}`)
  },
})

/** Who asked, and the register's own number, are what the hub and the authority did: nobody disagrees with that here. */
const disputable = (item: string): boolean => item !== 'enquiry-history' && item !== 'reference'

/** One that an agency keeps or is told of, and its end: by the agency that keeps it, with how. */
export const settle = page({
  path: '/register/disagreements/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'register.check',
  audit: 'register.disagreement-read',
  auditPost: 'register.disagreement-settled',
  async get(ctx, { params: { id } }) {
    const one = await disagreementById(ctx.tx, id)
    // Of an agency that keeps no register nobody but who may check reads it; of the register's own, its keepers.
    if (one === undefined || (one.agency !== ctx.actor.agency && !may(ctx.actor, 'register.keep'))) return notFound()
    ctx.about(`register:${one.entry}`)
    return view('register/pages/disagreement-settle.njk', {
      title: `A disagreement about: ${itemWords(one.item).toLocaleLowerCase('en')}`,
      backTo: may(ctx.actor, 'register.keep') ? '/register/notices' : '/register',
      one,
      item: itemWords(one.item),
      own: one.agency === ctx.actor.agency,
    })
  },
  form: z.object({ words: text('Write how it was settled', 1_000) }),
  async post(ctx, { params: { id }, form }) {
    const one = await disagreementById(ctx.tx, id)
    if (one === undefined || one.agency !== ctx.actor.agency) return notFound()
    ctx.about(`register:${one.entry}`)
    if (form.words.trim().length < 10) return invalid({ words: 'Write how it was settled, in a sentence' })
    if (!(await settleDisagreement(ctx, id, form.words.trim()))) return conflict('It was settled already.')
    return redirect(`/register/disagreements/${id}`)
  },
})
