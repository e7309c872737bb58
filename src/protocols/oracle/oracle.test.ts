import { describe, expect, it } from 'vitest'
import { decide, protocolNamed, readDisclosure } from '../index.ts'
import { cases } from './cases.ts'
import { differences, expectedDecision } from './expected.ts'
import { misses } from './meets.ts'
import { randomDisclosure } from './random.ts'

const protocols = [...new Set(cases.map((each) => each.protocol))]

describe.each(protocols)('%s decides as its document says', (protocol) => {
  const own = cases.filter((each) => each.protocol === protocol)
  it.each(own.map((each) => [each.id, each] as const))('%s', (_id, each) => {
    expect(readDisclosure(each.disclosure)).toHaveProperty('disclosure')
    expect(misses(each, decide(each.disclosure, protocolNamed(protocol), each.on))).toEqual([])
  })

  it('agrees with a second reading of the document on a thousand disclosures at random', () => {
    const text = protocolNamed(protocol)
    const found: string[] = []
    let spoke = 0
    for (let seed = 0; seed < 1000; seed += 1) {
      const { disclosure, day } = randomDisclosure(protocol, seed)
      const expected = expectedDecision(disclosure, protocol, day)
      if (expected.some((each) => (each.outcomes?.length ?? 3) < 3)) spoke += 1
      for (const difference of differences(disclosure, expected, decide(disclosure, text, day)))
        found.push(`${seed}: ${difference}`)
    }
    expect(found).toEqual([])
    expect(spoke).toBeGreaterThan(400)
  })
})
