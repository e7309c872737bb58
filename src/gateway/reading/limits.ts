/**
 * The budgets within which a message must be read. They are counts, not clocks, so that the same message has the same
 * answer on every machine; together they keep the worst message under 250 ms of CPU and 128 MB (bench/gateway).
 */
import { Refusal } from './types.ts'

export interface Limits {
  /** Bytes of the whole message. */
  readonly messageBytes: number
  readonly parts: number
  readonly depth: number
  /** Bytes of one header block, and of one field. */
  readonly headerBytes: number
  readonly fieldBytes: number
  readonly fields: number
  /** Bytes of all header blocks. */
  readonly allHeaderBytes: number
  /** Lines that begin with two hyphens, each of which may be a boundary. */
  readonly dashLines: number
  readonly addresses: number
  /** Bytes after decoding. */
  readonly decodedBytes: number
  /** Bytes of bodies and other text not in base64. */
  readonly textCharacters: number
}

export const limits: Limits = {
  messageBytes: 36 * 1024 * 1024,
  parts: 500,
  depth: 12,
  headerBytes: 128 * 1024,
  fieldBytes: 32 * 1024,
  fields: 600,
  allHeaderBytes: 1024 * 1024,
  dashLines: 50_000,
  addresses: 300,
  decodedBytes: 28 * 1024 * 1024,
  textCharacters: 3_000_000,
}

/** Counts what has been spent of each budget. */
export class Budget {
  readonly limits: Limits
  private readonly spent = new Map<keyof Limits, number>()

  constructor(given: Limits = limits) {
    this.limits = given
  }

  /** Spends `amount`; throws a Refusal when the budget is gone. */
  spend(what: keyof Limits, amount: number, part: string): void {
    const now = (this.spent.get(what) ?? 0) + amount
    this.spent.set(what, now)
    if (now > this.limits[what]) throw beyond(what, part, this.limits[what])
  }

  left(what: keyof Limits): number {
    return this.limits[what] - (this.spent.get(what) ?? 0)
  }
}

const words: Record<keyof Limits, string> = {
  messageBytes: 'is larger than this gateway takes',
  parts: 'has more parts than any ordinary message',
  depth: 'has messages inside messages, deeper than can be followed',
  headerBytes: 'has headers larger than any ordinary message',
  fieldBytes: 'has a header larger than any ordinary message',
  fields: 'has more headers than any ordinary message',
  allHeaderBytes: 'has headers larger than any ordinary message',
  dashLines: 'has more dividing lines than can be followed',
  addresses: 'has more addresses than this gateway takes',
  decodedBytes: 'unpacks to more than this gateway takes',
  textCharacters: 'holds more text than can be looked through',
}

export function beyond(what: keyof Limits, part: string, limit: number): Refusal {
  return new Refusal(
    `beyond-${what}`,
    part,
    `This message cannot be read safely: it ${words[what]} (limit ${limit}). Send it again in smaller pieces, or use the portal.`,
  )
}
