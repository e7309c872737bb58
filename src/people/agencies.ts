import type { Kind } from '../protocols/index.ts'

/** An agency. Its id is a slug; that of an authority is the code of its register and area. */
export interface Agency {
  readonly id: string
  readonly name: string
  readonly kind: Kind
  readonly keepsRegister: boolean
  /** The authority in whose area it works; absent: the whole area. */
  readonly area?: string
  readonly within?: string
  readonly hubTelephone?: string
  readonly hubHours?: string
  readonly telephone?: string
  readonly fax?: string
  readonly postal?: string
  /** The id of the written protocol that it works under. */
  readonly protocol?: string
  readonly closedOn?: string
  readonly version: number
}

export interface Team {
  readonly id: string
  readonly agency: string
  readonly name: string
}
