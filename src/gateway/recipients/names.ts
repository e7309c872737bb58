/** Names as people write them in addresses and greetings, made comparable. */

const short: Record<string, string> = {
  dave: 'david',
  davy: 'david',
  mike: 'michael',
  mick: 'michael',
  steve: 'stephen',
  steven: 'stephen',
  chris: 'christopher',
  rob: 'robert',
  bob: 'robert',
  bobby: 'robert',
  bill: 'william',
  will: 'william',
  liz: 'elizabeth',
  beth: 'elizabeth',
  lizzie: 'elizabeth',
  kate: 'katherine',
  katie: 'katherine',
  cathy: 'katherine',
  catherine: 'katherine',
  kathryn: 'katherine',
  jim: 'james',
  jamie: 'james',
  tom: 'thomas',
  tony: 'anthony',
  andy: 'andrew',
  drew: 'andrew',
  sue: 'susan',
  jo: 'joanne',
  joanna: 'joanne',
  nick: 'nicholas',
  pete: 'peter',
  dan: 'daniel',
  danny: 'daniel',
  matt: 'matthew',
  ben: 'benjamin',
  sam: 'samuel',
  samantha: 'samuel',
  alex: 'alexander',
  alexandra: 'alexander',
  sandy: 'alexander',
  jen: 'jennifer',
  jenny: 'jennifer',
  pat: 'patricia',
  patrick: 'patricia',
  maggie: 'margaret',
  meg: 'margaret',
  peggy: 'margaret',
  becky: 'rebecca',
  vicky: 'victoria',
  tim: 'timothy',
  ted: 'edward',
  ed: 'edward',
  eddie: 'edward',
  jon: 'jonathan',
  john: 'john',
  jack: 'john',
  greg: 'gregory',
  phil: 'philip',
  phillip: 'philip',
  ken: 'kenneth',
  ron: 'ronald',
  ray: 'raymond',
  geoff: 'geoffrey',
  jeff: 'geoffrey',
  gemma: 'gemma',
  debbie: 'deborah',
  deb: 'deborah',
  angie: 'angela',
  val: 'valerie',
  mandy: 'amanda',
  abby: 'abigail',
} // prettier-ignore

/** Lower-case words without accents, nicknames folded to the full name. */
export function nameWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 0)
    .map((word) => short[word] ?? word)
}

const titles = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'dr',
  'prof',
  'sir',
  'madam',
  'rev',
  'cllr',
  'pc',
  'dc',
  'ds',
  'di',
  'sgt',
  'insp',
  'judge',
  'mx',
])
const nobody = new Set([
  'all',
  'colleague',
  'colleagues',
  'team',
  'everyone',
  'everybody',
  'sir',
  'madam',
  'sirs',
  'folks',
  'both',
  'there',
  'parent',
  'parents',
  'carer',
  'carers',
  'guardian',
  'head',
  'headteacher',
  'doctor',
  'officer',
  'manager',
  'friends',
  'again',
  'to',
  'from',
  'hub',
  'service',
  'duty',
  'reader',
  'member',
  'members',
  'customer',
  'applicant',
  'student',
  'and',
  'or',
])

export interface Greeting {
  /** As written, such as `Dave` or `Mrs Hart`. */
  readonly text: string
  readonly start: number
  readonly end: number
  readonly words: readonly string[]
}

/** The greeting at the head of a body, when it names somebody. */
export function greetingOf(body: string): Greeting | undefined {
  const match =
    /^[\s>]*(?:(?:[Gg]ood[ \t]+)?(?:[Mm]orning|[Aa]fternoon|[Ee]vening|[Dd]ay)|[Dd]ear|DEAR|[Hh]i|HI|[Hh]ello|[Hh]ey|[Hh]iya)[ \t]+(\p{L}[\p{L}'’.-]*(?:[ \t]+(?:and[ \t]+|&[ \t]*)?\p{Lu}[\p{L}'’.-]*){0,3})[ \t]*(?:[,:!–-]|\r?\n|$|(?=[ \t]\p{Ll}))/u.exec(
      body.slice(0, 400),
    )
  if (match === null) return undefined
  const words = nameWords(match[1]!).filter((word) => !titles.has(word))
  if (words.length === 0 || words.some((word) => nobody.has(word))) return undefined
  const start = match.index + match[0].indexOf(match[1]!, match[0].search(/\S/))
  return { text: match[1]!, start, end: start + match[1]!.length, words }
}

/** Does the greeting name this person, by display name or by the local part of the address? */
export function greets(greeting: Greeting, name: string, address: string): boolean {
  const own = personWords(name, address)
  const local = address
    .split('@')[0]!
    .toLowerCase()
    .replace(/[^a-z]/g, '')
  return greeting.words.some(
    (word) =>
      own.includes(word) ||
      (word.length > 2 && local.includes(word)) ||
      own.some((mine) => mine.length > 3 && word.startsWith(mine)),
  )
}

/** The words by which a person may be called. */
export function personWords(name: string, address: string): string[] {
  return [...new Set([...nameWords(name), ...nameWords(address.split('@')[0] ?? '')])]
}

/** Could the address belong to anybody at all, so that a greeting cannot contradict it? */
export function namesNobody(name: string, address: string): boolean {
  return personWords(name, address).filter((word) => word.length > 1 && !nobody.has(word)).length === 0
}
