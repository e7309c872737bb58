import { describe, expect, it } from 'vitest'
import { addressFacts, findProtocol, protocolIds } from '../../protocols/index.ts'

// Written from what dnstwist and Unicode TR39 do to a name, apart from the protocol files and from the table of letters in the house.
const alike: Record<string, string> = {
  a: 'аɑαàáâãäåā4',
  c: 'сϲçćč',
  d: 'ԁɗďđ',
  e: 'еєεèéêëē3',
  h: 'һнħ',
  i: 'іιıìíîï1lj',
  j: 'јʝĵ',
  k: 'кκķ',
  l: 'ӏ1iⅼłĺ',
  m: 'мṃ',
  n: 'пոñńņ',
  o: 'оοօ0òóôõöø',
  p: 'рρþƿ',
  s: 'ѕ5śşšş',
  t: 'тτţť7',
  u: 'υսùúûüµ',
}
const pairs: readonly (readonly [string, string])[] = [
  ['n', 'rn'],
  ['m', 'rn'],
  ['d', 'cl'],
  ['u', 'ii'],
  ['h', 'lh'],
  ['c', 'e'],
]

function lookAlikes(domain: string): Set<string> {
  const found = new Set<string>()
  const put = (at: number, much: number, text: string) =>
    found.add(domain.slice(0, at) + text + domain.slice(at + much))
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-'
  for (let at = 0; at < domain.length; at++) {
    const letter = domain[at]!
    if (letter === '.') {
      for (const instead of ['-', '', '․', '。', 'x']) put(at, 1, instead)
      continue
    }
    for (const one of alike[letter] ?? '') {
      put(at, 1, one)
      for (let next = at + 1; next < domain.length; next++)
        for (const other of (alike[domain[next]!] ?? '').slice(0, 6))
          found.add(domain.slice(0, at) + one + domain.slice(at + 1, next) + other + domain.slice(next + 1))
    }
    for (const one of letters) {
      put(at, 1, one)
      put(at, 0, one)
    }
    put(at, 1, '')
    put(at, 1, letter + letter)
    for (const mark of ['\u0301', '\u0307', '\u200b', '\u200d', '\u00ad', '\u2060']) put(at, 1, letter + mark)
    if (at + 1 < domain.length) put(at, 2, domain[at + 1]! + letter)
  }
  for (const [from, to] of pairs) if (domain.includes(from)) found.add(domain.replace(from, to))
  for (const end of ['.example', '.com', '.co', '.uk.com', '-secure.org.uk', 'x']) found.add(domain + end)
  for (const start of ['x', 'not', 'secure-', 'www-', 'xn--']) found.add(start + domain)
  return found
}

const secure = ['pnn.police.uk', 'nhs.net', 'cjsm.net']
/** As IDNA lays it out: a full-width stop is a stop, and what is not seen is nothing, so such a name is the real one itself. */
const laidOut = (domain: string): string =>
  domain
    .normalize('NFKC')
    .replace(/[\u00ad\u200b\u2060]/g, '')
    .replaceAll('。', '.')
/** In these zones nothing that was generated can be registered by a stranger. */
const isReal = (domain: string): boolean =>
  /(?:^|\.)(?:police\.uk|nhs\.net|nhs\.uk|cjsm\.net|gov\.uk)$/.test(laidOut(domain))

describe('thousands of names that only look like a secure domain', () => {
  const all = secure.flatMap((domain) => [...lookAlikes(domain)]).filter((one) => !isReal(one))

  it('are several thousand', () => expect(all.length).toBeGreaterThan(4_000))

  // Bournemouth's counts every address alike: whatever leaves goes through one encrypting system, and no name opens anything.
  const byName = protocolIds().filter((id) => findProtocol(id)!.secure.proof !== 'gateway')

  it.each(byName)('CUM-33 BEX-39 MPS-1: none counts as secure under %s', (id) => {
    const protocol = findProtocol(id)!
    const day = { 'mps-2008': '2008-09-01', 'bexley-2015': '2015-09-01' }[id] ?? '2016-10-01'
    const taken = all.flatMap((domain) => {
      const addresses = [`ann.lee@${domain}`, `ann.lee@merton.${domain}`]
      return addresses.filter((address) => addressFacts({ kind: 'police', address }, protocol, day).secure)
    })
    expect(taken).toEqual([])
  })
})
