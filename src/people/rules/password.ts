const COMMON = [
  'password',
  'safehaven',
  'safeguard',
  'qwerty',
  'letmein',
  'welcome',
  'iloveyou',
  'football',
  'liverpool',
]
const SHORTEST = 12

/** Why a password may not be chosen, as a sentence; undefined when it may. Length counts, not kinds of characters (NCSC). */
export function whyNot(password: string, about: readonly string[]): string | undefined {
  const plain = password.normalize('NFKC').toLowerCase()
  if ([...plain].length < SHORTEST)
    return `Choose a password of at least ${SHORTEST} characters. Three words that have nothing to do with each other make a good one.`
  if (plain.length > 200) return 'Choose a password of at most 200 characters.'
  if (new Set(plain).size < 5) return 'Choose a password with more different characters in it.'
  const held = plain.replaceAll(/[^\p{L}\p{N}]/gu, '')
  if (COMMON.some((word) => held.includes(word) && held.length - word.length < 8))
    return 'That is among the first passwords that someone would try. Choose another.'
  if (about.some((word) => word.length >= 4 && held.includes(word.toLowerCase()) && held.length - word.length < 8))
    return 'Choose a password that is not made of your own name or agency.'
  if (/^(?:(.+?)\1+|0123456789.*|1234567890.*|abcdefghij.*)$/.test(held))
    return 'Choose a password that is not one pattern repeated.'
  return undefined
}
