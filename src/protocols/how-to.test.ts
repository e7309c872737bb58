import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkProtocol } from './check.ts'
import { decide, readDisclosure, readProtocolText } from './index.ts'
import { conditions } from './language.ts'

const guide = readFileSync(new URL('../../docs/how-to/add-a-protocol.md', import.meta.url), 'utf8')
const pieces = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map((found) => found[1]!)

test('the guide, followed word by word, gives a seventh protocol that is in order and decides', () => {
  expect(pieces.length).toBe(5)
  const read = readProtocolText(pieces.join('\n'))
  if ('error' in read) throw new Error(read.error)
  expect(checkProtocol(read.protocol)).toEqual([])
  const asked = readDisclosure({
    from: { kind: 'social-care', address: 'a@ashmere.example' },
    to: [{ kind: 'police', address: 'b@police.example', needToKnow: 'x' }],
    information: ['name'],
    purpose: 'section-47',
  })
  if ('error' in asked) throw new Error(asked.error)
  expect(decide(asked.disclosure, read.protocol, '2027-05-31').route).toBe('secure-email')
  expect(decide(asked.disclosure, read.protocol, '2027-06-01').route).toBe('portal')
  expect(decide(asked.disclosure, read.protocol, '2026-05-31').outcome).toBe('refuse')
})

test('the guide names every word that may stand under when', () => {
  const list = guide.slice(guide.indexOf('## The words you may use')).replaceAll(/\s+/g, ' ')
  expect(Object.keys(conditions.shape).filter((word) => !list.includes(`\`${word}\``))).toEqual([])
})

test('a word that the language does not have is refused with its place', () => {
  const wrong = pieces.join('\n').replace('both addresses secure: yes', 'both adresses secure: yes')
  const read = readProtocolText(wrong)
  expect('error' in read && read.error).toMatch(/rules › 0 › when › both adresses secure/)
})
