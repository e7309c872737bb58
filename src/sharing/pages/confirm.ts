import { NEED_TEXTS, NEEDS, type Need } from '../../protocols/index.ts'
import { choice, text } from '../../web/index.ts'
import { CONFIRMABLE, listOf } from '../rules/facts.ts'
import { plainText } from '../rules/plain.ts'
import { NEED_WORDS } from '../rules/words.ts'
import { step, stepForm, wrong } from './step.ts'

const BOUND: ReadonlySet<Need> = new Set<Need>(['list-checked', 'no-more-secure-route', 'significant-need', 'urgency'])

/** A need that a worker meets by their own word, with what they base it on (CUM-10, CUM-11, CUM-12, CUM-18, CUM-36). */
export const confirm = step({
  step: 'decision',
  path: 'confirm',
  template: 'sharing/pages/confirm.njk',
  title: ({ query }) => NEED_WORDS[query.need as Need] ?? 'Confirm',
  form: stepForm({
    need: choice(NEEDS, 'Open the page again, and send it from there'),
    note: text('Say what you base this on', 2_000),
  }),
  async show(_ctx, { query }) {
    const need = NEEDS.find((one) => one === query.need)
    return need === undefined || !CONFIRMABLE.has(need) ? undefined : { need, asks: NEED_TEXTS[need] }
  },
  save(draft, form, _shown, ctx) {
    if (!CONFIRMABLE.has(form.need)) return wrong({ '': 'This is not confirmed here: it is met on its own page' })
    const made = {
      need: form.need,
      note: plainText(form.note),
      by: ctx.actor.name,
      at: ctx.now.toISOString(),
      ...(BOUND.has(form.need) ? { of: listOf(draft) } : {}),
    }
    return { ...draft, confirmed: [...draft.confirmed.filter((one) => one.need !== form.need), made] }
  },
  next: (_form, _draft, { row }) => `/disclosures/${row.id}/decision`,
  back: ({ row }) => `/disclosures/${row.id}/decision`,
})
