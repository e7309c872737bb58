import { z } from 'zod'
import { leave, page, redirect, refusal } from '../../web/index.ts'
import { CALLBACK, goToProvider, returnFromProvider } from '../oidc.ts'
import { openSession } from '../sessions.ts'
import { firstPage, nextOf, signInQuery, withNext } from './sign-in.ts'

export const provider = page({
  path: '/sign-in/provider',
  query: signInQuery,
  permission: 'public',
  audit: 'sign-in.provider-page',
  async get(ctx, { query }) {
    const { to, token } = await goToProvider(ctx.tx, ctx.config, ctx.secrets, nextOf(query), ctx.now)
    return { ...leave(to), session: token }
  },
})

export const providerReturn = page({
  path: CALLBACK,
  query: z.object({ state: z.string().max(500).catch('') }),
  permission: 'public',
  audit: 'sign-in.provider',
  async get(ctx, { query }) {
    const came = { address: ctx.visit.address, state: query.state, token: ctx.visit.session }
    const answer = await returnFromProvider(ctx.tx, ctx.config, ctx.secrets, came)
    if (answer.outcome === 'no') return refusal(403, answer.sentence)
    const { person, next, twoFactors } = answer
    ctx.about(person.id, { twoFactors })
    // A provider that does not say that it asked for two factors leaves the second to us (WY-5).
    const session = await openSession(ctx.tx, person.id, twoFactors ? 'oidc' : undefined, ctx.visit.agent, ctx.now)
    if (twoFactors) return redirect(firstPage(person, next), { session })
    const enrolled = person.factors.authenticator || person.factors.passkeys > 0
    return redirect(withNext(enrolled ? '/sign-in/second-step' : '/sign-in/set-up', next), { session })
  },
})
