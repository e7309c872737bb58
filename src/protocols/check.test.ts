import { describe, expect, test } from 'vitest'
import { checkProtocol, exampleFailures } from './check.ts'
import { listProtocols, type Protocol, readProtocolText } from './index.ts'

function protocol(rules: string, examples = ''): Protocol {
  const read = readProtocolText(`
id: small
title: A small protocol
authority: Somebody
version: "1"
in force: { from: 2020-01-01, says: Agreed., rule: SM-1 }
levels:
  personal: { says: About a person., rule: SM-2 }
  sensitive: { says: Sensitive., rule: SM-2 }
rules:
${rules}
${examples}`)
  if ('error' in read) throw new Error(read.error)
  return read.protocol
}
const PORTAL = '  - { rule: SM-3, says: The portal is open., opens: portal }'

describe('each protocol in the folder', () => {
  for (const one of listProtocols())
    test(`${one.id} is in order: examples hold, every rule can be reached, none contradicts another`, () =>
      expect(checkProtocol(one)).toEqual([]))
})

test('a rule that asks for what cannot hold together is found', () => {
  const found = checkProtocol(
    protocol(
      `${PORTAL}\n  - { rule: SM-4, says: Never., when: { recipient is: school }, unless: { recipient is: school }, owes: disclaimer }`,
    ),
  )
  expect(found.filter((one) => one.severity === 'error').map((one) => one.place)).toEqual(['rule 2 (SM-4)'])
})

test('a rule that opens what another always closes is found, and both are named', () => {
  const found = checkProtocol(
    protocol(
      `${PORTAL}\n  - { rule: SM-4, says: Fax for courts., when: { recipient is: court }, opens: fax }\n  - { rule: SM-5, says: No fax., closes: fax }`,
    ),
  )
  const errors = found.filter((one) => one.severity === 'error')
  expect(errors).toHaveLength(1)
  expect(errors[0]!.text).toContain('SM-5')
})

test('a worked example that does not come out is said in a sentence', () => {
  const one = protocol(
    PORTAL,
    `examples:
  - id: the wrong expectation
    disclosure: { from: { kind: police }, to: [{ kind: school, address: a@b.example }], information: [name], purpose: general }
    expect: { outcome: refuse, route: fax, needs: ground }`,
  )
  expect(exampleFailures(one.examples[0]!, one)).toEqual([
    'outcome is share, expected refuse',
    'route is portal, expected fax',
    'needs lacks ground; there is nothing',
  ])
})

test('a protocol file that is a bomb, not YAML, or far too large is refused', () => {
  for (const text of ['a: &a [x,x]\nb: [*a,*a]', '{{{', 'x'.repeat(1_000_001), '- 1', ''])
    expect(readProtocolText(text)).toHaveProperty('error')
})
