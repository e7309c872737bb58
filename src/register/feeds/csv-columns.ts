import { requireCommas } from './csv-rows.ts'
import { FeedRefused } from './feed.ts'

/** The columns of our CSV; only `local_id` must be there. Several values in one cell are divided by semicolons. */
export const COLUMNS: Readonly<Record<string, string>> = {
  local_id: 'the authority’s own number of the person',
  authority: 'the authority’s code, where one file carries it on each line',
  given_name: 'Aisha',
  family_name: 'Khan',
  known_as: 'Ayesha Khan',
  former_names: 'Aisha Malik; A. Malik',
  aliases: 'Eesha Khan',
  date_of_birth: '2015-03-09 or 09/03/2015',
  year_of_birth: '2015',
  expected: 'expected date of birth of an unborn child',
  date_of_death: '2024-01-31',
  sex: 'F, M or U',
  nhs_number: 'ten digits',
  former_nhs_numbers: 'superseded numbers',
  upn: 'unique pupil number',
  former_upns: 'earlier ones',
  address: '12 Mill Lane, Kirkvale',
  postcode: 'KV1 2AB',
  address_from: '2021-03-04',
  former_addresses: '3 High Street, Kirkvale, KV2 1AA (2019-01-02 to 2021-03-03)',
  language: 'Urdu',
  ethnicity: 'APKN',
  telephone: '0300 000 0000',
  school: 'St John’s',
  relationships: 'mother: K-10021 Amina Khan; sibling: K-10023',
  relationships_of_concern: 'partner: K-20001',
  registrations: 'PHY 2024-01-01 to 2024-06-30; NEG 2025-02-01',
  conferences: 'initial 2024-01-15; review 2024-04-10',
  referrals: '2023-12-20 school',
  legal_statuses: 'C2 2020-01-01 to 2021-01-01',
  looked_after: 'yes or no',
  poses_risk: 'yes or no',
  concerns: 'neglect; domestic abuse',
  services: 'family support',
  key_worker: 'name',
  key_worker_team: 'team',
  key_worker_telephone: 'number',
  shielded: 'the reason',
  shielded_visible_to: 'users who may see it',
  updated: 'when the row was last changed, ISO 8601',
  removed: 'yes where the person leaves the register',
}

/** Columns of the file to mend; they are passed over when it is fed again. */
export const MENDING: readonly string[] = ['mend_line', 'mend_field', 'mend_reason', 'mend_outcome']

/** Where each column stands in a file, from its heading. Throws FeedRefused where a column is unknown, double, or local_id is missing. */
export function columnsFrom(heading: readonly string[]): ReadonlyMap<string, number> {
  const columns = heading.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_'),
  )
  requireCommas(heading, /local.?id/i)
  if (!columns.includes('local_id'))
    throw new FeedRefused('The first line must name the columns, and one of them must be local_id.', 1)
  const unknown = columns.find((name) => !Object.hasOwn(COLUMNS, name) && !MENDING.includes(name))
  if (unknown !== undefined)
    throw new FeedRefused(
      `The file has a column that is not known: ${unknown.slice(0, 60)}. Known columns are ${Object.keys(COLUMNS).join(', ')}.`,
      1,
    )
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice !== undefined) throw new FeedRefused(`The column ${twice} is there twice.`, 1)
  return new Map(columns.flatMap((name, index) => (MENDING.includes(name) ? [] : [[name, index]])))
}
