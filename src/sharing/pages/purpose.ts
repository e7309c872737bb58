import { PURPOSES, type Purpose } from '../../protocols/index.ts'
import { choice, day, tick, withDays } from '../../web/index.ts'
import { dayOf } from '../rules/clocks.ts'
import { PURPOSE_WORDS } from '../rules/words.ts'
import { step, stepForm, wrong } from './step.ts'

const FIRST: readonly Purpose[] = ['section-47', 'section-17', 'referral']
const POLICE: readonly Purpose[] = ['ctn-report', 'section-47', 'section-17']

export const purpose = step({
  step: 'purpose',
  template: 'sharing/pages/purpose.njk',
  form: withDays(
    ['reachedOn'],
    stepForm({
      purpose: choice(PURPOSES, 'Choose why you would share'),
      reachedOn: day('Enter the day on which this reached you'),
      urgent: tick(),
    }),
  ),
  async show(ctx, { row }) {
    const first = row.form === 'police-report' ? POLICE : FIRST
    const say = (value: Purpose) => ({ value, text: PURPOSE_WORDS[value] })
    return {
      first: first.map(say),
      others: PURPOSES.filter((one) => !first.includes(one) && one !== 'register-check').map(say),
      suggested:
        row.draft.worry?.purpose ??
        (row.form === 'police-report'
          ? 'ctn-report'
          : (row.draft.worry?.risk ?? 'none') === 'none'
            ? undefined
            : 'section-47'),
      reachedOn: row.draft.worry?.reachedOn ?? dayOf(ctx.now),
    }
  },
  save(draft, form, _shown, ctx) {
    if (form.reachedOn > dayOf(ctx.now)) return wrong({ reachedOn: 'This day is still to come' })
    return {
      ...draft,
      worry: {
        words: '',
        risk: 'none',
        ...draft.worry,
        purpose: form.purpose,
        urgent: form.urgent,
        reachedOn: form.reachedOn,
      },
    }
  },
})
