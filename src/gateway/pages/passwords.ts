import { z } from 'zod'
import { userById } from '../../people/index.ts'
import { may } from '../../platform/index.ts'
import { choice, invalid, notFound, page, redirect, text, view } from '../../web/index.ts'
import { endMailPassword, mailPasswordsOf, makeMailPassword } from '../smtp/index.ts'

/** The passwords of one's mail programs; and for those who look after accounts, of the agency's own mail server. */
export const passwordsPage = page({
  path: '/mail/passwords',
  permission: 'account.own',
  audit: 'gateway.passwords-read',
  auditPost: 'gateway.password-made',
  async get(ctx) {
    const person = await userById(ctx.tx, ctx.actor.id)
    if (person === undefined) return notFound()
    return view('gateway/pages/passwords.njk', {
      title: 'Set up a mail program',
      backTo: '/mail',
      address: person.email,
      host: new URL(ctx.config.publicUrl).hostname,
      port: ctx.config.smtpPort,
      passwords: await mailPasswordsOf(ctx.tx, person.id),
      relays: may(ctx.actor, 'user.admin'),
    })
  },
  form: z.object({
    label: text('Say which program or telephone it is for', 100),
    kind: choice(['user', 'relay'], 'Choose what it is for').optional(),
  }),
  async post(ctx, { form }) {
    const person = await userById(ctx.tx, ctx.actor.id)
    if (person === undefined) return notFound()
    const kind = form.kind ?? 'user'
    if (kind === 'relay' && !may(ctx.actor, 'user.admin')) return notFound()
    if (kind === 'user' && person.email === undefined)
      return invalid({ label: 'Your account has no e-mail address. Ask whoever looks after accounts to enter it.' })
    const made = await makeMailPassword(ctx, {
      kind,
      label: form.label,
      username: kind === 'relay' ? person.agency : person.username,
    })
    return view('gateway/pages/password-made.njk', {
      title: 'The mail password is made',
      backTo: '/mail/passwords',
      made,
      address: person.email,
      host: new URL(ctx.config.publicUrl).hostname,
      port: ctx.config.smtpPort,
    })
  },
})

export const endPasswordPage = page({
  path: '/mail/passwords/:id/end',
  params: z.object({ id: z.uuid() }),
  permission: 'account.own',
  audit: 'gateway.password-end',
  auditPost: 'gateway.password-ended',
  form: z.object({}),
  async post(ctx, { params }) {
    ctx.about(params.id)
    return (await endMailPassword(ctx.tx, ctx.actor.id, params.id, ctx.now)) ? redirect('/mail/passwords') : notFound()
  },
})
