/** What a backup says of itself at its front. */
export interface Manifest {
  readonly format: 1
  /** ISO moment of the snapshot. */
  readonly at: string
  readonly product: string
  /** Migrations with their check sums, see `schemaOf`. */
  readonly schema: readonly string[]
}

/** What is counted and summed of each part, when it is written and again when it is read. `sha256` is of its content. */
export interface PartSum {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  /** Of a table. */
  readonly rows?: number
}

/** What stands at the end: every part's sum, where the sequences stand, and the files that could not be read when it was made. */
export interface Closing {
  readonly parts: readonly PartSum[]
  readonly sequences: readonly { readonly name: string; readonly last: string | null }[]
  readonly missing: readonly string[]
}
