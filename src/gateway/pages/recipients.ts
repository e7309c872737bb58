import { z } from 'zod'
import { invalid, notFound, page, text, view } from '../../web/index.ts'
import { changeRecipients, findMessage, recipientsOf } from '../queue/index.ts'
import { answer } from './message.ts'

/** Other recipients for a message that waits: whoever was wrong is taken out, or put right. */
export const recipientsPage = page({
  path: '/mail/:id/recipients',
  params: z.object({ id: z.uuid() }),
  permission: 'account.own',
  audit: 'gateway.recipients-asked',
  auditPost: 'gateway.recipients-changed',
  async get(ctx, { params }) {
    const row = await findMessage(ctx.tx, params.id)
    if (row === undefined || row.senderUser !== ctx.actor.id || row.state !== 'held') return notFound()
    const waiting = (await recipientsOf(ctx.tx, row.id)).filter((one) => one.state === 'held')
    return view('gateway/pages/recipients.njk', {
      title: 'Change the recipients',
      backTo: `/mail/${row.id}`,
      row,
      addresses: waiting.map((one) => one.address).join('\n'),
    })
  },
  form: z.object({ addresses: text('Enter at least one address', 10_000), version: z.coerce.number().int() }),
  async post(ctx, { params, form }) {
    const row = await findMessage(ctx.tx, params.id)
    if (row === undefined || row.senderUser !== ctx.actor.id) return notFound()
    const given = form.addresses.split(/[\s,;]+/).filter((one) => one !== '')
    const wrong = given.find((one) => !/^[^\s@%!:<>\\"(),;[\]]{1,64}@[^\s@%!:<>\\"(),;[\]]{1,253}$/.test(one))
    if (wrong !== undefined) return invalid({ addresses: `“${wrong.slice(0, 100)}” is not an address` })
    if (given.length > 100) return invalid({ addresses: 'Enter no more than 100 addresses' })
    const recipients = [...new Map(given.map((one) => [one.toLowerCase(), one])).values()]
    const gone = (await recipientsOf(ctx.tx, row.id)).filter((one) => one.state !== 'held')
    const again = recipients.find((one) => gone.some(({ address }) => address.toLowerCase() === one.toLowerCase()))
    if (again !== undefined) return invalid({ addresses: `It has gone to ${again} already` })
    return answer(await changeRecipients(ctx, params.id, { version: form.version, recipients }), params.id)
  },
})
