/** What a column of a file of persons holds; `identifier` columns keep their own name as type. */
export type Role =
  | 'id'
  | 'given'
  | 'middle'
  | 'family'
  | 'full'
  | 'born'
  | 'sex'
  | 'number'
  | 'address'
  | 'locality'
  | 'region'
  | 'postcode'
  | 'identifier'
  | 'kin'
  | 'contact'
  | 'birthPlace'
  | 'occupation'
  | 'school'

export interface Column {
  readonly index: number
  readonly role: Role
  /** header as a plain word; the type of an identifier */
  readonly name: string
}

export interface Columns {
  readonly id: number
  readonly columns: readonly Column[]
  /** those of `--map` that this file has */
  readonly mapped: readonly string[]
}

export const ROLES: Readonly<Record<Role, readonly string[]>> = {
  id: ['id', 'rec_id', 'unique_id'],
  given: [
    'given_name',
    'first_name',
    'forename',
    'given',
    'firstname',
    'forenames',
    'given_names',
    'first_names',
    'givenname',
    'christian_name',
    'known_as',
    'preferred_name',
  ],
  middle: ['middle_name', 'middle_names', 'middlename', 'second_name'],
  family: ['surname', 'family_name', 'last_name', 'lastname', 'family', 'maiden_name', 'birth_name', 'familyname'],
  full: ['full_name', 'name', 'fullname', 'alias', 'aliases', 'aka', 'also_known_as', 'person_name', 'child_name'],
  born: [
    'date_of_birth',
    'dob',
    'born',
    'birth_date',
    'birthdate',
    'birthday',
    'expected_date_of_birth',
    'year_of_birth',
    'date_birth',
    'expected_delivery',
  ],
  sex: ['sex', 'gender'],
  number: ['street_number', 'house_number', 'house', 'building_number', 'number'],
  address: ['address', 'address_line', 'street', 'street_name', 'street_address', 'address_lines', 'residence'],
  locality: ['suburb', 'town', 'city', 'locality', 'place', 'village', 'post_town'],
  region: ['state', 'county', 'region', 'province'],
  postcode: ['postcode', 'post_code', 'postal_code', 'zip', 'zip_code', 'zipcode', 'postcode_fake', 'pcode'],
  identifier: [
    'nhs_number',
    'nhs',
    'nhs_no',
    'upn',
    'unique_pupil_number',
    'nino',
    'national_insurance_number',
    'ni_number',
    'soc_sec_id',
    'social_security_number',
    'ssn',
    'passport',
    'passport_number',
    'uln',
    'uprn_person',
    'chi_number',
    'pnc_id',
    'hospital_number',
    'mrn',
  ],
  kin: [
    'mother',
    'mother_name',
    'mothers_name',
    'father',
    'father_name',
    'fathers_name',
    'parent',
    'parent_name',
    'carer',
    'carer_name',
    'guardian',
    'guardian_name',
  ],
  contact: [
    'telephone',
    'phone',
    'phone_number',
    'mobile',
    'tel',
    'email',
    'e_mail',
    'email_address',
    'telephone_number',
    'mobile_number',
  ],
  birthPlace: ['birth_place', 'place_of_birth', 'birthplace', 'pob', 'country_of_birth'],
  occupation: ['occupation', 'job', 'profession'],
  school: ['school', 'school_name', 'establishment'],
}

const BY_HEADER = new Map<string, Role>()
for (const [role, headers] of Object.entries(ROLES)) for (const header of headers) BY_HEADER.set(header, role as Role)

function plain(header: string): string {
  return header
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
}

/**
 * Says which columns are understood, by their headers or by `map` (`theirs=ours`, such as `Vorname=given_name`). The id
 * is the column `id`, `rec_id` or `unique_id`, else the first. A sentence instead, when nothing names or dates anybody.
 */
export function recogniseColumns(
  headers: readonly string[],
  map: ReadonlyMap<string, string> = new Map(),
): Columns | string {
  const mapped = new Map<string, string>()
  const ours = new Set(headers.map(plain))
  const used: string[] = []
  for (const [theirs, known] of map) {
    if (roleOf(plain(known)) === undefined) {
      return `--map does not know "${known}". Known are: ${Object.values(ROLES)
        .map((names) => names[0])
        .join(', ')}.`
    }
    if (!ours.has(plain(theirs))) continue
    mapped.set(plain(theirs), plain(known))
    used.push(theirs)
  }
  let id = -1
  const columns: Column[] = []
  for (const [index, header] of headers.entries()) {
    const own = plain(header)
    const name = mapped.get(own) ?? own
    const role = roleOf(name)
    if (role === 'id') {
      if (id < 0) id = index
    } else if (role !== undefined)
      columns.push({ index, role, name: BY_HEADER.has(name) ? name : name.replace(/_?\d+$/, '') })
  }
  if (id < 0) id = 0
  const told = columns.filter((column) => column.index !== id)
  if (!told.some(({ role }) => ['given', 'family', 'full', 'born', 'identifier'].includes(role))) {
    return `No column with a name, a date of birth or a number was recognised. The file has: ${headers
      .map((h) => h.trim())
      .join(', ')
      .slice(0, 300)}. Name them with --map, such as --map "their column=surname".`
  }
  return { id, columns: told, mapped: used }
}

function roleOf(name: string): Role | undefined {
  const own = BY_HEADER.get(name)
  if (own) return own
  const bare = name
    .replace(/^(previous|former|other|alias|second|old|current|home|alternative)_/, '')
    .replace(/_?\d+$/, '')
  const role = BY_HEADER.get(bare)
  return role === 'id' ? undefined : role
}
