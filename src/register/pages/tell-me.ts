import { z } from 'zod'
import { notFound, page, redirect, view } from '../../web/index.ts'
import { readAnswer } from '../read-answer.ts'
import { subscribedTo } from '../store/subscriptions.ts'
import { wishToHear } from '../wish-to-hear.ts'

/** "Tell me if anyone else asks": only about a child who was shown to this asker. */
export const tellMe = page({
  path: '/register/answers/:id/tell-me/:entry',
  params: z.object({ id: z.uuid(), entry: z.coerce.number().int().positive() }),
  permission: 'register.check',
  audit: 'register.subscription',
  auditPost: 'register.subscription-changed',
  async get(ctx, { params }) {
    const one = (await readAnswer(ctx, params.id))?.answer?.found.find(({ entry }) => entry === params.entry)
    if (one === undefined) return notFound()
    ctx.about(String(params.entry))
    return view('register/pages/tell-me.njk', {
      title: 'Tell me if anyone else asks',
      backTo: `/register/answers/${params.id}`,
      one,
      name: one.shown.name?.[0],
      subscribed: (await subscribedTo(ctx.tx, [params.entry])).has(params.entry),
    })
  },
  form: z.object({ wanted: z.enum(['yes', 'no']) }),
  async post(ctx, { params, form }) {
    const one = (await readAnswer(ctx, params.id))?.answer?.found.find(({ entry }) => entry === params.entry)
    if (one === undefined) return notFound()
    ctx.about(String(params.entry), { wanted: form.wanted === 'yes' })
    await wishToHear(ctx, params.entry, form.wanted === 'yes')
    return redirect(`/register/answers/${params.id}`)
  },
})
