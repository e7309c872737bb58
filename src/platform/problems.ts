import { randomReference } from './crypto.ts'

/** What may be known of a fault beside its code and its sentence. */
export interface FaultOptions {
  /** HTTP status with which pages and endpoints answer; 500 unless said. */
  readonly status?: number
  /** Where the caller looked wrongly, for the log; never personal. */
  readonly cause?: unknown
}

/**
 * Something went wrong that the caller cannot answer for. `code` is stable and dotted ("platform.secret-missing"),
 * `sentence` is what the person in front of the screen reads, and `reference` can be read out over the telephone.
 */
export class Fault extends Error {
  readonly code: string
  readonly status: number
  readonly reference: string

  constructor(code: string, sentence: string, options: FaultOptions = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Fault'
    this.code = code
    this.status = options.status ?? 500
    this.reference = randomReference()
  }

  get sentence(): string {
    return this.message
  }
}

/** True for a Fault, also when it came through another copy of this module. */
export function isFault(error: unknown): error is Fault {
  return error instanceof Error && error.name === 'Fault' && 'code' in error
}

/** The code that Node or PostgreSQL gave an error, or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
