import { GROUNDS, type Ground } from '../../protocols/index.ts'
import { choice, optionalText, text } from '../../web/index.ts'
import { plainText } from '../rules/plain.ts'
import { GROUND_WORDS } from '../rules/words.ts'
import { step, stepForm, wrong } from './step.ts'

/** The grounds of the protocol in force, in its own words (WY-12, BEX-18, BEX-4). */
export const ground = step({
  step: 'ground',
  template: 'sharing/pages/ground.njk',
  form: stepForm({
    ground: choice(GROUNDS, 'Choose the ground you rely on'),
    facts: text('Record the facts of the case on which this rests', 5_000),
    riskInAsking: optionalText(5_000),
  }),
  async show(_ctx, { row, protocol }) {
    const grounds = Object.entries(protocol.consent?.grounds ?? {}).flatMap(([id, one]) =>
      one === undefined
        ? []
        : [{ value: id, text: GROUND_WORDS[id as Ground], says: one.says, cites: one.rule, covers: one.covers }],
    )
    return {
      grounds,
      asked: row.draft.consent.some((one) => one.state !== 'not-sought'),
      refused: row.draft.consent.filter((one) => one.state === 'refused' || one.state === 'withdrawn').length,
    }
  },
  save(draft, form, { protocol }) {
    if (protocol.consent?.grounds[form.ground] === undefined)
      return wrong({ ground: 'This protocol does not name that ground. Choose one of the list' })
    if (form.riskInAsking === undefined && draft.consent.every((one) => one.state === 'not-sought'))
      return wrong({ riskInAsking: 'Nobody was asked: record why asking would be unsafe or not appropriate' })
    return {
      ...draft,
      ground: {
        id: form.ground,
        facts: plainText(form.facts),
        ...(form.riskInAsking === undefined ? {} : { riskInAsking: plainText(form.riskInAsking) }),
      },
    }
  },
})
