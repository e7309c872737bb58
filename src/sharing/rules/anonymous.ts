import { scan } from '../../scanning/index.ts'
import type { Draft } from '../draft.ts'
import { ageOn } from './ages.ts'
import { plainLine } from './plain.ts'
import { ITEM_WORDS, KIND_WORDS, PURPOSE_WORDS, RISK_WORDS } from './words.ts'

const TELLING = new Set(['PERSON', 'POSTCODE', 'NHS_NUMBER', 'UPN', 'NINO', 'PHONE', 'EMAIL', 'IDENTIFIER'])

/**
 * What in a question to an adviser tells who it is about (BEX-3). `known`: names of this very case, which may never stand there; `perhaps`: what looks like
 * a name or number, which the worker must look at.
 */
export function identifyingIn(
  text: string,
  draft: Draft,
): { readonly known: readonly string[]; readonly perhaps: readonly string[] } {
  const lower = ` ${plainLine(text).toLocaleLowerCase('en-GB')} `
  const names = draft.people
    .flatMap((one) => [one.name, ...(one.alias === undefined ? [] : [one.alias])])
    .flatMap((name) => [name, ...name.split(/\s+/u).filter((part) => [...part].length >= 3)])
  const known = names.filter((name) =>
    new RegExp(
      `(?<![\\p{L}\\p{N}])${name.toLocaleLowerCase('en-GB').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
      'u',
    ).test(lower),
  )
  const numbers = draft.people
    .flatMap((one) => [one.nhsNumber, one.address])
    .filter((one): one is string => one !== undefined && lower.includes(one.toLocaleLowerCase('en-GB')))
  const perhaps = scan(text)
    .filter((one) => TELLING.has(one.type))
    .map((one) => one.text)
  return {
    known: [...new Set([...known, ...numbers])],
    perhaps: [...new Set(perhaps)].filter((one) => !known.includes(one)),
  }
}

/** What an adviser sees beside the question: kinds of information and of people, and no identity. */
export const anonymousFacts = (draft: Draft, day: string): Readonly<Record<string, unknown>> => ({
  purpose: draft.worry?.purpose === undefined ? 'Not chosen yet' : PURPOSE_WORDS[draft.worry.purpose],
  risk: RISK_WORDS[draft.worry?.risk ?? 'none'],
  children: draft.people
    .filter((one) => one.part !== 'adult')
    .map((one) => (one.part === 'unborn' ? 'Unborn child' : ageBand(ageOn(one, day)))),
  information: draft.items.map((one) => ITEM_WORDS[one.item]),
  recipients: draft.recipients.map((one) => [KIND_WORDS[one.kind], one.role].filter(Boolean).join(': ')),
  consent: draft.consent.map((one) => one.state),
})

// A band, because an exact age beside the rest of a question may tell who it is.
function ageBand(age: number | undefined): string {
  if (age === undefined) return 'Child, age not known'
  return age < 1 ? 'Under 1' : age < 5 ? '1 to 4' : age < 11 ? '5 to 10' : age < 16 ? '11 to 15' : '16 or over'
}
