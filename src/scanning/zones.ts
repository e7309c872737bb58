/** A stretch of a message that speaks of its writer or reader and not of whom it is about. */
export interface Zone {
  readonly start: number
  readonly end: number
  readonly kind: 'greeting' | 'signature' | 'header'
}

const greeting =
  /^[ \t>]{0,8}(?:hi|hello|dear|hiya|hey|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|attn|fao|to)\b[^\n,.!:;-]{0,48}(?:[,.!:;-]|$)/i
/** A question or a request put to somebody by name: Sarah, could you … */
const asked =
  /^[ \t>]{0,8}\p{Lu}[\p{L}'’-]{1,20}, (?=(?:are|can|could|would|will|did|have|do|were) you\b|please\b|thanks\b|thank you\b|any (?:chance|news)\b)/u
const lone = /^[ \t>]{0,8}[\p{Lu}][\p{L}'’-]{1,20}(?: [\p{Lu}][\p{L}'’-]{1,20})?[ ]{0,2}[,–-][ ]{0,2}$/u
const alone = /^[ \t>]{0,8}[\p{Lu}][\p{L}'’-]{1,20}(?: [\p{Lu}][\p{L}'’-]{1,20})?[ .x]{0,6}$/u
const closing =
  /^[ \t>]{0,8}(?:(?:(?:with|my|our|all|kind|best|warm|many|good|very|kindest|warmest) ){0,4}(?:regards|wishes|thanks)|thank you|thanks(?: (?:again|all|both|in advance|so much|very much))?|yours(?: (?:sincerely|faithfully|truly|ever))?|sincerely|faithfully|cheers|best|bw|kr|ta|take care|many thanks|with thanks|all the best|love|speak soon|see you (?:then|there|soon))[ ]{0,2}[,.!–-]?(?:[ ]{0,3}[\p{L}'’.-]{1,20}(?: [\p{L}'’.-]{1,20}){0,2})?[ .x]{0,6}$/iu
const sure =
  /^[ \t>]{0,8}(?:--|__+|(?:kind|best|warm|many|kindest|warmest) (?:regards|wishes|thanks)|regards|yours (?:sincerely|faithfully|truly)|sincerely|cheers|bw|kr)\b|^[ \t>]{0,8}-- ?$/i
const header = /^[ \t>*]{0,8}(?:from|to|cc|bcc|sent|date|reply-to|sender)[ ]?:/i
const again = /^[ \t>]{0,8}(?:-{2,} ?(?:original|forwarded)|from:|on .{4,80} wrote:)/i
const signatureLines = 12
const contentWords = 14

/** Where a message greets, signs and is addressed. Linear in its length. */
export function zonesOf(text: string): Zone[] {
  const zones: Zone[] = []
  let signing = 0
  let first = true
  let last: { start: number; end: number; line: string } | undefined
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start)
    if (end < 0) end = text.length
    const line = text.slice(start, Math.min(end, start + 200)).replace(/\r$/, '')
    const long = end - start > 200
    const empty = line.trim() === ''
    if (again.test(line)) signing = 0
    if (!long && header.test(line)) zones.push({ start, end, kind: 'header' })
    else if (signing > 0) {
      // a signature is short lines; a sentence in it is a postscript, and about somebody
      if (!empty && line.trim().split(/\s+/).length > contentWords) signing = 0
      else {
        zones.push({ start, end, kind: 'signature' })
        if (!empty) signing--
      }
    } else if (!empty) {
      const found = greeting.exec(line) ?? (first ? asked.exec(line) : null)
      if (found) zones.push({ start, end: start + found[0].length, kind: 'greeting' })
      else if (!long && first && lone.test(line)) zones.push({ start, end, kind: 'greeting' })
      else if (!long && (closing.test(line) || sure.test(line)) && line.trim().split(/\s+/).length <= 6) {
        zones.push({ start, end, kind: 'signature' })
        signing = signatureLines
      }
    }
    if (!empty) last = { start, end, line }
    if (!empty && !header.test(line)) first = false
    start = end + 1
  }
  const thanked =
    last && /(?:thanks|thank you|regards|cheers|ta)[.,!]? \p{Lu}\p{L}{1,20}[ .x]{0,4}\r?$/iu.exec(last.line)
  if (last && thanked && zones[zones.length - 1]?.kind !== 'signature')
    zones.push({ start: last.start + thanked.index, end: last.end, kind: 'signature' })
  const closed = closingBlock(text, zones)
  if (closed) zones.push(closed)
  // a name alone on the last line of several signs the message
  if (last && last.start > 0 && alone.test(last.line) && zones[zones.length - 1]?.start !== last.start)
    zones.push({ start: last.start, end: last.end, kind: 'signature' })
  return zones
}

const role =
  /\b(?:manager|officer|worker|lead|head|director|nurse|teacher|support|team|council|service|services|police|constable|sergeant|inspector|co-?ordinator|administrator|practitioner|advis[eo]r|solicitor|consultant|assistant|secretary|chair|trainer|clerk|visitor|tel|telephone|ext|www)\b/i
const blockLines = 8

/** The last lines of a message after a blank one, when they are a name and then short lines with a post, a team or a telephone. */
function closingBlock(text: string, zones: readonly Zone[]): Zone | undefined {
  const end = text.trimEnd().length
  const start = Math.max(text.lastIndexOf('\n\n', end - 1) + 2, text.lastIndexOf('\n\r\n', end - 1) + 3)
  if (start < 4 || end - start > 600 || (zones[zones.length - 1]?.end ?? 0) > start) return undefined
  const lines = text.slice(start, end).split('\n')
  const [name, ...rest] = lines
  const short = lines.length <= blockLines && lines.every((line) => line.trim().split(/\s+/).length <= 9)
  return short && alone.test(name!.trimEnd()) && rest.length > 0 && role.test(rest[0]!)
    ? { start, end, kind: 'signature' }
    : undefined
}
