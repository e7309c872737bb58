import type { Logger } from 'pino'
import { isFault } from './problems.ts'

/** What is written for the operator: names of acts, references, durations. Never a person, a query string or a body. */
export interface Log {
  info(what: string, facts?: Facts): void
  warn(what: string, facts?: Facts): void
  /** The error's kind, code and place are written; its message only when it is our own sentence. */
  fault(what: string, error: unknown, facts?: Facts): void
}

type Facts = Readonly<Record<string, string | number | boolean | undefined>>

export const quietLog: Log = { info() {}, warn() {}, fault() {} }

/** Writes lines of JSON to standard error. */
export async function openLog(level: 'info' | 'warn' | 'silent' = 'info'): Promise<Log> {
  const { pino, destination } = await import('pino')
  const logger: Logger = pino(
    { level, base: null, timestamp: () => `,"at":"${new Date().toISOString()}"` },
    destination(2),
  )
  return {
    info: (what, facts) => logger.info(facts ?? {}, what),
    warn: (what, facts) => logger.warn(facts ?? {}, what),
    fault: (what, error, facts) => logger.error({ ...facts, ...describeError(error) }, what),
  }
}

// PostgreSQL and libraries put values into their messages; our own sentences do not.
export function describeError(error: unknown): Record<string, unknown> {
  if (isFault(error)) {
    const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) }
    return { code: error.code, sentence: error.sentence, reference: error.reference, ...cause }
  }
  if (!(error instanceof Error)) return { kind: typeof error }
  const told = error as Error & { code?: unknown; table?: unknown; constraint?: unknown; routine?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    kind: error.name,
    code: typeof told.code === 'string' ? told.code : undefined,
    table: typeof told.table === 'string' ? told.table : undefined,
    constraint: typeof told.constraint === 'string' ? told.constraint : undefined,
    where: frames.slice(0, 6).map((line) => line.trim()),
  }
}
