import type { PersonInput } from '../../matching/index.ts'
import type { Entry } from '../entry.ts'
import { townsIn } from './towns.ts'

/** An entry as matching/ compares it: every name, birthday, address and number that it holds. */
export function asPerson(entry: Entry, authority: string, localId: string): PersonInput {
  const born = [entry.born?.date, entry.born?.year?.toString(), entry.born?.expected].filter((one) => one !== undefined)
  const kin = (entry.relationships ?? [])
    .filter((one) => one.name !== undefined && ['mother', 'father', 'parent', 'carer'].includes(one.kind))
    .map((one) => ({ full: one.name }))
  const towns = new Set((entry.addresses ?? []).flatMap(({ lines }) => townsIn(lines.join(', '))))
  return {
    names: (entry.names ?? []).map(({ given, family }) => ({ given, family })),
    born: born.slice(0, 1),
    sex: entry.sex === 'U' ? undefined : entry.sex,
    addresses: [
      ...(entry.addresses ?? []).map(({ lines, postcode }) => ({ text: lines.join(', '), postcode })),
      ...[...towns].map((locality) => ({ locality })),
    ],
    identifiers: [
      ...[entry.nhsNumber, ...(entry.formerNhsNumbers ?? [])].flatMap((value) =>
        value === undefined ? [] : [{ type: 'nhs', value }],
      ),
      ...[entry.upn, ...(entry.formerUpns ?? [])].flatMap((value) =>
        value === undefined ? [] : [{ type: 'upn', value }],
      ),
      { type: `local:${authority}`, value: localId },
    ],
    kin,
    contacts: entry.telephone === undefined ? [] : [entry.telephone],
    school: entry.school,
  }
}
