import { describe, expect, test } from 'vitest'
import { type Config, newId, newToken, readReturnAddress, returnAddress, secretsFrom } from './index.ts'

const config = { returns: { address: 'returns@hub.example', port: 2527 } } as Config
const secrets = secretsFrom('a secret for tests of 32 characters or more')

describe('a return address', () => {
  test('tells what it was made for, also when a mail server changed its letters', () => {
    for (const kind of ['message', 'dispatch'] as const) {
      const made = { kind, id: newId(), number: 65_535 }
      const address = returnAddress(config, secrets, made)!
      expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64)
      expect(readReturnAddress(config, secrets, address)).toEqual(made)
      expect(readReturnAddress(config, secrets, address.toUpperCase())).toEqual(made)
    }
  })

  test('cannot be made by anyone else: every changed letter, every other domain and every guess is unknown', () => {
    const address = returnAddress(config, secrets, { kind: 'message', id: newId(), number: 0 })!
    const start = address.indexOf('+') + 1
    // The last letter carries two bits that mean nothing.
    for (let at = start; at < start + 49; at++) {
      const other = address[at] === 'a' ? 'b' : 'a'
      expect(
        readReturnAddress(config, secrets, `${address.slice(0, at)}${other}${address.slice(at + 1)}`),
      ).toBeUndefined()
    }
    expect(readReturnAddress(config, secretsFrom(newToken()), address)).toBeUndefined()
    expect(readReturnAddress(config, secrets, address.replace('hub.', 'hub.evil.'))).toBeUndefined()
    for (const guess of ['returns@hub.example', `returns+${'a'.repeat(50)}@hub.example`, 'returns+@hub.example', ''])
      expect(readReturnAddress(config, secrets, guess)).toBeUndefined()
    expect(readReturnAddress({} as Config, secrets, address)).toBeUndefined()
  })

  test('made with the former secret still counts while the secret is being changed', () => {
    const [former, next] = [newToken(), newToken()]
    const made = { kind: 'dispatch', id: newId(), number: 3 } as const
    const address = returnAddress(config, secretsFrom(former), made)!
    expect(readReturnAddress(config, secretsFrom(`${next},${former}`), address)).toEqual(made)
  })
})
