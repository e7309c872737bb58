import type { AddressInput, NameInput, PersonInput } from '../person.ts'
import type { Columns } from './columns.ts'

/** One row of a file as a person, by its recognised columns. */
export function personOf(record: readonly string[], { columns }: Columns): PersonInput {
  const names: { given?: string; family?: string; full?: string }[] = [{}]
  const addresses: { text?: string; number?: string; locality?: string; region?: string; postcode?: string }[] = [{}]
  const born: string[] = []
  const identifiers: { type: string; value: string }[] = []
  const kin: NameInput[] = []
  const contacts: string[] = []
  const person: { sex?: string; birthPlace?: string; occupation?: string; school?: string } = {}
  for (const { index, role, name } of columns) {
    const text = record[index]
    if (text === undefined || text === '') continue
    const value = text.trim()
    if (value === '') continue
    switch (role) {
      case 'given':
      case 'family':
      case 'full':
        place(names, role, value)
        break
      case 'middle':
        names[0]!.given = `${names[0]!.given ?? ''} ${value}`
        break
      case 'number':
      case 'locality':
      case 'region':
      case 'postcode':
        place(addresses, role, value)
        break
      case 'address':
        place(addresses, 'text', value)
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
  return { ...person, names, addresses: addresses as AddressInput[], born, identifiers, kin, contacts }
}

/** the first entry that lacks this part takes it; a second column of the same kind begins another entry */
function place<Part extends string>(entries: Partial<Record<Part, string>>[], part: Part, value: string): void {
  const values = value.includes(';') ? value.split(';').map((v) => v.trim()) : [value]
  for (const one of values) {
    const free = entries.find((entry) => entry[part] === undefined)
    if (free) free[part] = one
    else entries.push({ [part]: one } as Partial<Record<Part, string>>)
  }
}
