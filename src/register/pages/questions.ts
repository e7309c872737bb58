import { z } from 'zod'
import { choice, conflict, invalid, markup, notFound, page, redirect, text, view } from '../../web/index.ts'
import { answerKeeper } from '../answer-keeper.ts'
import { questionForKeeper } from '../question-for-keeper.ts'
import { percent } from '../rules/doubt.ts'
import { drawWeights } from '../rules/draw-weights.ts'
import { inWords } from '../rules/in-words.ts'
import { shownOf } from '../rules/items.ts'
import { consentWords, groundWords, itemWords, reasonWords } from '../rules/words.ts'
import { inboxOf, KEEPER_ANSWERS } from '../store/questions.ts'
import { typedLines } from './answer.ts'
import { KEEPER_WORDS, questionTag } from './tags.ts'

/** What keepers of this register were asked; the most urgent first. */
export const questions = page({
  path: '/register/questions',
  permission: 'register.keep',
  audit: 'register.questions-read',
  async get(ctx) {
    const list = (await inboxOf(ctx.tx, ctx.actor.agency ?? '')).map((one) => ({
      ...one,
      tag: questionTag(one, ctx.now),
    }))
    return view('register/pages/questions.njk', {
      title: 'Questions to the keeper',
      waiting: list.filter((one) => one.answeredAt === null),
      answered: list.filter((one) => one.answeredAt !== null),
    })
  },
})

const SEEN = [
  'name',
  'alias',
  'date-of-birth',
  'address',
  'address-history',
  'nhs-number',
  'family',
  'registration',
  'looked-after-indicator',
] as const

/** One question: who asks and why, which own entries it may mean, what may be told; and the answer. */
export const question = page({
  path: '/register/questions/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'register.keep',
  audit: 'register.question-read',
  auditPost: 'register.question-answered',
  async get(ctx, { params }) {
    const found = await questionForKeeper(ctx, params.id)
    if (found === undefined) return notFound()
    ctx.about(found.enquiry.id, { entries: found.meant.map((one) => one.id) })
    const { decision, answers } = found.telling
    return view('register/pages/question.njk', {
      title: `${found.question.askerName} asks about a child`,
      backTo: '/register/questions',
      question: {
        ...found.question,
        tag: questionTag(found.question, ctx.now),
        said: KEEPER_WORDS[found.question.answer ?? 'telephone'],
      },
      asker: found.sealed.asking.asker,
      enquiry: {
        ...found.enquiry,
        reason: reasonWords(found.enquiry.purpose),
        ground: groundWords(found.enquiry.ground),
        consent: consentWords(found.enquiry.consent),
      },
      typed_: typedLines(found.sealed.check.known),
      meant: found.meant.map(({ id, record, localId, score }) => ({
        id,
        localId,
        sure: percent(score.probability),
        name: [record.names?.[0]?.given, record.names?.[0]?.family].filter((part) => part !== undefined).join(' '),
        rows: Object.entries(shownOf(record, localId, SEEN, ctx.now.toISOString().slice(0, 10))).map(
          ([item, lines]) => ({ item: itemWords(item), lines: lines.map(inWords) }),
        ),
        picture: markup(drawWeights({ ...score, fields: [...score.fields] })),
      })),
      answers,
      level: decision.level,
      items: decision.items.map(itemWords),
      because: decision.reasons,
      needs: decision.needs,
    })
  },
  form: z.object({
    answer: choice(KEEPER_ANSWERS, 'Choose what you answer'),
    words: text('Write what the asker shall read', 2_000),
  }),
  async post(ctx, { params, form }) {
    switch (await answerKeeper(ctx, params.id, form)) {
      case 'missing':
        return notFound()
      case 'not-allowed':
        return invalid({ answer: 'Under the protocol this asker may not be told. Ask them to telephone' })
      case 'already':
        return conflict('Somebody has answered this question already. Open it again to read the answer.')
      case 'answered':
        return redirect('/register/questions')
    }
  },
})
