import { NEAR } from '../../people/records.ts'

/**
 * The chance that one slip makes `written` out of `text`. Repeats `mistype` of bench/people/records.ts: a letter of the text, each as likely, is
 * lost, doubled, exchanged with the next one or struck on a key beside it, each a quarter of the times; a text of one letter stays as it is.
 */
export function chanceOfSlip(text: string, written: string): number {
  const { length } = text
  if (length < 2) return text === written ? 1 : 0
  if (!isNear(text, written)) return 0
  let ways = 0
  for (let at = 0; at < length; at++) {
    const letter = text[at]!
    const before = text.slice(0, at)
    const after = text.slice(at + 1)
    const exchanged = at + 1 < length ? before + text[at + 1]! + letter + text.slice(at + 2) : text
    if (written === before + after) ways += 1
    if (written === before + letter + letter + after) ways += 1
    if (written === exchanged) ways += 1
    if (written.length === length && written.startsWith(before) && written.endsWith(after))
      ways += chanceOfKey(letter, written[at]!)
  }
  return ways / (4 * length)
}

/** The chance that a text begins with this letter after one slip. */
export function chanceOfFirstLetter(text: string, written: string): number {
  const { length } = text
  if (length < 2) return text === written ? 1 : 0
  const [first, second] = [text[0]!, text[1]!]
  // The first letter is hit once in `length` times: lost or exchanged, the second takes its place; doubled, it stands.
  const hit = (second === written ? 2 : 0) + (first === written ? 1 : 0) + chanceOfKey(first, written)
  return hit / (4 * length) + (first === written ? (length - 1) / length : 0)
}

/** Whether the two are the same but for two letters side by side: no slip leads further, and hardly any text is so near. */
function isNear(text: string, written: string): boolean {
  const shorter = Math.min(text.length, written.length)
  if (Math.max(text.length, written.length) - shorter > 1) return false
  let alike = 0
  while (alike < shorter && text[alike] === written[alike]) alike++
  let alikeBehind = 0
  while (alikeBehind < shorter - alike && text.at(-1 - alikeBehind) === written.at(-1 - alikeBehind)) alikeBehind++
  return alike + alikeBehind >= (text.length === written.length ? shorter - 2 : shorter)
}

function chanceOfKey(letter: string, struck: string): number {
  if (/\d/.test(letter)) return /\d/.test(struck) ? 1 / 10 : 0
  const keys = NEAR[letter.toLowerCase()] ?? letter
  return keys.includes(struck) ? 1 / keys.length : 0
}
