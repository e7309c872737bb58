import { optionalDay, optionalText, tick, withDays } from '../../web/index.ts'
import { ageOn } from '../rules/ages.ts'
import { dayOf } from '../rules/clocks.ts'
import { familyChanged } from '../rules/consent-order.ts'
import { plainText } from '../rules/plain.ts'
import { step, stepForm, wrong } from './step.ts'

/** Who belongs to the family is looked at again each time; whoever is new is asked for their own consent (BEX-22). */
export const family = step({
  step: 'family',
  template: 'sharing/pages/family.njk',
  form: withDays(['engagedOn'], stepForm({ complete: tick(), note: optionalText(2_000), engagedOn: optionalDay() })),
  show: async (_ctx, { row, day }) => ({
    people: row.draft.people.map((one) => ({ ...one, years: ageOn(one, day) })),
    changed: familyChanged(row.draft) && row.draft.family !== undefined,
  }),
  save(draft, form, _shown, ctx) {
    if (!form.complete)
      return wrong({ complete: 'Say that everyone of the family is on this list, or go and add whoever is missing' })
    return {
      ...draft,
      family: {
        reviewedOn: dayOf(ctx.now),
        note: plainText(form.note ?? ''),
        ...(form.engagedOn === undefined ? {} : { engagedOn: form.engagedOn }),
      },
    }
  },
})
