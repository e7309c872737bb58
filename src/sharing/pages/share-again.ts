import { z } from 'zod'
import { conflict, notFound, page, redirect, view } from '../../web/index.ts'
import { startDisclosure } from '../start-disclosure.ts'
import { disclosureById } from '../store/disclosures.ts'

/** The plan has changed and somebody new needs to know (BEX-32): a disclosure of its own, with what is recorded already, decided for them. */
export const shareAgain = page({
  path: '/disclosures/:id/again',
  params: z.object({ id: z.uuid() }),
  permission: 'disclosure.write',
  audit: 'disclosure.again',
  auditPost: 'disclosure.started-again',
  async get(ctx, { params: { id } }) {
    const row = await disclosureById(ctx.tx, id)
    if (row === undefined || row.form === 'program') return notFound()
    if (row.state !== 'sent') return conflict('This has not been sent. Add the recipient to it instead.')
    ctx.about(id)
    return view('sharing/pages/share-again.njk', {
      title: 'Somebody new needs to know',
      backTo: `/disclosures/${id}/record`,
      row,
    })
  },
  form: z.object({}),
  async post(ctx, { params: { id } }) {
    const row = await disclosureById(ctx.tx, id)
    if (row === undefined || row.form === 'program') return notFound()
    if (row.state !== 'sent') return conflict('This has not been sent. Add the recipient to it instead.')
    const {
      authorisedBy: _authorisedBy,
      notShared: _notShared,
      route: _route,
      balance: _balance,
      six: _six,
      ...kept
    } = row.draft
    const again = await startDisclosure(ctx, {
      form: row.form,
      draft: { ...kept, recipients: [], confirmed: [] },
      protocol: row.protocol,
    })
    return redirect(`/disclosures/${again}/recipients`)
  },
})
