import { z } from 'zod'
import type { Context } from '../../platform/index.ts'
import { invalid, notFound, optionalText, page, redirect, texts, view } from '../../web/index.ts'
import { askKeeper } from '../ask-keeper.ts'
import { readAnswer } from '../read-answer.ts'
import { answerBy } from '../rules/answer-by.ts'
import { questionsOf } from '../store/questions.ts'
import { typedLines } from './answer.ts'

/** The question with the registers whose keepers this asker has not asked yet; undefined when it is not theirs, or closed. */
async function open(ctx: Context, id: string) {
  const own = await readAnswer(ctx, id)
  if (own?.answer === undefined) return undefined
  const asked = await questionsOf(ctx.tx, id)
  return { ...own, left: own.answer.searched.filter((one) => !asked.some((q) => q.authority === one.authority)) }
}

/** Several keepers asked at once, each for themselves and with a clock of their own: whoever may be told by no register does not fill in five forms. */
export const askKeepersPage = page({
  path: '/register/answers/:id/ask',
  params: z.object({ id: z.uuid() }),
  permission: 'register.check',
  audit: 'register.keepers-question',
  auditPost: 'register.keepers-asked',
  async get(ctx, { params: { id } }) {
    const found = await open(ctx, id)
    if (found === undefined) return notFound()
    ctx.about(id)
    if (found.left.length === 0) return redirect(`/register/answers/${id}`)
    return view('register/pages/ask-keepers.njk', {
      title: 'Ask the keepers',
      backTo: `/register/answers/${id}`,
      registers: found.left,
      dueAt: answerBy(found.question.check.risk, ctx.now),
      typed_: typedLines(found.question.check.known),
      needToKnow: found.enquiry.needToKnow,
    })
  },
  form: z.object({ authority: texts(60, 500), words: optionalText(1_000) }),
  async post(ctx, { params: { id }, form }) {
    const found = await open(ctx, id)
    if (found === undefined) return notFound()
    if (form.authority.length === 0) return invalid({ authority: 'Choose whom to ask' })
    const searched = found.answer?.searched ?? []
    if (form.authority.some((one) => !searched.some(({ authority }) => authority === one))) return notFound()
    ctx.about(id, { authorities: form.authority })
    // Who was asked meanwhile, by a second click or in another tab, is not asked twice.
    for (const { authority } of found.left.filter((one) => form.authority.includes(one.authority)))
      await askKeeper(ctx, { enquiry: id, authority, words: form.words, risk: found.question.check.risk })
    return redirect(`/register/answers/${id}`)
  },
})
