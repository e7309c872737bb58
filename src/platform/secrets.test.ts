import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  authenticatorAddress,
  authenticatorCode,
  authenticatorStep,
  CLEAR_ALPHABET,
  generatePassword,
  hashPassword,
  newAuthenticatorSecret,
  passwordMatches,
  randomReference,
  sameText,
  secretsFrom,
  sha256Hex,
  signatureHolds,
  spellAloud,
  spendPasswordTime,
} from './index.ts'

const former = 'the former secret, long enough for anyone'.replace(',', '')
const present = 'the present secret, long enough for anyone'.replace(',', '')

describe('what is sealed', () => {
  test('opens again, for its purpose and place alone', () => {
    const secrets = secretsFrom(present)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (plain, bound) => {
        const sealed = secrets.seal('room.thing', plain, bound)
        expect(Buffer.from(secrets.open('room.thing', sealed, bound)).equals(Buffer.from(plain))).toBe(true)
        expect(() => secrets.open('room.other', sealed, bound)).toThrow()
        expect(() => secrets.open('room.thing', sealed, `${bound}x`)).toThrow()
      }),
      { numRuns: 50 },
    )
  })

  test('does not open once a single bit is altered', () => {
    const secrets = secretsFrom(present)
    const sealed = secrets.seal('room.thing', 'content')
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed)
      altered[at]! ^= 1
      expect(() => secrets.open('room.thing', altered)).toThrow()
    }
    expect(() => secrets.open('room.thing', sealed.subarray(0, 10))).toThrow()
  })

  test('opens after the secret was changed, as long as the former one is still named', () => {
    const sealed = secretsFrom(former).seal('room.thing', 'kept')
    expect(secretsFrom(`${present},${former}`).open('room.thing', sealed).toString()).toBe('kept')
    expect(() => secretsFrom(present).open('room.thing', sealed)).toThrow('Add the former secret')
    expect(secretsFrom(`${present},${former}`).macs('p', 'x')).toEqual([
      secretsFrom(present).mac('p', 'x'),
      secretsFrom(former).mac('p', 'x'),
    ])
  })

  test('needs a secret of some length', () => {
    expect(() => secretsFrom('short')).toThrow('at least 32 characters')
    expect(() => secretsFrom(`${present},short`)).toThrow('at least 32 characters')
  })

  test('is signed so that the public half proves it', () => {
    const { publicKey, signature } = secretsFrom(present).sign('p', Buffer.from('head'))
    expect(signatureHolds(publicKey, Buffer.from('head'), signature)).toBe(true)
    expect(signatureHolds(publicKey, Buffer.from('heap'), signature)).toBe(false)
    expect(signatureHolds('nonsense', Buffer.from('head'), signature)).toBe(false)
  })
})

describe('a password', () => {
  test('is kept as an argon2id hash of 19 MiB, and only the right one matches', async () => {
    const hash = await hashPassword('Corréct horse')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await passwordMatches(hash, 'Corréct horse')).toBe(true)
    expect(await passwordMatches(hash, 'Corréct horse'.normalize('NFD'))).toBe(true)
    expect(await passwordMatches(hash, 'Correct horse')).toBe(false)
    expect(await passwordMatches('no hash', 'x')).toBe(false)
    await spendPasswordTime('anything')
  })

  test('that is generated has at least 80 bits, no look-alikes, and letters and digits in each group', () => {
    const seen = new Set<string>()
    for (let i = 0; i < 500; i++) {
      const password = generatePassword()
      expect(password).toMatch(/^([2-9A-HJKMNP-Z]{4}-){4}[2-9A-HJKMNP-Z]{4}$/)
      for (const group of password.split('-')) expect(group).toMatch(/(?=.*\d)(?=.*[A-Z])/)
      expect(password).not.toMatch(/[01OIL]/)
      seen.add(password)
    }
    expect(seen.size).toBe(500)
    expect(CLEAR_ALPHABET).not.toMatch(/[01OIL]/)
    // A group is one of 31^4 − 23^4 − 8^4: letters and digits mixed.
    expect(5 * Math.log2(31 ** 4 - 23 ** 4 - 8 ** 4)).toBeGreaterThanOrEqual(80)
    expect(generatePassword(128).split('-')).toHaveLength(7)
  })

  test('is spelled for the telephone', () => {
    expect(spellAloud('K7-Q')).toEqual(['Kilo', 'seven', 'dash', 'Quebec'])
    expect(randomReference()).toMatch(/^[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}$/)
  })
})

describe('an authenticator', () => {
  test('counts a code of the present step or the one beside it, and says which', async () => {
    const secret = await newAuthenticatorSecret()
    const now = new Date('2026-11-20T09:00:10Z')
    const code = await authenticatorCode(secret, now)
    const step = await authenticatorStep(secret, code, now)
    expect(step).toBe(Math.floor(now.getTime() / 30_000))
    expect(await authenticatorStep(secret, code, new Date(now.getTime() + 30_000))).toBe(step)
    expect(await authenticatorStep(secret, code, new Date(now.getTime() + 90_000))).toBeUndefined()
    expect(await authenticatorStep(secret, '12345', now)).toBeUndefined()
    expect(await authenticatorAddress(secret, 'alice@police.example')).toMatch(/^otpauth:\/\/totp\/Safehaven/)
  })

  test('gives the codes of RFC 6238', async () => {
    expect(await authenticatorCode('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', new Date(59_000))).toBe('287082')
  })
})

test('texts are compared whole, and hashed as everyone hashes', () => {
  expect(sameText('abc', 'abc')).toBe(true)
  expect(sameText('abc', 'abcd')).toBe(false)
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
