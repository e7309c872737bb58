import { z } from 'zod'
import { invalid, notFound, page, redirect, text, view } from '../../web/index.ts'
import { forgetMailbox, keepMailbox, mailboxOf, settleTidying, tidyingOf } from '../mailboxes/index.ts'
import { findMessage } from '../queue/index.ts'

/** Connects one's own mailbox, so that what must not stay in it is taken out. */
export const mailboxPage = page({
  path: '/mail/mailbox',
  permission: 'account.own',
  audit: 'gateway.mailbox-read',
  auditPost: 'gateway.mailbox-connected',
  async get(ctx) {
    const box = await mailboxOf(ctx.tx, ctx.actor.id)
    return view('gateway/pages/mailbox.njk', { title: 'Your mailbox', backTo: '/mail', box })
  },
  form: z.object({
    host: text('Enter the name of the server', 253),
    port: z.coerce.number({ error: 'Enter 993 or 143' }).int('Enter 993 or 143'),
    name: text('Enter the name with which you sign in', 320),
    password: text('Enter the password', 1_000),
  }),
  async post(ctx, { form }) {
    if (!/^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i.test(form.host))
      return invalid({ host: 'Enter the name of the server, such as imap.agency.example' })
    if (form.port !== 993 && form.port !== 143)
      return invalid({ port: 'Enter 993, or 143 where your mail server wants STARTTLS' })
    if (ctx.actor.agency === undefined) return notFound()
    await keepMailbox(ctx, { ...form, host: form.host.toLowerCase() })
    ctx.about(ctx.actor.id)
    return redirect('/mail/mailbox')
  },
})

export const forgetMailboxPage = page({
  path: '/mail/mailbox/forget',
  permission: 'account.own',
  audit: 'gateway.mailbox-forget',
  auditPost: 'gateway.mailbox-forgotten',
  form: z.object({}),
  async post(ctx) {
    await forgetMailbox(ctx.tx, ctx.actor.id)
    return redirect('/mail/mailbox')
  },
})

/** The sender has taken the copy out themselves. */
export const tidiedPage = page({
  path: '/mail/:id/tidied',
  params: z.object({ id: z.uuid() }),
  permission: 'account.own',
  audit: 'gateway.tidied-asked',
  auditPost: 'gateway.tidied',
  form: z.object({}),
  async post(ctx, { params }) {
    const owed = await tidyingOf(ctx.tx, params.id)
    const row = owed && (await findMessage(ctx.tx, params.id))
    if (row?.senderUser !== ctx.actor.id) return notFound()
    await settleTidying(ctx.tx, params.id, ctx.actor.name, ctx.now, 'Taken out by hand.')
    ctx.about(params.id)
    return redirect(`/mail/${params.id}`)
  },
})
