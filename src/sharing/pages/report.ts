import { z } from 'zod'
import { choice, choices, day, optionalText, text, withDays } from '../../web/index.ts'
import { dayOf, RAG_HOURS } from '../rules/clocks.ts'
import { plainLine, plainText } from '../rules/plain.ts'
import { NOTICE, RISK_FACTORS } from '../rules/sections.ts'
import { RAG_WORDS } from '../rules/words.ts'
import { step, stepForm, wrong } from './step.ts'

/** The structured head of a police report of a child who came to notice (MPS-6). */
export const report = step({
  step: 'report',
  template: 'sharing/pages/report.njk',
  form: withDays(
    ['occurredOn'],
    stepForm({
      number: text('Enter the report’s number', 60),
      officer: text('Enter the reporting officer and their number', 120),
      occurredOn: day('Enter the day'),
      occurredAt: z
        .string()
        .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'Enter the time such as 23:40, or leave it empty')
        .optional(),
      place: text('Enter where it was', 300),
      notice: choice(NOTICE, 'Choose how the child came to notice'),
      factors: choices(RISK_FACTORS),
      actions: optionalText(5_000),
      rag: choice(['red', 'amber', 'green'], 'Choose how soon somebody must look at it'),
    }),
  ),
  async show() {
    return {
      notices: NOTICE,
      factorList: RISK_FACTORS,
      rags: Object.keys(RAG_HOURS).map((value) => ({ value, text: RAG_WORDS[value as 'red'] })),
    }
  },
  save(draft, form, _shown, ctx) {
    if (form.occurredOn > dayOf(ctx.now)) return wrong({ occurredOn: 'This day is still to come' })
    return {
      ...draft,
      report: {
        number: plainLine(form.number),
        officer: plainLine(form.officer),
        occurredOn: form.occurredOn,
        ...(form.occurredAt === undefined ? {} : { occurredAt: form.occurredAt }),
        place: plainLine(form.place),
        notice: form.notice,
        factors: form.factors,
        actions: plainText(form.actions ?? ''),
        rag: form.rag,
      },
    }
  },
})
