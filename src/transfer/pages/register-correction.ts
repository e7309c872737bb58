import { z } from 'zod'
import type { Context } from '../../platform/index.ts'
import type { Item } from '../../protocols/index.ts'
import { changedForAsker, itemWords } from '../../register/index.ts'
import { conflict, formatDay, notFound, page, redirect, text, view } from '../../web/index.ts'
import type { Task } from '../consignment.ts'
import { correctDisclosure, hasIt } from '../correct-disclosure.ts'
import { dispatchesOf } from '../store/dispatches.ts'
import { findTask, finishTask } from '../store/tasks.ts'
import { correctionIn } from '../tell-of-correction.ts'

const NOTHING = 'nothing is entered'
const params = z.object({ id: z.uuid() })

/** The task, and what its owner may read of the correction; undefined for everybody else: they were not shown the entry. */
async function openTask(ctx: Context, id: string) {
  const task = await findTask(ctx.tx, id)
  const correction = task === undefined ? undefined : correctionIn(task.kind)
  if (task === undefined || correction === undefined || task.ownerUser !== ctx.actor.id) return undefined
  const news = await changedForAsker(ctx, correction)
  if (news === undefined) return undefined
  return { task, correction, news, changed: news.changed.find(({ item }) => item === correction.item) }
}

/** What a register has corrected and this worker has sent on: what it said and says now, and one button that begins the correction for everyone who has it. */
export const registerCorrectionPage = page({
  path: '/tasks/:id/correct',
  params,
  permission: 'disclosure.write',
  audit: 'transfer.register-correction',
  auditPost: 'transfer.correction-begun',
  async get(ctx, { params: { id } }) {
    const open = await openTask(ctx, id)
    if (open === undefined) return notFound()
    const { task, correction, news, changed } = open
    ctx.about(task.disclosure)
    if (task.doneAt !== null) return conflict('This correction was begun or set aside already.')
    const item = itemWords(correction.item)
    return view('transfer/pages/register-correction.njk', {
      title: `${news.authorityName} has corrected: ${item.toLocaleLowerCase('en')}`,
      backTo: `/tasks/${id}`,
      task,
      item,
      news,
      removed: news.removed,
      was: words(changed?.was),
      is: news.removed ? 'The child is no longer in the register' : words(changed?.is),
      open: changed !== undefined,
      how: `From the register of ${news.authorityName}, asked on ${formatDay(news.askedAt)} and corrected since`,
      names: await holders(ctx, task),
    })
  },
  form: z.object({
    wrong: text('Enter what they were told', 2_000),
    right: text('Enter what is right', 2_000),
    how: text('Enter how you know', 2_000),
  }),
  async post(ctx, { params: { id }, form }) {
    const open = await openTask(ctx, id)
    if (open === undefined) return notFound()
    const { task, correction } = open
    if (task.doneAt !== null) return conflict('This correction was begun or set aside already.')
    const begun = await correctDisclosure(ctx, task.disclosure, { item: correction.item as Item, ...form })
    if (begun.kind !== 'begun') return conflict('Nobody has what was sent any more, so there is nobody to tell.')
    await finishTask(ctx, id, 'The correction is begun.')
    return redirect(`/disclosures/${begun.id}/decision`)
  },
})

const words = (lines: readonly string[] | undefined): string => {
  const said = (lines ?? []).map((line) => line.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => formatDay(day) || day))
  return said.length === 0 ? NOTHING : said.join('; ')
}

const holders = async (ctx: Context, { disclosure }: Task): Promise<string[]> =>
  (await dispatchesOf(ctx.tx, disclosure)).filter(hasIt).map((one) => one.recipientName)
