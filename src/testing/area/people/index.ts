// The people of the invented area, as five registers have them. Nobody here lives or has lived.
export { type Inventing, inventPeople } from './generate.ts'
export type { Category, InventedName, InventedPerson, Relation } from './record.ts'
