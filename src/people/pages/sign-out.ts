import { z } from 'zod'
import { fingerprint } from '../../platform/index.ts'
import { page, redirect } from '../../web/index.ts'
import { endSession } from '../store/sessions.ts'

export const signOut = page({
  path: '/sign-out',
  permission: 'public',
  audit: 'sign-out',
  auditPost: 'sign-out',
  form: z.object({}),
  async post(ctx) {
    if (ctx.visit.session !== undefined) await endSession(ctx.tx, fingerprint(ctx.visit.session), ctx.now)
    ctx.about(ctx.actor.id)
    return redirect('/sign-in', { session: null })
  },
})
