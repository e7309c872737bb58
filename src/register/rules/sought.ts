import type { PersonInput } from '../../matching/index.ts'
import type { Known } from '../answer.ts'
import { townsIn } from './towns.ts'
import { nhsNumber, upn } from './values.ts'

/** What is known of someone as matching/ compares it. An age leaves two years in which they may be born. */
export function soughtPerson(known: Known, today: string): PersonInput {
  const year = Number(today.slice(0, 4))
  const born =
    known.born !== undefined
      ? [known.born]
      : known.age === undefined
        ? []
        : [String(year - known.age), String(year - known.age - 1)]
  const names = [
    ...(known.given !== undefined || known.family !== undefined ? [{ given: known.given, family: known.family }] : []),
    ...(known.name === undefined ? [] : [{ full: known.name }]),
    ...(known.aliases ?? []).map((full) => ({ full })),
  ]
  return {
    names,
    born,
    sex: known.sex === 'U' ? undefined : known.sex,
    addresses:
      known.address !== undefined || known.postcode !== undefined
        ? [
            { text: known.address, postcode: known.postcode },
            ...townsIn(known.address ?? '').map((locality) => ({ locality })),
          ]
        : [],
    identifiers: [
      ...(known.nhsNumber === undefined ? [] : [{ type: 'nhs', value: known.nhsNumber.replaceAll(/[\s-]/g, '') }]),
      ...(known.upn === undefined ? [] : [{ type: 'upn', value: known.upn.replaceAll(/\s/g, '').toUpperCase() }]),
    ],
    kin: known.parent === undefined ? [] : [{ full: known.parent }],
    contacts: known.telephone === undefined ? [] : [known.telephone],
    school: known.school,
  }
}

/**
 * The persons who may be meant, each to be looked for: where a name is one word, it may be the first name or the family name, and whoever heard it
 * cannot say which. Goes by what was typed alone.
 */
export function soughtReadings(known: Known, today: string): PersonInput[] {
  const { name, ...rest } = known
  const word = name?.trim() ?? ''
  const alone = word !== '' && !/\s/.test(word) && known.given === undefined && known.family === undefined
  return [known, ...(alone ? [{ ...rest, family: word }] : [])].map((one) => soughtPerson(one, today))
}

/** Why what is known finds nobody; undefined when it may. */
export function tooLittle(known: Known): string | undefined {
  const names = [known.name, known.given, known.family, ...(known.aliases ?? []), known.parent]
  if (names.some(isMoreThanALetter) || known.telephone !== undefined || known.address !== undefined) return undefined
  if (known.postcode !== undefined && known.born !== undefined) return undefined
  const flaw = mistyped(known)
  // A number that cannot be right finds nobody, and that would be taken for an answer.
  if (flaw !== undefined) return `${flaw} Look at it again, or give a part of a name too.`
  if (known.nhsNumber !== undefined || known.upn !== undefined) return undefined
  return 'Give a part of a name, a parent’s name, a number, an address, or a postcode with a date of birth.'
}

/** A day within so many days may be when a child is expected. */
const EXPECTED_WITHIN_DAYS = 310

/** A single Latin letter is no part of a name that anybody is looked for under. */
const isMoreThanALetter = (name: string | undefined): boolean =>
  name !== undefined && !/^[\p{Script=Latin}\P{L}]$/u.test(name.replaceAll(/[^\p{L}]/gu, '') || '.')

/** What does not fit of an age beside a birthday; undefined where it may. The birthday is what is looked for. `today` is YYYY-MM-DD. */
export function ageApart({ age, born }: Known, today: string): string | undefined {
  if (age === undefined || born === undefined) return undefined
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4))
  const had = born.slice(5) <= today.slice(5, born.length) ? years : years - 1
  const fits = age === had || (born.length < 10 && (age === years || age === years - 1))
  return fits ? undefined : `The age you gave (${age}) does not fit the birthday; the birthday was looked for.`
}

/** Why nobody can have been born then yet; undefined where somebody can, or where a mother's child is expected. `today` is YYYY-MM-DD. */
export function notYetBorn({ born, parent }: Known, today: string): string | undefined {
  if (born === undefined || born <= today.slice(0, born.length)) return undefined
  const last = new Date(Date.parse(today) + EXPECTED_WITHIN_DAYS * 86_400_000).toISOString()
  if (parent !== undefined && born <= last.slice(0, born.length)) return undefined
  return 'This birthday has not come yet. For a child not born yet give the mother as the parent, with her postcode or address.'
}

/** What cannot be right of a number that was given; undefined where none was given or all may be. */
export function mistyped({ nhsNumber: nhs, upn: pupil }: Known): string | undefined {
  const read = [...(nhs === undefined ? [] : [nhsNumber(nhs)]), ...(pupil === undefined ? [] : [upn(pupil)])]
  return read.flatMap((one) => ('flaw' in one ? [one.flaw] : []))[0]
}
