import { errorCode, isFault } from '../../platform/index.ts'

/** An SMTP answer that says no: `responseCode` and the text after it, with the enhanced code in front (RFC 3463). */
export class Refused extends Error {
  readonly responseCode: number
  constructor(responseCode: number, text: string) {
    super(oneLine(text))
    this.responseCode = responseCode
  }
}

const longest = 480

/** One line of ASCII that any mail program shows: nothing in a message can end the answer and begin another. */
export function oneLine(text: string): string {
  const flat = text
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[–—]/g, '-')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
  return flat.length <= longest ? flat : `${flat.slice(0, longest - 4)} ...`
}

export const noRoom = (): Refused =>
  new Refused(452, '4.3.1 There is no room to keep this message. It was not taken; it is tried again.')

/** What a mail program is told when we cannot put a message down: keep it and try again, never that it was taken. */
export function ourTrouble(error: unknown): Refused {
  if (error instanceof Refused) return error
  const code = errorCode(error)
  // PostgreSQL's class 53, and the disk's own words: there is no room.
  if (code === 'ENOSPC' || code?.startsWith('53') === true || code === 'platform.disk-full') return noRoom()
  const said = isFault(error) ? ` (${error.reference})` : ''
  return new Refused(
    451,
    `4.3.0 Safehaven cannot keep this message at this moment${said}. It was not taken; it is tried again.`,
  )
}
