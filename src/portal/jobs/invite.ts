import MailComposer from 'nodemailer/lib/mail-composer'
import { z } from 'zod'
import { job, randomDigits } from '../../platform/index.ts'
import { consignmentOf, recordArrival, statementsFor } from '../../transfer/index.ts'
import { noteInvited, putMessage, renewLink } from '../store.ts'

/** How long what lies in the portal can be read. */
const DAYS = 30

/**
 * Invites a recipient. The invitation names nobody: it says that something lies there, from whom it comes, and that a code will be given by
 * telephone. It may be run again after a crash: what lies there is kept once, and a link that was never sent is made anew.
 */
export const invite = job({
  name: 'portal.invite',
  audit: 'portal.invited',
  payload: z.object({ dispatchId: z.uuid() }),
  manual: true,
  attempts: 6,
  async run(work, { dispatchId }) {
    const found = await work.transaction(
      async (ctx) => {
        ctx.about(dispatchId)
        const what = await consignmentOf(ctx, dispatchId)
        const address = what?.party.address
        if (what === undefined || address === undefined) return undefined
        const { consignment, party, dispatch } = what
        // Stopped before the invitation was written: nothing is put there.
        if (dispatch.state !== 'sent' && dispatch.state !== 'arrived') return undefined
        const put = await putMessage(ctx, {
          dispatchId,
          agency: consignment.sender.agency,
          address,
          code: randomDigits(8),
          expiresAt: new Date(ctx.now.getTime() + DAYS * 86_400_000),
          carried: {
            reference: dispatch.reference,
            senderName: consignment.sender.name,
            senderAgency: consignment.sender.agencyName ?? consignment.sender.agency,
            ...(consignment.sender.telephone === undefined ? {} : { senderTelephone: consignment.sender.telephone }),
            recipientName: party.name ?? address,
            letter: consignment.letter,
            documents: consignment.documents.map(({ blobId, name, type, size }) => ({ blobId, name, type, size })),
            conditions: statementsFor(consignment.decision.obligations).filter((one) => !/email/i.test(one)),
          },
        })
        const link = put ?? (await renewLink(ctx.tx, dispatchId))
        return link && { ...link, address, from: consignment.sender, reference: dispatch.reference }
      },
      { act: 'portal.put' },
    )
    if (found === undefined) return
    const sent = await work.house.mail.send({
      from: found.from.address ?? `portal@${new URL(work.house.config.publicUrl).hostname}`,
      to: [found.address],
      raw: await invitation(found, work.house.config.publicUrl, work.now),
    })
    if (sent.outcome === 'temporary' && !work.last) throw new Error('the invitation was put off by the mail server')
    await work.transaction(
      async (ctx) => {
        ctx.about(dispatchId, { outcome: sent.outcome })
        if (sent.outcome === 'accepted' || sent.outcome === 'uncertain') await noteInvited(ctx.tx, found.id, ctx.now)
        else await recordArrival(ctx, dispatchId, 'failed', 'The invitation to the portal could not be sent.')
      },
      { act: 'portal.invited' },
    )
  },
})

async function invitation(
  found: {
    address: string
    token: string
    reference: string
    from: { name: string; agencyName?: string; agency: string; address?: string }
  },
  publicUrl: string,
  date: Date,
): Promise<Buffer> {
  const from = found.from.agencyName ?? found.from.agency
  const text = `Something has been left for you to read, reference ${found.reference}.

It comes from ${found.from.name}, ${from}. To protect those whom it concerns it is not in this message.

1. Open ${publicUrl}/portal/${found.token}
2. Choose a password.
3. Enter the code that ${found.from.name} will give you by telephone.

If you did not expect this, do not open it, and tell ${from} by a number that you know already.
`
  return new MailComposer({
    from: {
      name: `${found.from.name} through Safehaven`,
      address: found.from.address ?? `portal@${new URL(publicUrl).hostname}`,
    },
    to: found.address,
    subject: `Something to read, reference ${found.reference}`,
    text,
    date,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}
