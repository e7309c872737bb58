import { domainToASCII } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findProtocol } from '../../protocols/index.ts'
import { greetingOf, greets, isList, recipientFacts, resembles } from './index.ts'

const bexley = findProtocol('bexley-2015')!
const sender = { kind: 'social-care' as const, address: 'k.rose@bexley.gcsx.gov.uk' }
const facts = (address: string, known = {}) =>
  recipientFacts(
    { address: { name: '', address }, field: 'to' },
    { kind: 'police', address },
    sender,
    bexley,
    '2015-09-01',
    known,
  )

/** Homoglyphs, swaps, drops, doublings, neighbours on the keyboard, hyphens, other endings, labels before and behind. */
function lookAlikes(domain: string): string[] {
  const found = new Set<string>()
  const glyphs: Record<string, string[]> = {
    a: ['а', 'ɑ', 'à', 'á', 'ä'],
    c: ['с', 'ç'],
    d: ['ԁ', 'cl'],
    e: ['е', 'é', 'ë', '3'],
    h: ['һ'],
    i: ['і', 'í', 'ı', '1', 'l'],
    j: ['ј'],
    k: ['к'],
    l: ['ӏ', '1', 'i'],
    m: ['rn', 'nn'],
    n: ['п', 'ո', 'r', 'm'],
    o: ['о', 'ο', '0', 'ö'],
    p: ['р', 'q'],
    s: ['ѕ', '5'],
    t: ['т'],
    u: ['υ', 'ü', 'v'],
    v: ['ѵ', 'u'],
    x: ['х'],
    y: ['у'],
  }
  for (let i = 0; i < domain.length; i++) {
    const [before, letter, after] = [domain.slice(0, i), domain[i]!, domain.slice(i + 1)]
    if (letter === '.') {
      found.add(`${before}-${after}`).add(before + after)
      continue
    }
    for (const glyph of glyphs[letter] ?? []) found.add(before + glyph + after)
    found
      .add(before + after)
      .add(before + letter + letter + after)
      .add(`${before}-${letter}${after}`)
    if (domain[i + 1] !== undefined && domain[i + 1] !== '.')
      found.add(before + domain[i + 1] + letter + domain.slice(i + 2))
    for (const other of 'abcdefghijklmnopqrstuvwxyz0123456789')
      found.add(before + other + after).add(before + other + letter + after)
  }
  for (const end of ['com', 'org', 'co.uk', 'org.uk', 'uk.com', 'co', 'evil.example', 'net.evil.example'])
    found
      .add(`${domain}.${end}`)
      .add(`${domain.split('.')[0]}.${end}`)
      .add(`${domain.replaceAll('.', '-')}.${end}`)
  for (const lead of ['not', 'my', 'x', 'secure-', 'www-', 'mail']) found.add(lead + domain)
  found.delete(domain)
  return [...found]
}

describe('BEX-39: an address that only looks secure is not', () => {
  const covered = (domain: string) =>
    /(^|\.)(nhs\.net|police\.uk|cjsm\.net|mod\.uk|(gsi|gse|gsx|scn|gcsx)\.gov\.uk)$/.test(domainToASCII(domain))
  for (const domain of ['pnn.police.uk', 'nhs.net', 'cjsm.net'])
    it(`none of the look-alikes of ${domain} counts as secure`, () => {
      // A subdomain of a name on the list is on the list, whatever it is called: `x.police.uk` is a police address. Not so when it mixes alphabets.
      const made = lookAlikes(domain).filter((one) => /[^\x20-\x7e]/.test(one) || !covered(one))
      expect(made.length).toBeGreaterThan(400)
      expect(made.filter((one) => facts(`rao@${one}`).secure)).toEqual([])
    })
  it('the real ones count, in any case of letters and on any label below', () => {
    for (const address of ['rao@met.pnn.police.uk', 'RAO@MET.PNN.POLICE.UK', 'low@nhs.net', 'yot@merton.cjsm.net'])
      expect(facts(address).secure, address).toBe(true)
  })
})

describe('CUM-13: the wrong Dave', () => {
  const contacts = [
    { address: 'dave.hill@cumbria.gov.uk', name: 'Dave Hill' },
    { address: 'ann.lee@lakes.example.org', name: 'Ann Lee' },
  ]
  it('a letter from a known contact is noticed', () => {
    expect(resembles('dave.hil@cumbria.gov.uk', contacts)?.address).toBe('dave.hill@cumbria.gov.uk')
    expect(resembles('ann.lee@1akes.example.org', contacts)?.address).toBe('ann.lee@lakes.example.org')
    expect(resembles('ann.lee@lakes.example.org', contacts)).toBeUndefined()
    expect(resembles('bob@lakes.example.org', contacts)).toBeUndefined()
  })
  it('another of the same first name is noticed, David and Dave alike', () => {
    expect(facts('david.moss@other.example', { contacts }).namesakes.map((one) => one.address)).toEqual([
      'dave.hill@cumbria.gov.uk',
    ])
  })
  const cases: [string, string, string, boolean][] = [
    ['Dear Dave,\nplease', 'Dave Hill', 'dave.hill@x.example', true],
    ['Dear Dave,\nplease', 'Ann Lee', 'ann.lee@x.example', false],
    ['Hi David\n', '', 'dhill.david@x.example', true],
    ['Dear Mrs Hart,', '', 'hart@school.example', true],
    ['Good morning Liz,', 'Elizabeth Roe', 'e.roe@x.example', true],
  ]
  for (const [body, name, address, matches] of cases)
    it(`"${body.trim()}" ${matches ? 'greets' : 'does not greet'} ${address}`, () =>
      expect(greets(greetingOf(body)!, name, address)).toBe(matches))
  it('greetings to everyone and to nobody name no one', () => {
    for (const body of [
      'Dear all,',
      'Hi team,',
      'Dear Sir or Madam,',
      'Dear colleague',
      'Hello there',
      'Julia was seen',
      'Dear Parents,',
    ])
      expect(greetingOf(body), body).toBeUndefined()
  })
})

describe('CUM-12: distribution lists are known by name', () => {
  for (const address of [
    'all-staff@x.example',
    'dl-hub@x.example',
    'safeguarding-list@x.example',
    'x@lists.example.org',
    'x@googlegroups.com',
    'everyone@x.example',
  ])
    it(address, () => expect(isList(address, [])).toBe(true))
  it('and by the directory', () => expect(isList('hub@x.example', ['HUB@x.example'])).toBe(true))
  it('a person is no list', () => expect(isList('alan.list@x.example', [])).toBe(false))
})
