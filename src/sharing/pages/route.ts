import { ROUTES } from '../../protocols/index.ts'
import { choice } from '../../web/index.ts'
import { decideNow } from '../decide-now.ts'
import { ROUTE_WORDS } from '../rules/words.ts'
import { decisionModel } from './decision.ts'
import { step, stepForm } from './step.ts'

/** The routes that the decision holds open; the closed ones stand beside them with their reasons. */
export const route = step({
  step: 'route',
  template: 'sharing/pages/route.njk',
  form: stepForm({ route: choice(ROUTES, 'Choose how it goes') }),
  async show(ctx, { row }) {
    const { route: _proposed, ...rest } = row.draft
    const now = await decideNow(ctx, { ...row, draft: rest })
    if (now === undefined) return { open: [], closed: [] }
    const { route: best, alternatives } = now.decision
    return {
      ...decisionModel(row.id, now),
      best,
      open: [...(best === undefined ? [] : [best]), ...alternatives].map((value) => ({
        value,
        text: ROUTE_WORDS[value],
        best: value === best,
      })),
    }
  },
  save: (draft, form) => ({ ...draft, route: form.route }),
})
