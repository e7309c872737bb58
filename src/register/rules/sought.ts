import type { PersonInput } from '../../matching/index.ts'
import type { Known } from '../answer.ts'
import { townsIn } from './towns.ts'

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

/** Why what is known finds nobody; undefined when it may. */
export function tooLittle(known: Known): string | undefined {
  const named = known.name ?? known.given ?? known.family ?? known.aliases?.[0] ?? known.parent
  if (named !== undefined || known.nhsNumber !== undefined || known.upn !== undefined || known.telephone !== undefined)
    return undefined
  if (known.address !== undefined || (known.postcode !== undefined && known.born !== undefined)) return undefined
  return 'Give a part of a name, a parent’s name, a number, an address, or a postcode with a date of birth.'
}
