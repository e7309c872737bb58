import { RISKS } from '../../protocols/index.ts'
import { choice, text } from '../../web/index.ts'
import { dayOf } from '../rules/clocks.ts'
import { plainText } from '../rules/plain.ts'
import { RISK_WORDS } from '../rules/words.ts'
import { step, stepForm } from './step.ts'

export const worry = step({
  step: 'worry',
  template: 'sharing/pages/worry.njk',
  form: stepForm({
    words: text('Say what you are worried about', 10_000),
    risk: choice(RISKS, 'Choose how great the risk is, as far as you can tell'),
  }),
  async show() {
    return {
      risks: ['imminent-harm', 'significant-harm', 'none'].map((value) => ({
        value,
        text: RISK_WORDS[value as 'none'],
      })),
    }
  },
  save: (draft, form, _shown, ctx) => ({
    ...draft,
    worry: { urgent: false, reachedOn: dayOf(ctx.now), ...draft.worry, words: plainText(form.words), risk: form.risk },
  }),
})
