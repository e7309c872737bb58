import { closeSync, openSync, readSync, writeSync } from 'node:fs'

export interface Learning {
  readonly authority: string
  /** The national code by which the file names whose it is. */
  readonly code: string
  /** Codes by which other registers' returns are known. */
  readonly taken: readonly string[]
  /** Puts a question to whoever sits there: yes or no, or undefined where nobody does. */
  readonly ask: (question: string) => boolean | undefined
}

/**
 * Whether an authority goes by this code from now on, since its first return says so. Whoever feeds it at a terminal is asked, as on the page; a program that
 * feeds it says so by naming the authority, and is told what was learnt. A code that is its own name, or another's, is not learnt.
 */
export function mayLearnCode({ authority, code, taken, ask }: Learning): boolean {
  if (/^\d{3}$/.test(authority) || taken.includes(code)) return false
  return (
    ask(`The file says that it is from authority ${code}. Is that the national code of ${authority}? [y/N] `) !== false
  )
}

/** Asks at the terminal; undefined where there is none, or where a program reads what is said. */
export function askAtTerminal(question: string, byProgram: boolean): boolean | undefined {
  if (byProgram || process.stderr.isTTY !== true) return undefined
  try {
    const terminal = openSync('/dev/tty', 'r+')
    try {
      writeSync(terminal, question)
      const said = Buffer.alloc(100)
      return /^\s*y/i.test(said.toString('utf8', 0, readSync(terminal, said)))
    } finally {
      closeSync(terminal)
    }
  } catch {
    return undefined
  }
}
