import { z } from 'zod'
import { GROUNDS, PURPOSES } from '../../protocols/index.ts'
import { choice, optionalText, text } from '../../web/index.ts'
import { type Check, checkSchema } from '../answer.ts'
import { nhsNumber, upn } from './values.ts'

const digits = (most: number, sentence: string) =>
  z
    .string()
    .regex(/^\d{1,4}$/, sentence)
    .refine((typed) => Number(typed) >= 1 && Number(typed) <= most, sentence)
    .optional()

/** What the form of a check sends. Every part of a birthday may be missing but the year. */
export const checkForm = z.object({
  name: optionalText(200),
  otherNames: optionalText(500),
  'born-day': digits(31, 'Enter the day as a number from 1 to 31'),
  'born-month': digits(12, 'Enter the month as a number from 1 to 12'),
  'born-year': z
    .string()
    .regex(/^(18[5-9]|19|20|21)\d+$/, 'Enter the year with four digits, such as 2015')
    .length(4, 'Enter the year with four digits, such as 2015')
    .optional(),
  age: z
    .string()
    .regex(/^\d{1,3}$/, 'Enter the age in whole years, such as 9')
    .refine((typed) => Number(typed) <= 120, 'Enter the age in whole years, such as 9')
    .optional(),
  sex: z.enum(['F', 'M'], 'Choose from the list').optional(),
  postcode: optionalText(20),
  address: optionalText(200),
  parent: optionalText(200),
  school: optionalText(200),
  nhsNumber: optionalText(30),
  upn: optionalText(30),
  telephone: optionalText(40),
  purpose: choice(PURPOSES, 'Choose the reason for which you ask'),
  consent: choice(['given', 'refused', 'not-sought'], 'Say whether consent was given'),
  ground: z.enum(GROUNDS, 'Choose the ground from the list').optional(),
  risk: choice(['none', 'significant-harm', 'imminent-harm'], 'Say how great the risk is, as far as you know'),
  needToKnow: text('Write why you need to know', 500),
  proportionate: choice(['yes', 'no'], 'Say whether asking is proportionate'),
})
export type CheckForm = z.infer<typeof checkForm>

/** The form as a check, or what is wrong with it, by field. */
export function typedCheck(form: CheckForm): Check | { readonly wrong: Readonly<Record<string, string>> } {
  const { 'born-day': day, 'born-month': month, 'born-year': year } = form
  if (year === undefined && (day !== undefined || month !== undefined))
    return { wrong: { 'born-year': 'Enter the year too, or leave the birthday empty and give an age' } }
  if (day !== undefined && month === undefined) return { wrong: { 'born-month': 'Enter the month too' } }
  const born =
    year === undefined
      ? undefined
      : [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter((part) => part !== undefined).join('-')
  if (born?.length === 10 && !exists(born))
    return { wrong: { 'born-day': 'Enter a day that exists, such as 27 3 2015' } }
  // A mistyped number would find nobody, and be taken for an answer.
  for (const [field, read] of [
    ['nhsNumber', nhsNumber],
    ['upn', upn],
  ] as const) {
    const typed = form[field]?.trim() ?? ''
    const flaw = typed === '' ? undefined : (read(typed) as { flaw?: string }).flaw
    if (flaw !== undefined) return { wrong: { [field]: `${flaw} Look at it again, or leave it empty` } }
  }
  if (form.postcode !== undefined && !/^(?:[a-z]{1,2}\d[a-z\d]?|gir)\s*(?:\d[a-z]{2})?$/i.test(form.postcode.trim()))
    return {
      wrong: {
        postcode: 'Enter a postcode such as KV1 2AB, or its first half; anything else goes under House and street',
      },
    }
  // Whatever the risk: harm lifts the need for consent, and not the duty to say on which ground it was done without (WY-10).
  if (form.consent !== 'given' && form.ground === undefined)
    return { wrong: { ground: 'There is no consent: choose the ground on which you ask without it' } }
  const given = {
    known: {
      name: form.name,
      aliases: form.otherNames
        ?.split(/[,;\n]/)
        .map((one) => one.trim())
        .filter((one) => one !== '')
        .slice(0, 10),
      born,
      age: form.age === undefined ? undefined : Number(form.age),
      sex: form.sex,
      postcode: form.postcode,
      address: form.address,
      parent: form.parent,
      school: form.school,
      nhsNumber: form.nhsNumber,
      upn: form.upn,
      telephone: form.telephone,
    },
    purpose: form.purpose,
    consent: form.consent,
    ground: form.ground,
    risk: form.risk,
    needToKnow: form.needToKnow,
    proportionate: form.proportionate === 'yes',
  }
  const parsed = checkSchema.safeParse(JSON.parse(JSON.stringify(given)))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  return { wrong: { [issue.path.at(-1)?.toString() ?? '']: issue.message } }
}

const exists = (day: string): boolean => {
  const found = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(found.getTime()) && found.toISOString().startsWith(day)
}
