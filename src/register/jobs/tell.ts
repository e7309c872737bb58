import MailComposer from 'nodemailer/lib/mail-composer'
import { z } from 'zod'
import { userById } from '../../people/index.ts'
import { job, sql } from '../../platform/index.ts'

/**
 * Tells a user by mail that something waits for them in Safehaven, for those who do not look in by themselves. The mail says nothing of
 * anyone: not whom it is about, nor that it is about a child. What it is stands on the page behind the sign-in.
 */
export const tell = job({
  name: 'register.tell',
  audit: 'register.told-by-mail',
  payload: z.object({ notice: z.uuid() }),
  manual: true,
  attempts: 6,
  async run(work, { notice }) {
    const address = await work.transaction(
      async ({ tx }) => {
        const row = await tx.maybe<{ user: string; readAt: Date | null }>(
          sql`select for_user as user, read_at as "readAt" from register.notice where id = ${notice} and for_user is not null`,
        )
        if (row === undefined || row.readAt !== null) return undefined
        const person = await userById(tx, row.user)
        return person?.closedAt === undefined ? person?.email : undefined
      },
      { subject: notice },
    )
    if (address === undefined) return
    const raw = await new MailComposer({
      from: { name: 'Safehaven', address },
      to: address,
      subject: 'Something waits for you in Safehaven',
      text: `Something waits for you in Safehaven. Sign in to read it:\n\n${work.house.config.publicUrl}/register/notices\n\nThis message says nothing of anyone. You need not keep it.\n`,
      date: work.now,
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build()
    const { outcome } = await work.house.mail.send({ from: address, to: [address], raw })
    // The page of notices says it in any case, so mail that cannot go is not tried for ever.
    if (outcome === 'temporary' && !work.last) throw new Error('the mail server put the message off')
  },
})
