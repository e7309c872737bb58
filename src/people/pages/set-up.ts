import { z } from 'zod'
import { type PageContext, page, redirect, text, view } from '../../web/index.ts'
import { CODE_SENTENCES, checkCode, enrolAuthenticator } from '../authenticator.ts'
import { completeSignIn, owingSecondStep } from '../sessions.ts'
import { firstPage, nextOf, signInQuery, withNext } from './sign-in.ts'

async function show(ctx: PageContext, query: { next?: string | undefined }, problem?: string) {
  const owing = await owingSecondStep(ctx.tx, ctx.visit.session, ctx.now)
  if (owing === undefined) return redirect(withNext('/sign-in', nextOf(query)))
  const enrolment = await enrolAuthenticator(ctx.tx, ctx.secrets, owing.person)
  if (enrolment === undefined || owing.person.factors.passkeys > 0)
    return redirect(withNext('/sign-in/second-step', nextOf(query)))
  ctx.about(owing.person.id)
  return view(
    'people/pages/set-up.njk',
    { title: 'Set up an authenticator app', problem, ...enrolment },
    problem === undefined ? {} : { status: 422 },
  )
}

/** The first sign-in: nobody works here with a password alone (WY-5). */
export const setUp = page({
  path: '/sign-in/set-up',
  query: signInQuery,
  permission: 'public',
  audit: 'sign-in.set-up-page',
  auditPost: 'sign-in.set-up',
  get: (ctx, { query }) => show(ctx, query),
  form: z.object({ code: text('Enter the six digits that your app shows', 20) }),
  async post(ctx, { query, form }) {
    const owing = await owingSecondStep(ctx.tx, ctx.visit.session, ctx.now)
    if (owing === undefined) return redirect(withNext('/sign-in', nextOf(query)))
    const answer = await checkCode(ctx.tx, ctx.secrets, owing.person.id, form.code, ctx.now, true)
    ctx.about(owing.person.id, { outcome: answer })
    if (answer !== 'right') return show(ctx, query, CODE_SENTENCES[answer])
    const session = await completeSignIn(ctx.tx, owing, 'authenticator', ctx.visit.agent, ctx.now)
    return redirect(firstPage(owing.person, nextOf(query)), { session })
  },
})
