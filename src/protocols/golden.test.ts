import { describe, expect, test } from 'vitest'
import { decide, listProtocols, readDisclosure } from './index.ts'

// What a protocol's version once decided it decides for ever: a changed meaning is a new version, with a new file beside the old.
describe('a decision is the same for ever, given the disclosure, the protocol’s version and the day', () => {
  for (const protocol of listProtocols())
    test(`${protocol.id}, version ${protocol.version}`, async () => {
      const decisions = protocol.examples.map((example) => {
        const read = readDisclosure(example.disclosure)
        if ('error' in read) throw new Error(read.error)
        const { outcome, level, items, route, alternatives, needs, obligations } = decide(
          read.disclosure,
          protocol,
          example.on ?? protocol.inForce.from,
        )
        return {
          id: example.id,
          outcome,
          level,
          items,
          route,
          alternatives,
          needs: needs.map((one) => one.id),
          obligations: obligations.map(({ id, within }) => (within === undefined ? id : `${id} ${within}`)),
        }
      })
      await expect(`${JSON.stringify(decisions, null, 1)}\n`).toMatchFileSnapshot(
        `golden/${protocol.id}@${protocol.version}.json`,
      )
    })
})
