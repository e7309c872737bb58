import { z } from 'zod'
import { CONSENT_STATES, ITEMS, TOLD } from '../../protocols/index.ts'
import { choice, choices, optionalDay, optionalText, withDays } from '../../web/index.ts'
import type { ConsentRecord, Draft, Person } from '../draft.ts'
import { ageOn, isAsked, mayBeCompetent } from '../rules/ages.ts'
import { dayOf } from '../rules/clocks.ts'
import { outOfOrder } from '../rules/consent-order.ts'
import { plainText } from '../rules/plain.ts'
import { CONSENT_COLOURS, CONSENT_WORDS, ITEM_WORDS, TOLD_WORDS } from '../rules/words.ts'
import { addDocument, documentsOf } from '../store/documents.ts'
import { highestOf } from './information.ts'
import { step, stepForm, wrong } from './step.ts'

const recordOf = (draft: Draft, key: string): ConsentRecord | undefined =>
  draft.consent.find((one) => one.person === key)

/** Each person whose consent counts, with where it stands. */
export function standingOf(draft: Draft, day: string) {
  return draft.people
    .filter((one) => isAsked(one, day) || mayBeCompetent(one, day) || recordOf(draft, one.key) !== undefined)
    .map((one) => {
      const record = recordOf(draft, one.key)
      const state = record?.state ?? 'not-sought'
      return {
        person: one,
        years: ageOn(one, day),
        counts: isAsked(one, day) || record?.competent === true,
        record,
        words: CONSENT_WORDS[state],
        tag: `govuk-tag--${CONSENT_COLOURS[state]}`,
        order: record === undefined ? undefined : outOfOrder(record, draft),
      }
    })
}

export const consent = step({
  step: 'consent',
  template: 'sharing/pages/consent.njk',
  form: stepForm({ basis: choice(['consent', 'without'], 'Choose whether you rely on consent') }),
  async show(_ctx, { row, protocol, day }) {
    const level = highestOf(row.draft, protocol)
    return {
      standing: standingOf(row.draft, day),
      says: protocol.consent,
      explicit: protocol.consent?.['explicit for']?.levels.includes(level as 'personal') ?? false,
    }
  },
  save(draft, form, { day }) {
    const missing = standingOf(draft, day).find((one) => one.counts && one.record === undefined)
    if (form.basis === 'consent' && draft.people.every((one) => one.part !== 'adult') && draft.consent.length === 0)
      return wrong({
        basis:
          'Nobody is on the list whose consent counts. Add the parent or carer under “Who it is about”, or share without consent',
      })
    return form.basis === 'consent' && missing !== undefined
      ? wrong({ basis: `Record first what ${missing.person.name} said, or that they were not asked` })
      : { ...draft, basis: form.basis }
  },
})

const find = (draft: Draft, key: string | undefined): Person | undefined => draft.people.find((one) => one.key === key)

export const consentPerson = step({
  step: 'consent',
  path: 'consent/person',
  title: ({ row, query }) => `Consent of ${find(row.draft, query.key)?.name ?? 'this person'}`,
  template: 'sharing/pages/consent-person.njk',
  files: { count: 1 },
  form: withDays(
    ['askedOn'],
    stepForm({
      key: z.string().max(40),
      state: choice(CONSENT_STATES, 'Choose what they said'),
      askedOn: optionalDay(),
      how: optionalText(2_000),
      explicit: z.enum(['yes', 'no']).optional(),
      told: choices(TOLD),
      for: choices(ITEMS),
      competent: z.enum(['yes', 'no']).optional(),
      competenceFacts: optionalText(2_000),
    }),
  ),
  async show(ctx, { row, protocol, day, query }) {
    const person = find(row.draft, query.key)
    if (person === undefined) return undefined
    const years = ageOn(person, day)
    return {
      person,
      years,
      record: recordOf(row.draft, person.key),
      young: years !== undefined && years < 16,
      forms: (await documentsOf(ctx.tx, row.id)).filter(
        (one) => one.kind === 'consent-form' && one.person === person.key,
      ),
      toldList: TOLD.map((value) => ({ value, text: TOLD_WORDS[value] })),
      mustBeTold: protocol.consent?.['must have been told'] !== undefined,
      covered: row.draft.items.map((one) => ({ value: one.item, text: ITEM_WORDS[one.item] })),
      coveredIds: row.draft.items.map((one) => one.item),
      states: CONSENT_STATES.filter((one) => one !== 'withdrawn').map((value) => ({
        value,
        text: CONSENT_WORDS[value],
      })),
    }
  },
  save(draft, form, { day }, ctx) {
    const person = find(draft, form.key)
    if (person === undefined) return wrong({ '': 'This person has been removed. Go back to the list' })
    const asked = form.state !== 'not-sought'
    if (asked && form.askedOn === undefined) return wrong({ askedOn: 'Enter the day on which you asked' })
    if (form.askedOn !== undefined && form.askedOn > dayOf(ctx.now))
      return wrong({ askedOn: 'This day is still to come' })
    if (form.state === 'given' && form.explicit === undefined)
      return wrong({ explicit: 'Choose whether it was given in so many words' })
    const young = (ageOn(person, day) ?? 18) < 16
    if (form.competent === undefined && young)
      return wrong({ competent: 'Choose whether they understand enough to decide for themselves' })
    if (form.competenceFacts === undefined && (form.competent === 'no') !== young)
      return wrong({ competenceFacts: 'Say what you base this on' })
    const record: ConsentRecord = {
      person: person.key,
      state: form.state,
      told: asked ? form.told : [],
      ...(asked && form.askedOn !== undefined ? { askedOn: form.askedOn } : {}),
      ...(form.how === undefined ? {} : { how: plainText(form.how) }),
      ...(form.state === 'given' ? { explicit: form.explicit === 'yes', for: form.for } : {}),
      ...(form.competent === undefined ? {} : { competent: form.competent === 'yes' }),
      ...(form.competenceFacts === undefined ? {} : { competenceFacts: plainText(form.competenceFacts) }),
    }
    return { ...draft, consent: [...draft.consent.filter((one) => one.person !== person.key), record] }
  },
  async also(ctx, form, { row }, files) {
    for (const one of files) await addDocument(ctx, row.id, one, 'consent-form', form.key)
    return undefined
  },
  next: (_form, _draft, { row }) => `/disclosures/${row.id}/consent`,
  back: ({ row }) => `/disclosures/${row.id}/consent`,
})
