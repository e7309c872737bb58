import { z } from 'zod'
import { type PageContext, page, redirect, text, view } from '../../web/index.ts'
import { CODE_SENTENCES, checkCode, codeNow } from '../authenticator.ts'
import { completeSignIn, owingSecondStep } from '../sessions.ts'
import { printedSignIns } from '../store/printed.ts'
import { countWrongCode, endSession } from '../store/sessions.ts'
import { firstPage, nextOf, signInQuery, withNext } from './sign-in.ts'

/** After so many wrong codes the password is asked for again, whose own wait then counts. */
const MOST_WRONG = 5

async function show(ctx: PageContext, query: { next?: string | undefined }, problem?: string) {
  const owing = await owingSecondStep(ctx.tx, ctx.visit.session, ctx.now)
  if (owing === undefined) return redirect(withNext('/sign-in', nextOf(query)))
  const printed = ctx.config.demo && (await printedSignIns(ctx.tx)).some((one) => one.userId === owing.person.id)
  return view(
    'people/pages/second-step.njk',
    {
      title: 'Enter the code',
      backTo: withNext('/sign-in', nextOf(query)),
      problem,
      name: owing.person.name,
      authenticator: owing.person.factors.authenticator,
      passkeys: owing.person.factors.passkeys > 0 ? withNext('/sign-in/passkey', nextOf(query)) : undefined,
      code: printed ? await codeNow(ctx.tx, ctx.secrets, owing.person.id, ctx.now) : undefined,
    },
    problem === undefined ? {} : { status: 422 },
  )
}

export const secondStep = page({
  path: '/sign-in/second-step',
  query: signInQuery,
  permission: 'public',
  audit: 'sign-in.second-step-page',
  auditPost: 'sign-in.code',
  get: (ctx, { query }) => show(ctx, query),
  form: z.object({ code: text('Enter the six digits that your app shows', 20) }),
  async post(ctx, { query, form }) {
    const owing = await owingSecondStep(ctx.tx, ctx.visit.session, ctx.now)
    if (owing === undefined) return redirect(withNext('/sign-in', nextOf(query)))
    const answer = await checkCode(ctx.tx, ctx.secrets, owing.person.id, form.code, ctx.now)
    ctx.about(owing.person.id, { outcome: answer })
    if (answer === 'right') {
      const session = await completeSignIn(ctx.tx, owing, 'authenticator', ctx.visit.agent, ctx.now)
      return redirect(firstPage(owing.person, nextOf(query)), { session })
    }
    if (answer === 'wrong' && (await countWrongCode(ctx.tx, owing.session)) >= MOST_WRONG) {
      await endSession(ctx.tx, owing.session, ctx.now)
      return redirect(withNext('/sign-in', nextOf(query)), { session: null })
    }
    return show(ctx, query, CODE_SENTENCES[answer])
  },
})
