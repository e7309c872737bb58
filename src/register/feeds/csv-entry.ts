import type { Entry } from '../entry.ts'
import { day, nhsNumber, sex, upn, type Value } from '../rules/values.ts'
import * as values from './csv-values.ts'
import { compact, some } from './parts.ts'

/** Which part of an entry each column fills, so that what was set aside leaves what stood there. */
const FILLS: Readonly<Record<string, keyof Entry>> = {
  given_name: 'names',
  family_name: 'names',
  known_as: 'names',
  former_names: 'names',
  aliases: 'names',
  date_of_birth: 'born',
  year_of_birth: 'born',
  expected: 'born',
  date_of_death: 'died',
  sex: 'sex',
  nhs_number: 'nhsNumber',
  former_nhs_numbers: 'formerNhsNumbers',
  upn: 'upn',
  former_upns: 'formerUpns',
  address: 'addresses',
  postcode: 'addresses',
  address_from: 'addresses',
  former_addresses: 'addresses',
  language: 'language',
  ethnicity: 'ethnicity',
  telephone: 'telephone',
  school: 'school',
  relationships: 'relationships',
  relationships_of_concern: 'relationships',
  registrations: 'registrations',
  conferences: 'conferences',
  referrals: 'referrals',
  legal_statuses: 'legalStatuses',
  looked_after: 'lookedAfter',
  poses_risk: 'posesRisk',
  concerns: 'concerns',
  services: 'services',
  key_worker: 'keyWorker',
  key_worker_team: 'keyWorker',
  key_worker_telephone: 'keyWorker',
  shielded: 'shielded',
  shielded_visible_to: 'shielded',
}
const PARTS = [...new Set(Object.values(FILLS))]
const CELL_LIMIT = 10_000
const LIST_LIMIT = 200
/** Of the entry's own limits, those below 200. */
const FEWER: Readonly<Record<string, number>> = {
  known_as: 15,
  former_names: 15,
  aliases: 15,
  former_nhs_numbers: 20,
  former_upns: 20,
  former_addresses: 99,
  relationships: 100,
  relationships_of_concern: 100,
  services: 100,
  shielded_visible_to: 50,
}

/** The entry that a row's cells make. What cannot be read is set aside and told to `flag`; `untold` names the parts it belongs to, and
 *  those that no column of the file speaks of: there the source's earlier word stands (BEX-54). */
export function entryOf(
  text: (field: string) => string,
  columns: ReadonlyMap<string, number>,
  today: string,
  flag: (field: string, reason: string, value: string) => void,
): { entry: Entry; untold: readonly (keyof Entry)[] } {
  const told = new Set([...columns.keys()].map((field) => FILLS[field]))
  const untold = new Set<keyof Entry>(PARTS.filter((part) => !told.has(part)))
  const setAside = (field: string, reason: string, value: string): undefined => {
    flag(field, reason, value)
    const part = FILLS[field]
    if (part !== undefined) untold.add(part)
    return undefined
  }
  const cell = (field: string): string | undefined => {
    const found = text(field)
    if (found === '') return undefined
    if (found.length > CELL_LIMIT) return setAside(field, 'The cell is longer than 10,000 characters.', found)
    if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(found))
      return setAside(field, 'The cell holds characters that no text has; it may be damaged.', found)
    return found
  }
  const accept = <T>(field: string, written: string, how: (written: string) => Value<T>): T | undefined => {
    const found = how(written)
    return 'value' in found ? found.value : setAside(field, found.flaw, written)
  }
  const read = <T>(field: string, how: (written: string) => Value<T>): T | undefined => {
    const found = cell(field)
    return found === undefined ? undefined : accept(field, found, how)
  }
  const each = <T>(field: string, how: (written: string) => Value<T>): T[] | undefined => {
    const found = cell(field)
    if (found === undefined) return undefined
    const all = found
      .split(';')
      .map((one) => one.trim())
      .filter((one) => one !== '')
    const limit = FEWER[field] ?? LIST_LIMIT
    if (all.length > limit) setAside(field, `More than ${limit} are given; the first ${limit} were kept.`, all[limit]!)
    return some(all.slice(0, limit).flatMap((one) => accept(field, one, how) ?? []))
  }
  const short = (written: string): Value<string> =>
    written.length > 500 ? { flaw: 'It is longer than 500 characters.' } : { value: written }
  const past = (written: string): Value<string> => day(written, today)
  const legal = compact({ given: read('given_name', short), family: read('family_name', short) })
  const named = (field: string, kind: 'known-as' | 'former' | 'alias') =>
    (each(field, short) ?? []).map((one) => ({ ...values.divided(one), kind }))
  const born = compact({
    date: read('date_of_birth', past),
    year: read('year_of_birth', (written) => values.year(written, today)),
    expected: read('expected', (written) => day(written)),
  })
  const now = compact({
    lines: read('address', (written) => values.addressLines(written)),
    postcode: read('postcode', values.postcode),
    from: read('address_from', past),
  })
  const keyWorker = compact({
    name: read('key_worker', short),
    team: read('key_worker_team', short),
    telephone: read('key_worker_telephone', short),
  })
  const shielded = read('shielded', short)
  const visibleTo = each('shielded_visible_to', short)
  const died = read('date_of_death', past)
  const early = died !== undefined && born.date !== undefined && died < born.date
  const entry: Entry = compact({
    names: some([
      ...(legal.given !== undefined || legal.family !== undefined ? [{ ...legal, kind: 'legal' as const }] : []),
      ...named('known_as', 'known-as'),
      ...named('former_names', 'former'),
      ...named('aliases', 'alias'),
    ]),
    born: given(born),
    died: early ? setAside('date_of_death', 'The day of death lies before the birthday.', died) : died,
    sex: read('sex', sex),
    nhsNumber: read('nhs_number', nhsNumber),
    formerNhsNumbers: each('former_nhs_numbers', nhsNumber),
    upn: read('upn', upn),
    formerUpns: each('former_upns', upn),
    language: read('language', short),
    ethnicity: read('ethnicity', short),
    telephone: read('telephone', short),
    school: read('school', short),
    addresses: some([
      ...(now.lines !== undefined || now.postcode !== undefined ? [{ ...now, lines: now.lines ?? [] }] : []),
      ...(each('former_addresses', (written) => values.formerAddress(written, today)) ?? []),
    ]),
    relationships: some([
      ...(each('relationships', values.relationship) ?? []),
      ...(each('relationships_of_concern', values.relationship) ?? []).map((one) => ({ ...one, concern: true })),
    ]),
    registrations: each('registrations', (written) => values.registration(written, today)),
    conferences: each('conferences', (written) => values.conference(written, today)),
    referrals: each('referrals', (written) => values.referral(written, today)),
    legalStatuses: each('legal_statuses', (written) => values.legalStatus(written, today)),
    lookedAfter: read('looked_after', values.yesNo),
    posesRisk: read('poses_risk', values.yesNo),
    concerns: each('concerns', short),
    services: each('services', short),
    keyWorker: given(keyWorker),
    // Whoever is to be shielded and whose reason could not be read is shielded all the same.
    shielded:
      shielded === undefined && visibleTo === undefined && text('shielded') === ''
        ? undefined
        : { because: shielded ?? 'the reason could not be read', visibleTo: visibleTo ?? [] },
  })
  return { entry, untold: [...untold] }
}

const given = <T extends object>(found: T): T | undefined => (Object.keys(found).length > 0 ? found : undefined)
