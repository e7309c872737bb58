import { z } from 'zod'
import { job, type ManualWork } from '../../../platform/index.ts'
import { type Mailbox, mailboxesWithWork, mailboxPassword, noteMailbox, owedBy, settleTidying } from '../store.ts'
import { takeOut } from '../take-out.ts'

const most = 50

/** Takes what is owed out of the mailboxes that are connected. What is not found there yet is looked for again; what is never found stays its sender's task. */
export const tidyMailboxes = job({
  name: 'gateway.tidy-mailboxes',
  audit: 'gateway.mailbox-tidied',
  payload: z.object({}),
  every: '5 minutes',
  manual: true,
  attempts: 2,
  async run(work) {
    // An invented area speaks to nobody outside.
    if (!work.house.config.demo) await tidyAll(work)
  },
})

/** `ca`: a further authority whose certificates count (PEM), for tests. */
export async function tidyAll(work: ManualWork, ca?: string): Promise<void> {
  const boxes = await work.transaction((ctx) => mailboxesWithWork(ctx.tx), { act: 'gateway.mailboxes-chosen' })
  for (const box of boxes) await tidy(work, box, ca)
}

async function tidy(work: ManualWork, box: Mailbox, ca: string | undefined): Promise<void> {
  const { house } = work
  const known = await house.database.transaction(work.actor, async (tx) => ({
    password: await mailboxPassword({ tx, secrets: house.secrets }, box.userId),
    owed: (await owedBy(tx, box.userId, most)).filter(({ messageId }) => messageId !== null),
  }))
  if (known.password === undefined || known.owed.length === 0) return
  const { host, port, name } = box
  const taken = await takeOut(
    { host, port, name, password: known.password, ...(ca === undefined ? {} : { ca }) },
    known.owed.map(({ messageId }) => messageId!),
  )
  await work.transaction(
    async (ctx) => {
      await noteMailbox(ctx.tx, box.userId, ctx.now, taken.kind === 'trouble' ? taken.sentence : '')
      if (taken.kind === 'trouble') return
      for (const { message, messageId } of known.owed) {
        const folders = taken.found.get(messageId!)
        if (folders !== undefined)
          await settleTidying(ctx.tx, message, 'Safehaven', ctx.now, `Taken out of: ${folders.join(', ')}.`)
      }
    },
    { subject: box.userId, detail: taken.kind === 'trouble' ? { trouble: true } : { removed: taken.found.size } },
  )
}
