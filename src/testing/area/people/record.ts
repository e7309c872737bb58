/** A person as one authority's register has them. `person` is the truth: the same number in two registers is the same person. */
export interface InventedPerson {
  readonly authority: string
  readonly localId: string
  readonly person: number
  readonly names: readonly InventedName[]
  readonly birth: { readonly date?: string; readonly year?: number; readonly expected?: string }
  readonly sex: 'F' | 'M' | 'U'
  readonly language: string
  /** A code of the school census. */
  readonly ethnicity: string
  readonly nhsNumber?: string
  readonly upn?: string
  readonly telephone?: string
  readonly addresses: readonly {
    readonly lines: readonly string[]
    readonly postcode?: string
    readonly from: string
    readonly to?: string
  }[]
  readonly relationships: readonly { readonly to: string; readonly kind: Relation; readonly concern?: boolean }[]
  readonly registrations: readonly { readonly category: Category; readonly from: string; readonly to?: string }[]
  readonly conferences: readonly { readonly kind: 'initial' | 'review'; readonly on: string }[]
  readonly referrals: readonly { readonly on: string; readonly from: string }[]
  readonly concerns: readonly string[]
  readonly legalStatuses: readonly { readonly code: string; readonly from: string; readonly to?: string }[]
  readonly lookedAfter: boolean
  readonly lookedAfterFrom?: string
  readonly posesRisk: boolean
  readonly services: readonly string[]
  readonly keyWorker?: { readonly name: string; readonly team: string; readonly telephone: string }
  readonly school?: string
}

export interface InventedName {
  readonly given?: string
  readonly family: string
  readonly kind: 'legal' | 'known-as' | 'former' | 'alias'
}
/** What `to` is of the person: "mother" means that `to` is the mother. */
export type Relation =
  | 'mother'
  | 'father'
  | 'child'
  | 'sibling'
  | 'twin'
  | 'partner'
  | 'grandparent'
  | 'grandchild'
  | 'carer'
  | 'cared-for'
/** Categories of abuse of the children-in-need census. */
export type Category = 'NEG' | 'PHY' | 'SAB' | 'EMO' | 'MUL'
