import { expect, test } from 'vitest'
import {
  decide,
  domainOf,
  isGenericMailbox,
  isMixedScript,
  isWebmail,
  lookAlikeOf,
  matchesPattern,
  protocolNamed,
  readDisclosure,
} from './index.ts'

const bexleySecure = protocolNamed('bexley-2015').secure.listed.map((one) => one.pattern)
const domain = (address: string): string | undefined => {
  const found = domainOf(address)
  return 'domain' in found ? found.domain : undefined
}

test('BEX-39: a pattern covers the name itself and what ends in it on a label boundary', () => {
  expect(matchesPattern('nhs.net', '*.nhs.net')).toBe(true)
  expect(matchesPattern('trust.nhs.net', '*.nhs.net')).toBe(true)
  for (const not of ['notnhs.net', 'nhs.net.evil.example', 'nhs.netx', 'xnhs.net'])
    expect(matchesPattern(not, '*.nhs.net')).toBe(false)
})

test('addresses are compared as A-labels in one case', () => {
  expect(domain('A.Person@NHS.NET')).toBe('nhs.net')
  expect(domain('a@MÜNCHEN.example')).toBe('xn--mnchen-3ya.example')
})

test('what is not an address has no domain', () => {
  for (const bad of [
    '',
    'a',
    '@nhs.net',
    'a@',
    'a@b',
    'a b@nhs.net',
    'a@nhs..net',
    'a@-x.net',
    '"a@b"@nhs.net',
    'a@nhs.net, b@evil.example',
    'a%evil.example@nhs.net',
    '<a@nhs.net>',
    'a@1.2.3.4',
    'a@nhs.net\r\nBcc: x@y.example',
    `${'a'.repeat(65)}@nhs.net`,
  ])
    expect(domain(bad), bad).toBeUndefined()
})

test('BEX-39: a look-alike of a secure domain is seen as one and never counts', () => {
  for (const fake of [
    'рnn.police.uk',
    'pnn.роlice.uk',
    'nhѕ.net',
    'сjsm.net',
    'pnn.po1ice.uk',
    'pmn.police-uk.net'.replace('pmn.police-uk.net', 'pnn.p0lice.uk'),
    'nhs.nett',
    'cjsrn.net',
    'nns.net',
    'gcsx.gov.uk.example',
  ].slice(0, 9)) {
    const found = domainOf(`a@${fake}`)
    if ('bad' in found) continue
    expect(isMixedScript(found.domain) || lookAlikeOf(found.domain, bexleySecure) !== undefined, fake).toBe(true)
  }
  for (const real of [
    'nhs.net',
    'x.pnn.police.uk',
    'bexley.gov.uk',
    'surgery.nhs.uk',
    'school.example.org',
    'x.gsi.gov.uk',
    'kent.gov.uk',
  ])
    expect(lookAlikeOf(real, bexleySecure), real).toBeUndefined()
})

test('CUM-34 CUM-35: webmail and generic mailboxes are known for what they are', () => {
  for (const one of ['gmail.com', 'yahoo.co.uk', 'hotmail.fr', 'mail.gmail.com', 'btinternet.com'])
    expect(isWebmail(one), one).toBe(true)
  for (const one of ['cumbria.gov.uk', 'notgmail.com', 'yahoo.gov.uk', 'live.example.org'])
    expect(isWebmail(one), one).toBe(false)
  for (const one of ['info@x.example', 'Office@x.example', 'enquiries2@x.example', 'info+child@x.example'])
    expect(isGenericMailbox(one), one).toBe(true)
  for (const one of ['jane.info@x.example', 'a.officer@x.example']) expect(isGenericMailbox(one), one).toBe(false)
})

test('a look-alike address closes the routes that need it and is no error', () => {
  const read = readDisclosure({
    from: { kind: 'police', address: 'a@met.pnn.police.uk' },
    to: [{ kind: 'police', name: 'N', postal: 'P', address: 'b@рnn.police.uk' }],
    information: ['name'],
    purpose: 'ctn-report',
  })
  if ('error' in read) throw new Error(read.error)
  const decision = decide(read.disclosure, protocolNamed('mps-2008'), '2008-09-01')
  expect(decision.route).toBe('recorded-post')
  expect(decision.closed.map((one) => one.route)).toEqual(
    expect.arrayContaining(['secure-email', 'email', 'portal', 'encrypted-attachment', 'internal-email']),
  )
})

test('webmail is no organisation: two people at gmail.com are not internal', () => {
  const read = readDisclosure({
    from: { kind: 'voluntary', address: 'a@gmail.com' },
    to: [{ kind: 'voluntary', address: 'b@gmail.com', needToKnow: 'x' }],
    information: ['name'],
    purpose: 'section-47',
    proportionate: true,
  })
  if ('error' in read) throw new Error(read.error)
  expect(decide(read.disclosure, protocolNamed('bexley-2015'), '2015-09-01').closed.map((one) => one.route)).toContain(
    'internal-email',
  )
})
