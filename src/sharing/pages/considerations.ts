import { z } from 'zod'
import type { Page } from '../../web/index.ts'
import { ANSWERS, type Draft } from '../draft.ts'
import { plainText } from '../rules/plain.ts'
import {
  type Answers,
  CRIME_QUESTIONS,
  HARM_CONSIDERATIONS,
  PROTECT_QUESTIONS,
  type Question,
  SIX_WORDS,
} from '../rules/questions.ts'
import { step, stepForm, wrong } from './step.ts'

const looseForm = z.looseObject({ ...stepForm({}).shape })
const typedAt = (form: Record<string, unknown>, name: string): string =>
  typeof form[name] === 'string' ? (form[name] as string) : ''
const LONG = 'Shorten this to 3,000 characters or fewer'

/** The six considerations of significant harm (BEX-34), each in words. */
export const harm = step({
  step: 'harm',
  template: 'sharing/pages/harm.njk',
  form: looseForm,
  show: async () => ({ questions: HARM_CONSIDERATIONS }),
  save(draft, form) {
    const harm: Record<string, string> = {}
    for (const { id, text } of HARM_CONSIDERATIONS) {
      const words = plainText(typedAt(form, id))
      if (words === '') return wrong({ [id]: `Say what you know of “${text.toLowerCase()}”, or that you do not know` })
      if (words.length > 3_000) return wrong({ [id]: LONG })
      harm[id] = words
    }
    return { ...draft, harm }
  },
})

/** Questions that are answered with yes or no and the facts behind it. */
const answered = (
  name: 'protect' | 'crime' | 'six',
  stepId: 'protect' | 'crime' | 'six-words',
  questions: readonly Question[],
  lead: { intro: string; cites: readonly string[]; factsFor: 'all' | 'not-yes' },
): Page =>
  step({
    step: stepId,
    template: 'sharing/pages/questions.njk',
    form: looseForm,
    show: async (_ctx, { row }) => ({
      questions,
      intro: lead.intro,
      cites: lead.cites,
      answers: row.draft[name] ?? {},
      factsHint: lead.factsFor === 'all' ? 'What do you base this on?' : 'Anything to add',
    }),
    save(draft, form): Draft | { errors: Record<string, string> } {
      const answers: Record<string, Answers[string]> = {}
      const errors: Record<string, string> = {}
      for (const { id, text } of questions) {
        const answer = ANSWERS.find((one) => one === form[id])
        const facts = plainText(typedAt(form, `${id}-facts`))
        if (answer === undefined) errors[id] = `Answer “${text}”`
        else if (facts.length > 3_000) errors[`${id}-facts`] = LONG
        else if (lead.factsFor === 'all' && answer === 'yes' && facts === '')
          errors[`${id}-facts`] = 'Say what you base this on'
        else answers[id] = { answer, facts }
      }
      return Object.keys(errors).length > 0 ? wrong(errors) : { ...draft, [name]: answers }
    },
  })

export const protect = answered('protect', 'protect', PROTECT_QUESTIONS, {
  intro: 'There is no fixed measure. Judge this case by its own facts.',
  cites: ['BEX-33'],
  factsFor: 'all',
})
export const crime = answered('crime', 'crime', CRIME_QUESTIONS, {
  intro: 'This test is for personal information. Judge this case by its own facts.',
  cites: ['BEX-35'],
  factsFor: 'all',
})
export const sixWords = answered('six', 'six-words', SIX_WORDS, {
  intro: 'Answer each word for what you are about to share. Where one is not yes yet, go back and change what goes.',
  cites: ['CUM-4', 'BEX-6', 'BEX-54'],
  factsFor: 'not-yes',
})
