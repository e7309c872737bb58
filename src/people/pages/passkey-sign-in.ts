import { z } from 'zod'
import { fingerprint, newToken } from '../../platform/index.ts'
import { type PageContext, page, redirect, text, view } from '../../web/index.ts'
import { askToSignIn, provenByPasskey } from '../passkeys.ts'
import { openSession, owingSecondStep } from '../sessions.ts'
import { endSession } from '../store/sessions.ts'
import { userById } from '../store/users.ts'
import { firstPage, nextOf, signInQuery, withNext } from './sign-in.ts'

async function show(ctx: PageContext, query: { next?: string | undefined }, problem?: string) {
  // The question is bound to this browser: by its session's token, or a new one that opens nothing.
  const token = ctx.visit.session ?? newToken()
  const question = await askToSignIn(ctx.tx, ctx.config, fingerprint(token), ctx.now)
  const model = { title: 'Sign in with a passkey', backTo: withNext('/sign-in', nextOf(query)), problem, question }
  return view('people/pages/passkey-sign-in.njk', model, {
    session: token,
    ...(problem === undefined ? {} : { status: 422 }),
  })
}

export const passkeySignIn = page({
  path: '/sign-in/passkey',
  query: signInQuery,
  permission: 'public',
  audit: 'sign-in.passkey-page',
  auditPost: 'sign-in.passkey',
  get: (ctx, { query }) => show(ctx, query),
  form: z.object({ answer: text('Your browser gave no answer. Try again, or sign in with your password.', 20_000) }),
  async post(ctx, { query, form }) {
    const { session: before } = ctx.visit
    const user =
      before === undefined
        ? undefined
        : await provenByPasskey(ctx.tx, ctx.config, fingerprint(before), form.answer, ctx.now)
    const person = user === undefined ? undefined : await userById(ctx.tx, user)
    if (person === undefined || person.closedAt !== undefined) {
      ctx.about('sign-in', { outcome: 'wrong' })
      return show(ctx, query, 'This passkey was not accepted. Try again, or sign in with your password.')
    }
    ctx.about(person.id, { outcome: 'right' })
    const owing = await owingSecondStep(ctx.tx, before, ctx.now)
    if (owing !== undefined) await endSession(ctx.tx, owing.session, ctx.now)
    const session = await openSession(ctx.tx, person.id, 'passkey', ctx.visit.agent, ctx.now)
    return redirect(firstPage(person, nextOf(query)), { session })
  },
})
