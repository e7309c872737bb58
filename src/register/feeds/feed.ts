import type { Entry } from '../entry.ts'

/** A field that was set aside, or the reason a row was rejected. `line` counts from 1, as an editor shows it. */
export interface Flaw {
  readonly line: number
  readonly localId?: string
  readonly field: string
  readonly reason: string
  /** What stood there, so that the authority can find it. */
  readonly value?: string
}

/** What a feed says of one person, or why a row says nothing that can be kept. */
export type Told =
  | {
      readonly kind: 'entry'
      readonly line: number
      readonly localId: string
      readonly asOf?: string
      readonly entry: Entry
      readonly flagged: readonly Flaw[]
    }
  | { readonly kind: 'removal'; readonly line: number; readonly localId: string; readonly asOf?: string }
  | { readonly kind: 'rejected'; readonly flaw: Flaw }

/** What stands at the head of a whole return. */
export interface Heading {
  /** The authority that the file says it is from, by the code it uses. */
  readonly from?: string
  /** When it was made, ISO 8601; an older one never undoes a newer. */
  readonly asOf?: string
}

export interface FeedInput {
  readonly bytes: AsyncIterable<Uint8Array>
  /** The authority on whose behalf it is given. */
  readonly authority: { readonly id: string; readonly codes: readonly string[] }
  /** Today, YYYY-MM-DD: what lies after it cannot have happened. */
  readonly today: string
}

/** One format of feed. It reads, validates and tells; it knows no database. */
export interface Feed {
  readonly format: string
  readonly title: string
  /** What it brings, for the page where a file is chosen. */
  readonly brings: string
  /**
   * Tells, in the file's order, each person that the file holds; a person appears once. Throws `FeedRefused` when the file is cut off, is
   * not of this format or is another authority's: then nothing of it is kept.
   */
  read(input: FeedInput): AsyncIterable<Told>
}

/** The whole file is refused, with a sentence that says what to do. */
export class FeedRefused extends Error {
  readonly line: number | undefined
  constructor(sentence: string, line?: number) {
    super(sentence)
    this.name = 'FeedRefused'
    this.line = line
  }
}
