import type { Context } from './context.ts'

/** Whose records are sought. At least one of the fields is given; several narrow it down. */
export interface Sought {
  /** The id under which a room knows the person. */
  readonly subject?: string
  readonly givenName?: string
  readonly surname?: string
  /** YYYY-MM-DD */
  readonly born?: string
  readonly nhsNumber?: string
}

export interface HeldRecord {
  readonly id: string
  /** What it is, for a person who chooses among records: "register entry of 3 May 2015". */
  readonly label: string
  readonly since: Date
}

/**
 * A kind of record that names a person. Every table that does is in some room's `holdings`, so that subject access, correction and
 * disposal are loops over them.
 */
export interface Holding {
  /** "register.entry" */
  readonly name: string
  /** The tables it answers for, each as schema.table. */
  readonly tables: readonly string[]
  /** How long it is kept, in words, and the rule or law that says so. */
  readonly retention: { readonly text: string; readonly cites: readonly string[] }
  find(ctx: Context, sought: Sought): Promise<HeldRecord[]>
  /** Everything held in one record, as fields with readable names. */
  export(ctx: Context, id: string): Promise<Readonly<Record<string, unknown>>>
  /** Marks or mends a field; absent where a record may not be altered (the log of acts). */
  correct?(
    ctx: Context,
    id: string,
    change: { readonly field: string; readonly to: string; readonly reason: string },
  ): Promise<void>
  /** The records whose time is over. */
  due(ctx: Context): Promise<string[]>
  /** Disposes of them; gives how many went. */
  dispose(ctx: Context, ids: readonly string[]): Promise<number>
}

export const holding = (definition: Holding): Holding => definition
