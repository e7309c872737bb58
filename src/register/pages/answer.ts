import { z } from 'zod'
import { may } from '../../platform/index.ts'
import { markup, notFound, page, view } from '../../web/index.ts'
import type { CheckAnswer, Found, Searched } from '../answer.ts'
import { readAnswer } from '../read-answer.ts'
import { percent, STALE_AFTER_DAYS } from '../rules/doubt.ts'
import { drawWeights } from '../rules/draw-weights.ts'
import { inWords } from '../rules/in-words.ts'
import {
  consentWords,
  groundWords,
  ITEM_ORDER,
  itemWords,
  LEVEL_WORDS,
  NEED_WORDS,
  outcomeWords,
  reasonWords,
} from '../rules/words.ts'
import { questionsOf } from '../store/questions.ts'
import { subscribedTo } from '../store/subscriptions.ts'
import { titleOf } from '../words-for.ts'
import { linesOf } from './answer-line.ts'
import { questionTag } from './tags.ts'

const TONES = { known: 'hold', 'possibly-known': 'hold', 'not-known': 'share', 'may-not-be-told': 'refuse' } as const

/** What the registers answered this asker, as `decide` let it be told. */
export const answerPage = page({
  path: '/register/answers/:id',
  params: z.object({ id: z.uuid() }),
  permission: 'register.check',
  audit: 'register.answer-read',
  async get(ctx, { params }) {
    const own = await readAnswer(ctx, params.id)
    if (own === undefined) return notFound()
    ctx.about(params.id)
    const { enquiry, answer, question } = own
    const asked = {
      at: enquiry.at,
      reason: reasonWords(enquiry.purpose),
      ground: groundWords(enquiry.ground),
      consent: consentWords(enquiry.consent),
      needToKnow: enquiry.needToKnow,
      typed: typedLines(question.check.known),
    }
    const questions = (await questionsOf(ctx.tx, params.id)).filter((one) => one.asker === ctx.actor.id)
    if (answer === undefined)
      return view('register/pages/answer-closed.njk', {
        title: 'This answer is closed',
        backTo: '/register',
        enquiry,
        asked,
        said: outcomeWords(enquiry.outcome),
        questions: questions.map((one) => ({ ...one, tag: questionTag(one, ctx.now) })),
      })
    const wanted = await subscribedTo(
      ctx.tx,
      answer.found.map(({ entry }) => entry),
    )
    return view('register/pages/answer.njk', {
      title: titleOf(answer),
      backTo: '/register',
      backText: 'Ask about another child',
      enquiry,
      asked,
      answer,
      tone: TONES[answer.found.length === 0 && answer.outcome === 'known' ? 'may-not-be-told' : answer.outcome],
      imminent: question.check.risk === 'imminent-harm',
      staleAfter: STALE_AFTER_DAYS,
      found: answer.found.map((one) => ({
        ...one,
        ...card(one),
        subscribed: wanted.has(one.entry),
        beside: beside(one, answer),
        disputed: one.disputed?.map((said) => ({ ...said, item: itemWords(said.item), at: new Date(said.at) })) ?? [],
        mother: answer.found.find(({ entry }) => entry === one.under)?.shown.name?.[0],
        history: may(ctx.actor, 'enquiry.read') && ctx.actor.agency === one.authority,
      })),
      lines: linesOf(answer, answer.at.slice(0, 10)),
      near: nearBy(answer),
      open: answer.searched.filter((one) => one.answers),
      closed: together(answer.searched.filter((one) => !one.answers)),
      questions: questions.map((one) => ({
        ...one,
        name: answer.searched.find(({ authority }) => authority === one.authority)?.name ?? one.authority,
        tag: questionTag(one, ctx.now),
      })),
      mayAsk: new Set(
        answer.searched.map((one) => one.authority).filter((one) => !questions.some((q) => q.authority === one)),
      ),
    })
  },
})

/** What a card shows of an entry, and what it withholds, the items of one reason together. */
function card(one: Found) {
  const reasons = new Map<string, { text: string; cites: string[]; items: string[] }>()
  for (const { item, because } of one.withheld) {
    const known = reasons.get(because.text) ?? { ...because, items: [] }
    known.items.push(itemWords(item))
    reasons.set(because.text, known)
  }
  return {
    name: one.shown.name?.[0],
    lines: Object.entries(one.shown)
      .sort(([item], [other]) => ITEM_ORDER.indexOf(item) - ITEM_ORDER.indexOf(other))
      .map(([item, lines]) => ({
        item: itemWords(item),
        lines: lines.map(inWords),
        warns: item === 'schedule-one-indicator',
      })),
    empty: one.items.filter((item) => one.shown[item] === undefined && item !== 'statistic').map(itemWords),
    reasons: [...reasons.values()],
    levelWords: LEVEL_WORDS[one.level as keyof typeof LEVEL_WORDS] ?? one.level,
    sure: percent(one.probability),
    picture: markup(drawWeights(one)),
  }
}

/** The other entries that are shown, with what is said of each pair. */
function beside(one: Found, { found }: CheckAnswer) {
  if (one.under !== undefined) return []
  return found
    .filter((other) => other.entry !== one.entry && other.under === undefined)
    .map((other) => {
      const link = one.linked.find(({ entry }) => entry === other.entry)
      const apart = one.notTheSame.find(({ entry }) => entry === other.entry)
      return { entry: other.entry, authorityName: other.authorityName, name: other.shown.name?.[0], link, apart }
    })
}

/** Near ones by authority: a number and the likeliest, never who. */
function nearBy({ near }: CheckAnswer) {
  const found = new Map<string, { authority: string; name: string; count: number; sure: string }>()
  for (const { authority, authorityName, probability } of near) {
    const known = found.get(authority)
    if (known === undefined)
      found.set(authority, { authority, name: authorityName, count: 1, sure: percent(probability) })
    else known.count += 1
  }
  return [...found.values()]
}

/** Registers that are closed to this asker, those with the same reason together. */
function together(closed: readonly Searched[]) {
  const found = new Map<string, { because: Searched['because']; needs: Searched['needs']; registers: Searched[] }>()
  for (const one of closed) {
    const key = JSON.stringify([one.because, one.needs])
    const known = found.get(key) ?? { because: one.because, needs: one.needs.map(inOwnWords), registers: [] }
    known.registers.push(one)
    found.set(key, known)
  }
  return [...found.values()]
}

const inOwnWords = (need: Searched['needs'][number]) => ({
  ...need,
  text: NEED_WORDS[need.id as keyof typeof NEED_WORDS] ?? need.text,
})

const TYPED: Readonly<Record<string, string>> = {
  name: 'Name',
  given: 'First name',
  family: 'Family name',
  aliases: 'Other names',
  born: 'Born',
  age: 'Age',
  sex: 'Sex',
  address: 'Address',
  postcode: 'Postcode',
  nhsNumber: 'NHS number',
  upn: 'UPN',
  parent: 'Parent or carer',
  school: 'School',
  telephone: 'Telephone',
}

/** What was typed, as "Postcode: KV1 2AB". */
export const typedLines = (known: object): string[] =>
  Object.entries(known).map(([field, value]) =>
    inWords(`${TYPED[field] ?? field}: ${Array.isArray(value) ? value.join(', ') : String(value)}`),
  )
