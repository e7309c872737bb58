import { z } from 'zod'
import { fingerprint } from '../../platform/index.ts'
import { invalid, notFound, page, redirect, text, view } from '../../web/index.ts'
import { askForPasskey, keepPasskey } from '../passkeys.ts'
import { userById } from '../store/users.ts'

export const addPasskey = page({
  path: '/account/passkeys/add',
  permission: 'account.own',
  audit: 'account.passkey-page',
  auditPost: 'account.passkey-added',
  async get(ctx) {
    const person = await userById(ctx.tx, ctx.actor.id)
    if (person === undefined || ctx.visit.session === undefined) return notFound()
    const question = await askForPasskey(ctx.tx, ctx.config, person, fingerprint(ctx.visit.session), ctx.now)
    return view('people/pages/add-passkey.njk', { title: 'Add a passkey', backTo: '/account', question })
  },
  form: z.object({
    label: text('Say what you will know it by, such as “Work laptop”', 60),
    answer: text('Your browser gave no answer. Try again.', 20_000),
  }),
  async post(ctx, { form }) {
    const person = await userById(ctx.tx, ctx.actor.id)
    if (person === undefined || ctx.visit.session === undefined) return notFound()
    const given = { person, session: fingerprint(ctx.visit.session), answer: form.answer, label: form.label }
    if (!(await keepPasskey(ctx.tx, ctx.config, given, ctx.now)))
      return invalid({ label: 'This passkey could not be added. Try again; if it is here already, use it as it is.' })
    ctx.about(person.id)
    return redirect('/account')
  },
})
