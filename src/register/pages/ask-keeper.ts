import { z } from 'zod'
import { agencyById } from '../../people/index.ts'
import type { Context } from '../../platform/index.ts'
import { conflict, notFound, optionalText, page, redirect, view } from '../../web/index.ts'
import { askKeeper } from '../ask-keeper.ts'
import { readAnswer } from '../read-answer.ts'
import { answerBy } from '../rules/answer-by.ts'
import { questionsOf } from '../store/questions.ts'
import { typedLines } from './answer.ts'

const params = z.object({ id: z.uuid(), authority: z.string().regex(/^[\w-]{1,60}$/) })

/** The question and the register, when this asker may ask its keeper about it: the answer is theirs, open, and that register was searched. */
async function open(ctx: Context, { id, authority }: z.infer<typeof params>) {
  const own = await readAnswer(ctx, id)
  const searched = own?.answer?.searched.find((one) => one.authority === authority)
  return own === undefined || searched === undefined ? undefined : { ...own, searched }
}

/** Where the register itself may not answer, a person can: its keeper is asked, and has a clock. */
export const askKeeperPage = page({
  path: '/register/answers/:id/ask/:authority',
  params,
  permission: 'register.check',
  audit: 'register.keeper-question',
  auditPost: 'register.keeper-asked',
  async get(ctx, { params: asked }) {
    const found = await open(ctx, asked)
    if (found === undefined) return notFound()
    ctx.about(asked.id, { authority: asked.authority })
    if ((await questionsOf(ctx.tx, asked.id)).some((one) => one.authority === asked.authority))
      return redirect(`/register/answers/${asked.id}`)
    const keeper = await agencyById(ctx.tx, asked.authority)
    return view('register/pages/ask-keeper.njk', {
      title: `Ask the keeper of ${found.searched.name}`,
      backTo: `/register/answers/${asked.id}`,
      name: found.searched.name,
      telephone: keeper?.hubTelephone ?? keeper?.telephone,
      dueAt: answerBy(found.question.check.risk, ctx.now),
      typed_: typedLines(found.question.check.known),
      needToKnow: found.enquiry.needToKnow,
    })
  },
  form: z.object({ words: optionalText(1_000) }),
  async post(ctx, { params: asked, form }) {
    const found = await open(ctx, asked)
    if (found === undefined) return notFound()
    ctx.about(asked.id, { authority: asked.authority })
    const id = await askKeeper(ctx, {
      enquiry: asked.id,
      authority: asked.authority,
      words: form.words,
      risk: found.question.check.risk,
    })
    // A second click is no quarrel; other words that would be lost are.
    const before = id === undefined ? await questionsOf(ctx.tx, asked.id) : []
    if (before.some((one) => one.authority === asked.authority && one.words !== (form.words ?? null)))
      return conflict(
        'You have asked this keeper already, in other words. The answer will stand on the page of your check.',
      )
    return redirect(`/register/answers/${asked.id}`)
  },
})
