import type { Entry } from '../entry.ts'

/** A field that was set aside, or the reason a row was rejected. `line` counts from 1, as an editor shows it. */
export interface Flaw {
  readonly line: number
  readonly localId?: string
  readonly field: string
  readonly reason: string
  /** What stood there, so that the authority can find it. */
  readonly value?: string
  /** The whole row under its columns, of a CSV, so that it can be mended and fed again. */
  readonly row?: Readonly<Record<string, string>>
}

/**
 * What a feed says of one person, or why a row says nothing that can be kept. `asOf`: when the source said it, ISO 8601. `untold`: parts that
 * it does not speak of, or that were set aside; there its earlier word stands. `repeated`: the person stood earlier in the same file.
 */
export type Told =
  | {
      readonly kind: 'entry'
      readonly line: number
      readonly localId: string
      readonly asOf?: string
      readonly entry: Entry
      readonly untold?: readonly (keyof Entry)[] | 'everything'
      readonly flagged: readonly Flaw[]
    }
  | {
      readonly kind: 'removal'
      readonly line: number
      readonly localId: string
      readonly asOf?: string
      readonly flagged?: readonly Flaw[]
    }
  | { readonly kind: 'repeated'; readonly line: number; readonly localId: string; readonly flagged: readonly Flaw[] }
  | { readonly kind: 'rejected'; readonly flaw: Flaw }

export interface FeedInput {
  readonly bytes: AsyncIterable<Uint8Array>
  /** The authority on whose behalf it is given. */
  readonly authority: { readonly id: string; readonly codes: readonly string[] }
  /** Asked where the authority has no code yet: whether it goes by this one from now on. */
  readonly learn?: (code: string) => boolean
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
   * Tells, in the file's order, each person that the file holds. Throws `FeedRefused` when the file is cut off, is not of this format or is
   * another authority's: then nothing of it is kept.
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

export const LOCAL_ID_LIMIT = 100

/** Why this can be nobody's local id, if so. */
export function unreadableId(localId: string): string | undefined {
  if (localId.length > LOCAL_ID_LIMIT) return `The local id is longer than ${LOCAL_ID_LIMIT} characters.`
  if (/[\p{Cc}\p{Cf}\ufffd]/u.test(localId))
    return 'The local id holds characters that no id has, or that cannot be seen; it may be damaged.'
  // Several children become one where a spreadsheet rounds their numbers.
  return /^\d(?:\.\d+)?E\+\d\d+$/i.test(localId)
    ? 'A spreadsheet has rounded the local id, so it names nobody. Format the column as text, and write the whole id.'
    : undefined
}

/** Another authority's return changes nothing here, whoever brings it. */
export function requireOwn(from: string, { authority, learn }: FeedInput): void {
  const own = [authority.id, ...authority.codes]
  if (authority.codes.length === 0 && from.trim().toLowerCase() !== authority.id && learn?.(from.trim()) === true)
    return
  if (!own.some((one) => one.toLowerCase() === from.trim().toLowerCase()))
    throw new FeedRefused(
      `The file says that it is from authority ${from.slice(0, 60)}; ${authority.id} goes by ${own.join(' or ')}. Choose the right authority, or have its code entered by whoever keeps the register.`,
    )
}
