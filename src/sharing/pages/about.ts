import { z } from 'zod'
import { newToken } from '../../platform/index.ts'
import { checkNhsNumber } from '../../scanning/index.ts'
import { choice, optionalDay, optionalText, text, tick, withDays } from '../../web/index.ts'
import { type Draft, PARTS, type Person } from '../draft.ts'
import { ageOn } from '../rules/ages.ts'
import { dayOf } from '../rules/clocks.ts'
import { plainLine, plainText } from '../rules/plain.ts'
import { step, stepForm, wrong } from './step.ts'

/** The list of persons; a press of "Remove" takes one out, with what hung on them. */
export const about = step({
  step: 'about',
  template: 'sharing/pages/about.njk',
  form: stepForm({ remove: optionalText(40) }),
  show: async (_ctx, { row, day }) => ({ people: row.draft.people.map((one) => ({ ...one, years: ageOn(one, day) })) }),
  save(draft, form) {
    if (form.remove !== undefined)
      return {
        ...draft,
        people: draft.people.filter((one) => one.key !== form.remove),
        consent: draft.consent.filter((one) => one.person !== form.remove),
      }
    return draft.people.some((one) => one.part !== 'adult')
      ? draft
      : wrong({ '': 'Add the child, or the unborn child, it is about' })
  },
  next: (form, _draft, { row }) => (form.remove === undefined ? undefined : `/disclosures/${row.id}/about`),
})

const TITLES = { child: 'The child', unborn: 'The unborn child', adult: 'Someone in the family or close to the child' }
const partOf = (asked: string | undefined) => PARTS.find((one) => one === asked) ?? 'child'
const newKey = () =>
  `p-${newToken(6)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '0')}`

export const person = step({
  step: 'about',
  path: 'about/person',
  template: 'sharing/pages/person.njk',
  title: ({ row, query }) => TITLES[row.draft.people.find((one) => one.key === query.key)?.part ?? partOf(query.part)],
  form: withDays(
    ['born', 'due'],
    stepForm({
      key: z.string().regex(/^[a-z0-9-]{1,40}$/),
      part: choice(PARTS, 'Open the page again, and send it from there'),
      name: text('Enter a name. If you do not know it, say how you would know the person', 200),
      alias: optionalText(200),
      born: optionalDay(),
      due: optionalDay(),
      age: z.coerce
        .number('Enter the age in years')
        .int('Enter the age in whole years')
        .min(0)
        .max(130, 'Enter an age up to 130')
        .optional(),
      address: optionalText(500),
      nhsNumber: optionalText(20),
      relation: optionalText(100),
      family: tick(),
    }),
  ),
  async show(_ctx, { row, query }) {
    const found = row.draft.people.find((one) => one.key === query.key)
    return { person: found ?? { key: newKey(), part: partOf(query.part), family: true }, isNew: found === undefined }
  },
  save(draft, form, _shown, ctx) {
    const today = dayOf(ctx.now)
    const before = draft.people.find((one) => one.key === form.key)
    if (before === undefined && draft.people.length >= 50)
      return wrong({ '': 'One disclosure is about at most 50 people. Start another for the others.' })
    if (form.born !== undefined && form.born > today)
      return wrong({ born: 'A birthday cannot be in the future. For an unborn child, go back and add an unborn child' })
    if (form.part === 'adult' && form.born === undefined && form.age === undefined)
      return wrong({ age: 'Enter the age, or your best estimate: consent depends on it' })
    if (form.nhsNumber !== undefined && !checkNhsNumber(form.nhsNumber))
      return wrong({ nhsNumber: 'This is not an NHS number: its last digit does not fit. Check it, or leave it empty' })
    const name = plainLine(form.name)
    if (name === '') return wrong({ name: 'Enter a name that can be read' })
    return { ...draft, people: withPerson(draft, personFrom({ ...form, name }, before?.addedOn ?? today)) }
  },
  next: (_form, _draft, { row }) => `/disclosures/${row.id}/about`,
  back: ({ row }) => `/disclosures/${row.id}/about`,
})

interface Typed {
  readonly key: string
  readonly part: Person['part']
  readonly name: string
  readonly alias?: string | undefined
  readonly born?: string | undefined
  readonly due?: string | undefined
  readonly age?: number | undefined
  readonly address?: string | undefined
  readonly nhsNumber?: string | undefined
  readonly relation?: string | undefined
  readonly family: boolean
}

function personFrom(form: Typed, addedOn: string): Person {
  const line = (name: 'alias' | 'nhsNumber' | 'relation') =>
    form[name] === undefined ? {} : { [name]: plainLine(form[name]) }
  return {
    key: form.key,
    part: form.part,
    name: form.name,
    addedOn,
    ...line('alias'),
    ...line('nhsNumber'),
    ...line('relation'),
    ...(form.born === undefined ? {} : { born: form.born }),
    ...(form.part !== 'unborn' || form.due === undefined ? {} : { due: form.due }),
    ...(form.age === undefined || form.born !== undefined ? {} : { age: form.age }),
    ...(form.address === undefined ? {} : { address: plainText(form.address) }),
    ...(form.part === 'adult' ? { family: form.family } : {}),
  }
}

const withPerson = (draft: Draft, one: Person): Person[] =>
  draft.people.some((known) => known.key === one.key)
    ? draft.people.map((known) => (known.key === one.key ? one : known))
    : [...draft.people, one]
