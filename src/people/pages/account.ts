import { z } from 'zod'
import { fingerprint, hashPassword } from '../../platform/index.ts'
import { invalid, notFound, page, redirect, text, view } from '../../web/index.ts'
import { PERMISSIONS, type Permission } from '../permissions.ts'
import { roleTitle } from '../roles.ts'
import { whyNot } from '../rules/password.ts'
import { trainingState } from '../rules/training.ts'
import { checkPassword } from '../sign-in.ts'
import { dropPasskey, passkeysOf, setPassword } from '../store/credentials.ts'
import { endOneOf, endSessionsOf, endToken, sessionsOf, tokensOf } from '../store/sessions.ts'
import { userById } from '../store/users.ts'

const today = (now: Date): string => now.toISOString().slice(0, 10)

export const account = page({
  path: '/account',
  permission: 'account.own',
  audit: 'account.read',
  async get(ctx) {
    const person = await userById(ctx.tx, ctx.actor.id)
    if (person === undefined) return notFound()
    ctx.about(person.id)
    const here = ctx.visit.session === undefined ? '' : fingerprint(ctx.visit.session)
    return view('people/pages/account.njk', {
      title: 'Your account',
      person,
      roles: person.roles.map(roleTitle),
      granted: [...person.permissions].map((one) => PERMISSIONS[one as Permission]),
      training: trainingState(person.trained, today(ctx.now)),
      sessions: (await sessionsOf(ctx.tx, person.id)).map((one) => ({ ...one, here: one.id === here })),
      passkeys: await passkeysOf(ctx.tx, person.id),
      tokens: await tokensOf(ctx.tx, person.id),
    })
  },
})

export const endSessions = page({
  path: '/account/sessions/end',
  permission: 'account.own',
  audit: 'account.sessions-ended',
  auditPost: 'account.sessions-ended',
  form: z.object({ session: z.string().max(100).optional() }),
  async post(ctx, { form }) {
    const here = ctx.visit.session === undefined ? undefined : fingerprint(ctx.visit.session)
    const ended =
      form.session === undefined
        ? await endSessionsOf(ctx.tx, ctx.actor.id, ctx.now)
        : await endOneOf(ctx.tx, ctx.actor.id, form.session, ctx.now)
    ctx.about(ctx.actor.id, { ended })
    return form.session === undefined || form.session === here
      ? redirect('/sign-in', { session: null })
      : redirect('/account')
  },
})

export const changePassword = page({
  path: '/account/password',
  permission: 'account.own',
  audit: 'account.password-page',
  auditPost: 'account.password-changed',
  get: async () => view('people/pages/change-password.njk', { title: 'Change your password', backTo: '/account' }),
  form: z.object({
    present: text('Enter your present password', 1_000),
    wanted: text('Enter a new password', 1_000),
    again: text('Enter the new password again', 1_000),
  }),
  async post(ctx, { form }) {
    const person = await userById(ctx.tx, ctx.actor.id)
    if (person === undefined) return notFound()
    const right = await checkPassword(
      ctx.tx,
      { username: person.username, password: form.present, ip: `own:${person.id}` },
      ctx.now,
    )
    if (right.outcome === 'wait') return invalid({ present: right.sentence })
    if (right.outcome === 'wrong') return invalid({ present: 'This is not your present password' })
    const why = whyNot(form.wanted, [person.username, ...person.name.split(' '), person.agencyName.split(' ')[0] ?? ''])
    if (why !== undefined) return invalid({ wanted: why })
    if (form.wanted !== form.again) return invalid({ again: 'The two are not the same' })
    if (form.wanted === form.present) return invalid({ wanted: 'Choose a password that you do not have already' })
    await setPassword(ctx.tx, person.id, await hashPassword(form.wanted), ctx.now)
    // Whoever else is signed in with the old one is signed out.
    await endSessionsOf(
      ctx.tx,
      person.id,
      ctx.now,
      ctx.visit.session === undefined ? undefined : fingerprint(ctx.visit.session),
    )
    ctx.about(person.id)
    return redirect('/account')
  },
})

export const removePasskey = page({
  path: '/account/passkeys/remove',
  permission: 'account.own',
  audit: 'account.passkey-removed',
  auditPost: 'account.passkey-removed',
  form: z.object({ passkey: z.string().max(2_000) }),
  async post(ctx, { form }) {
    const person = await userById(ctx.tx, ctx.actor.id)
    if (person === undefined || !(await dropPasskey(ctx.tx, person.id, form.passkey)))
      return notFound('This passkey is not yours or was removed already.')
    ctx.about(person.id)
    return redirect('/account')
  },
})

export const removeToken = page({
  path: '/account/tokens/end',
  permission: 'account.own',
  audit: 'account.token-ended',
  auditPost: 'account.token-ended',
  form: z.object({ token: z.string().max(100) }),
  async post(ctx, { form }) {
    if ((await endToken(ctx.tx, ctx.actor.id, form.token, ctx.now)) === 0)
      return notFound('This token is not yours or was ended already.')
    ctx.about(form.token)
    return redirect('/account')
  },
})
