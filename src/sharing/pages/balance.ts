import { choice, optionalText, text, tick } from '../../web/index.ts'
import { plainText } from '../rules/plain.ts'
import { step, stepForm } from './step.ts'

/** What might happen if it is shared against what might happen if it is not (BEX-36, BEX-5). */
export const balance = step({
  step: 'balance',
  template: 'sharing/pages/balance.njk',
  form: stepForm({
    ifShared: text('Say what might happen if it is shared', 5_000),
    ifNot: text('Say what might happen if it is not shared', 5_000),
    others: optionalText(5_000),
    answer: choice(['yes', 'no'], 'Choose whether sharing is proportionate'),
    harmsMore: tick(),
  }),
  show: async (_ctx, { protocol }) => ({ duty: protocol.rules.some((rule) => rule.asks.includes('harm-balance')) }),
  save: (draft, form) => ({
    ...draft,
    balance: {
      ifShared: plainText(form.ifShared),
      ifNot: plainText(form.ifNot),
      proportionate: form.answer === 'yes',
      harmsMore: form.harmsMore,
      ...(form.others === undefined ? {} : { others: plainText(form.others) }),
    },
  }),
})
