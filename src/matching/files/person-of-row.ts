import type { PersonInput } from '../person.ts'
import type { Columns } from './columns.ts'

type Texts<Part extends string> = Record<Part, string | undefined>
type NamePart = 'given' | 'family' | 'full'
type AddressPart = 'text' | 'number' | 'locality' | 'region' | 'postcode'

const blankName = (): Texts<NamePart> => ({ given: undefined, family: undefined, full: undefined })
const blankAddress = (): Texts<AddressPart> => ({
  text: undefined,
  number: undefined,
  locality: undefined,
  region: undefined,
  postcode: undefined,
})

/** one row at a time: the same person is filled again and again, which spares most of the memory's turnover */
const names: Texts<NamePart>[] = []
const addresses: Texts<AddressPart>[] = []
const born: string[] = []
const identifiers: { type: string; value: string }[] = []
const kin: { full: string }[] = []
const contacts: string[] = []
const person = {
  names,
  addresses,
  born,
  identifiers,
  kin,
  contacts,
  sex: undefined as string | undefined,
  birthPlace: undefined as string | undefined,
  occupation: undefined as string | undefined,
  school: undefined as string | undefined,
} satisfies PersonInput

/** One row of a file as a person, by its recognised columns. Good until the next row is asked for. */
export function personOf(record: readonly string[], { columns }: Columns): PersonInput {
  clear()
  for (let c = 0; c < columns.length; c++) {
    const { index, role, name } = columns[c]!
    const text = record[index]
    if (text === undefined || text === '') continue
    const value = text.trim()
    if (value === '') continue
    switch (role) {
      case 'given':
      case 'family':
      case 'full':
        place(names, role, value, blankName)
        break
      case 'middle':
        if (names.length === 0) names.push(blankName())
        names[0]!.given = `${names[0]!.given ?? ''} ${value}`
        break
      case 'number':
      case 'locality':
      case 'region':
      case 'postcode':
        place(addresses, role, value, blankAddress)
        break
      case 'address':
        place(addresses, 'text', value, blankAddress)
        break
      case 'born':
        born.push(value)
        break
      case 'identifier':
        identifiers.push({ type: name, value })
        break
      case 'kin':
        kin.push({ full: value })
        break
      case 'contact':
        contacts.push(value)
        break
      case 'sex':
      case 'birthPlace':
      case 'occupation':
      case 'school':
        person[role] = value
        break
      case 'id':
        break
    }
  }
  return person
}

function clear(): void {
  names.length = 0
  addresses.length = 0
  born.length = 0
  identifiers.length = 0
  kin.length = 0
  contacts.length = 0
  person.sex = undefined
  person.birthPlace = undefined
  person.occupation = undefined
  person.school = undefined
}

/** the first entry that lacks this part takes it; a second column of the same kind begins another entry */
function place<Part extends string>(entries: Texts<Part>[], part: Part, value: string, blank: () => Texts<Part>): void {
  if (value.includes(';')) {
    for (const one of value.split(';')) placeOne(entries, part, one.trim(), blank)
  } else placeOne(entries, part, value, blank)
}

function placeOne<Part extends string>(
  entries: Texts<Part>[],
  part: Part,
  value: string,
  blank: () => Texts<Part>,
): void {
  for (let i = 0; i < entries.length; i++) {
    if (entries[i]![part] === undefined) {
      entries[i]![part] = value
      return
    }
  }
  const entry = blank()
  entry[part] = value
  entries.push(entry)
}
