/** The message's own words, the thread under them, and the signature between. */
import { markupText } from '../contents/index.ts'
import type { Leaf } from '../reading/index.ts'

/** Characters of a body, and of the HTML of one, that are looked at. */
const longestText = 100_000
const longestMarkup = 500_000

export interface Body {
  readonly part: string
  /** What the sender wrote, from offset 0 of the part's text. */
  readonly own: string
  /** Earlier messages quoted below. Empty when there are none. */
  readonly thread: string
  /** Offset in `own` at which the signature begins; its length when there is none. */
  readonly signature: number
  /** There is more than was looked at. */
  readonly cut: boolean
}

const threadStart =
  /^(?:[ \t]*-{2,}[ \t]*(?:original|forwarded) message[ \t]*-{2,}|[ \t]*begin forwarded message:|[ \t]*on [^\n]{4,200}(?:\n[^\n]{0,120})?wrote:[ \t]*$|[ \t]*_{20,}[ \t]*$|[ \t]*\*?from:\*? [^\n]{1,300}\n(?:[ \t]*\*?(?:sent|date|to|cc|subject|importance):\*? ?[^\n]{0,2000}\n){2}|>)/im

/** `part` is `body`, or `body/html` where a message has both. */
export function bodyOf(leaf: Leaf, part: string): Body {
  const markup = leaf.type === 'text/html' ? markupText((leaf.text ?? '').slice(0, longestMarkup)) : undefined
  const whole = (markup === undefined ? (leaf.text ?? '') : `${markup.text}\n${markup.aside}`)
    .slice(0, 4 * longestText)
    .replace(/\r\n/g, '\n')
  const text = whole.slice(0, longestText)
  const cut = whole.length > longestText || (markup !== undefined && (leaf.text ?? '').length > longestMarkup)
  const at = text.search(threadStart)
  const own = at < 0 ? text : text.slice(0, at)
  return { part, own, thread: at < 0 ? '' : text.slice(at), signature: signatureStart(own), cut }
}

function signatureStart(own: string): number {
  const dashes = own.search(/^-- ?$/m)
  const farewell =
    /^[ \t]*(?:(?:kind|best|warm|many)?[ \t]*(?:regards|wishes|thanks)|thank you|thanks|yours (?:sincerely|faithfully|truly)|sincerely|cheers|all the best)[ \t]*[,.!]?[ \t]*$/im.exec(
      own,
    )?.index ?? -1
  return Math.min(...[dashes, farewell].filter((at) => at >= 0), own.length)
}

/** Addresses that earlier messages in the thread were between. */
export function threadAddresses(thread: string): string[] {
  const found = new Set<string>()
  for (const line of thread.matchAll(
    /^[> \t]*\*?(?:from|to|cc|sent to):\*?[^\n]{1,2000}|^[> \t]*on [^\n]{4,200}wrote:/gim,
  ))
    for (const address of line[0].matchAll(/[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,200}/g))
      found.add(address[0].toLowerCase())
  return [...found]
}

/** Words by which a message gives a password away. */
export function passwordIn(text: string): { start: number; end: number; text: string } | undefined {
  const match =
    /\b(?:pass ?word|pass ?phrase|pass ?code|pwd|p\/w|pw|pin(?: code| number)?|key|code to open)\b[^\n.]{0,40}?(?:\bis\b|:|=|–|->)[ \t]*["'“‘]?([^\s"'”’]{4,64})/i.exec(
      text,
    )
  if (
    match === null ||
    /^(?:sent|given|being|below|above|coming|available|following|agreed|known|required|needed|separate|separately|in|by|to|not|provided|the|on|your|our|my|different|under|with|as|been|going)$/i.test(
      match[1]!.replace(/[.,;]+$/, ''),
    )
  )
    return undefined
  const start = match.index + match[0].lastIndexOf(match[1]!)
  return { start, end: start + match[1]!.length, text: match[1]! }
}
