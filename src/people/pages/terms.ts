import { z } from 'zod'
import { invalid, page, redirect, tick, view } from '../../web/index.ts'
import { TERMS } from '../rules/terms.ts'
import { acceptTerms } from '../store/training.ts'
import { userById } from '../store/users.ts'
import { firstPage, nextOf, signInQuery } from './sign-in.ts'

/** CUM-57, WY-6: everyone accepts by name what binds them, before anything is open to them. */
export const terms = page({
  path: '/account/terms',
  query: signInQuery,
  permission: 'account.own',
  audit: 'account.terms',
  auditPost: 'account.terms-accepted',
  async get(ctx) {
    const person = await userById(ctx.tx, ctx.actor.id)
    return view('people/pages/terms.njk', {
      title: 'Acceptable use and confidentiality',
      ...TERMS,
      accepted: person?.accepted === true,
      name: ctx.actor.name,
    })
  },
  form: z.object({ accept: tick().default(false) }),
  async post(ctx, { query, form }) {
    if (!form.accept)
      return invalid({ accept: 'Tick the box to say that you accept. Without it nothing can be opened to you.' })
    await acceptTerms(ctx.tx, ctx.actor.id, TERMS.version, ctx.now)
    ctx.about(ctx.actor.id, { wording: TERMS.version })
    const person = await userById(ctx.tx, ctx.actor.id)
    return redirect(person === undefined ? '/account' : firstPage(person, nextOf(query)))
  },
})
