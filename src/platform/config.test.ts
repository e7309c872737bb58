import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from './index.ts'

const data = mkdtempSync(join(tmpdir(), 'safehaven-config-'))
afterAll(() => rmSync(data, { recursive: true }))
const secret = { SAFEHAVEN_SECRET: 'x'.repeat(40) }

describe('the settings', () => {
  test('stop the start without a secret, and say what to set', () => {
    expect(() => readConfig({ data }, {})).toThrow(/SAFEHAVEN_SECRET is not set.*openssl rand/)
    expect(() => readConfig({ data }, { SAFEHAVEN_SECRET: '  ' })).toThrow('SAFEHAVEN_SECRET')
  })

  test('of an invented area make their own secret once and keep it closed', () => {
    const first = readConfig({ data, demo: true }, {})
    expect(first.secret.length).toBeGreaterThanOrEqual(32)
    expect(readConfig({ data, demo: true }, {}).secret).toBe(first.secret)
    expect(readConfig({ data }, {}).secret).toBe(first.secret)
    expect(statSync(join(data, 'demo-secret')).mode & 0o777).toBe(0o600)
  })

  test('of an invented area send nothing out, whatever the environment says', () => {
    expect(
      readConfig({ data, demo: true }, { ...secret, SMTP_RELAY_URL: 'smtp://mail.example' }).relayUrl,
    ).toBeUndefined()
    expect(readConfig({ data }, { ...secret, SMTP_RELAY_URL: 'smtp://mail.example' }).relayUrl).toBe(
      'smtp://mail.example',
    )
  })

  test('name a resolver by its address, and a return address that leaves room for what is put behind it', () => {
    const read = (more: object) => readConfig({ data }, { ...secret, ...more })
    expect(read({ SAFEHAVEN_RESOLVER: '127.0.0.1:5353' }).resolver).toBe('127.0.0.1:5353')
    expect(() => read({ SAFEHAVEN_RESOLVER: 'dns.example' })).toThrow('an address and port such as 127.0.0.1:53')
    expect(read({ SAFEHAVEN_RETURN_ADDRESS: 'Returns@hub.example' }).returns).toEqual({
      address: 'returns@hub.example',
      port: 2527,
    })
    for (const bad of ['returns', 'much-too-long@hub.example', 'a b@hub.example', 'returns@hub'])
      expect(() => read({ SAFEHAVEN_RETURN_ADDRESS: bad })).toThrow('at most ten letters and digits')
    expect(() => read({ SAFEHAVEN_RETURN_ADDRESS: 'r@hub.example', SAFEHAVEN_RETURN_PORT: '70000' })).toThrow('a port')
  })

  test('refuse addresses of the wrong kind and half a sign-in provider', () => {
    expect(() => readConfig({ data }, { ...secret, DATABASE_URL: 'mysql://x' })).toThrow(
      'DATABASE_URL must be an address',
    )
    expect(() => readConfig({ data }, { ...secret, SMTP_RELAY_URL: 'mail.example' })).toThrow(
      'SMTP_RELAY_URL must be an address',
    )
    expect(() => readConfig({ data }, { ...secret, OIDC_ISSUER: 'https://id.example' })).toThrow('together, or none')
  })

  test('name replicas only beside the server that they follow, each once', () => {
    const primary = 'postgres://db1/safehaven'
    const read = (urls: string, DATABASE_URL?: string) =>
      readConfig({ data }, { ...secret, DATABASE_URL, DATABASE_READ_URL: urls }).replicaUrls
    expect(readConfig({ data }, { ...secret, DATABASE_URL: primary }).replicaUrls).toBeUndefined()
    expect(read('postgres://db2/safehaven, postgresql://db3/safehaven', primary)).toEqual([
      'postgres://db2/safehaven',
      'postgresql://db3/safehaven',
    ])
    expect(() => read('postgres://db2/safehaven')).toThrow('set DATABASE_URL too')
    for (const wrong of ['db2', 'postgres://db2/x,', 'postgres://db2/x,mysql://db3/x'])
      expect(() => read(wrong, primary)).toThrow('Each of DATABASE_READ_URL must be an address that begins with')
    expect(() => read('postgres://db2/x,postgres://db2/x', primary)).toThrow('the same replica twice')
  })

  test('are the only place that reads the environment, and crypto the only one that makes keys', () => {
    const source = fileURLToPath(new URL('..', import.meta.url))
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !/\.(test|fixture|cases)\.ts$/.test(name) && !name.startsWith('testing/'),
    )
    expect(files.length).toBeGreaterThan(30)
    const having = (words: RegExp) =>
      files.filter((name) => words.test(readFileSync(join(source, name), 'utf8'))).sort()
    expect(having(/process\.env\b/)).toEqual(['platform/config.ts'])
    expect(having(/from '(node:)?crypto'|require\('(node:)?crypto'\)|Math\.random\(/)).toEqual(['platform/crypto.ts'])
    expect(existsSync(source)).toBe(true)
  })
})
