/** What one message's files may cost, shared over all of them, and what has been found in them so far. */
import type { Inside, Piece, Problem } from './types.ts'

export interface WorkLimits {
  /** Bytes that come out of archives, compressed streams and objects. */
  readonly unpackedBytes: number
  readonly entries: number
  /** Packed pieces of a PDF: pages, fonts, forms. Opening one costs some 15 µs, however small it is. */
  readonly streams: number
  readonly depth: number
  readonly textCharacters: number
  /** Characters of markup, cells and drawing commands that are read for the text in them. */
  readonly markupCharacters: number
}

export const workLimits: WorkLimits = {
  unpackedBytes: 16 * 1024 * 1024,
  entries: 400,
  streams: 4_000,
  depth: 6,
  textCharacters: 80_000,
  markupCharacters: 400_000,
}

/** Thrown inside when a budget is gone; becomes an `unsafe` problem. */
export class Exhausted extends Error {}

export class Work {
  readonly limits: WorkLimits
  readonly pieces: Piece[] = []
  readonly inside: Inside[] = []
  readonly problems: Problem[] = []
  private unpacked = 0
  private entriesSeen = 0
  private streamsSeen = 0
  private characters = 0
  private markupSeen = 0

  constructor(limits: WorkLimits = workLimits) {
    this.limits = limits
  }

  get unpackedLeft(): number {
    return Math.max(0, this.limits.unpackedBytes - this.unpacked)
  }

  spendBytes(amount: number): void {
    this.unpacked += amount
    if (this.unpacked > this.limits.unpackedBytes) throw new Exhausted('it unpacks to more than this gateway takes')
  }

  spendEntry(): void {
    if (++this.entriesSeen > this.limits.entries) throw new Exhausted('it holds more files than this gateway takes')
  }

  spendStream(): void {
    if (++this.streamsSeen > this.limits.streams) throw new Exhausted('it holds more pieces than this gateway takes')
  }

  /** As much of the source as is still in the budget; what is cut off is said to be unread. */
  markup(part: string, source: string): string {
    const left = Math.max(0, this.limits.markupCharacters - this.markupSeen)
    this.markupSeen += source.length
    if (source.length > left) this.unread('too-much-text', part, 'holds more than is looked through')
    return source.length > left ? source.slice(0, left) : source
  }

  /** Adds text to look through; empty text is dropped. Beyond the budget the rest is reported as unread. */
  text(part: string, text: string): void {
    const trimmed = text.trim()
    if (trimmed === '') return
    const left = this.limits.textCharacters - this.characters
    if (left <= 0) {
      this.unread('too-much-text', part, 'holds more text than is looked through')
      return
    }
    const before = this.pieces.at(-1)
    if (before?.part === part)
      this.pieces[this.pieces.length - 1] = { part, text: `${before.text}\n${trimmed.slice(0, left)}` }
    else this.pieces.push({ part, text: trimmed.slice(0, left) })
    this.characters += trimmed.length
    if (trimmed.length > left) this.unread('too-much-text', part, 'holds more text than is looked through')
  }

  unread(code: string, part: string, what: string): void {
    if (this.problems.some((problem) => problem.code === code && problem.part === part)) return
    this.problems.push({
      kind: 'unread',
      code,
      part,
      sentence: `"${last(part)}" ${what}, so a person must look at it.`,
    })
  }

  unsafe(code: string, part: string, what: string): void {
    this.problems.push({
      kind: 'unsafe',
      code,
      part,
      sentence: `"${last(part)}" cannot be read safely: ${what}. Send it another way, such as the portal.`,
    })
  }
}

function last(part: string): string {
  return part.split('/').at(-1) ?? part
}
