import { beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../testing/sign-in.ts'
import { MISSPELT, openRegisters, TYPED, zephyrine } from './register-house.fixture.ts'
import { isSweep } from './rules/sweep.ts'

const { test: area, fed, ask: askOnce } = await openRegisters()
const { clock } = area
/** One question a second later than the last, so that their order is known. */
const ask: typeof askOnce = (...asked) => {
  clock.forward(1_000)
  return askOnce(...asked)
}
const flagsOf = async (name: string): Promise<(string | null)[]> => {
  const { rows } = await area.house.database.pool.query(
    'select flag from register.enquiry where asker_name = $1 order by at, id',
    [name],
  )
  return rows.map((row) => row.flag)
}
const MINUTE = 60_000

describe('trawling the registers', { timeout: 120_000 }, () => {
  beforeAll(() => fed('kirkvale', 'K-1', zephyrine()))

  test('many checks within an hour are slowed to one a minute and flagged; where harm is about to happen nobody is slowed', async () => {
    for (let n = 0; n < 30; n += 1) await ask('alice', MISSPELT)
    expect((await flagsOf('Alice Hartley')).filter((flag) => flag !== null)).toEqual([])
    await expect(ask('alice', MISSPELT)).rejects.toThrow('one question a minute')
    await ask('alice', MISSPELT, { risk: 'imminent-harm' })
    clock.forward(61_000)
    await ask('alice', MISSPELT)
    expect((await flagsOf('Alice Hartley')).slice(-2)).toEqual(['31 checks within an hour', '32 checks within an hour'])
    const browser = await signIn(area, 'alice')
    await browser.get('/register')
    const slowed = await browser.post('/register', TYPED)
    expect([slowed.status, slowed.html.includes('one question a minute')]).toEqual([429, true])
  })
  test('after a hundred and twenty within an hour nothing more is answered', async () => {
    for (let n = 0; n < 120; n += 1) await ask('imran', MISSPELT, { risk: 'imminent-harm' })
    await expect(ask('imran', MISSPELT, { risk: 'imminent-harm' })).rejects.toThrow('120 times within the hour')
    clock.forward(61 * MINUTE)
    expect((await ask('imran', MISSPELT)).outcome).toBe('known')
  })
  test('names in the order of the alphabet are flagged at the eighth', async () => {
    const names = ['Abbott', 'Barlow', 'Carver', 'Dunne', 'Ellison', 'Foxley', 'Garside', 'Hobson']
    for (const family of names) await ask('nadia', { family })
    const flags = await flagsOf('Nadia Haddad')
    expect(flags.slice(0, 7)).toEqual(Array(7).fill(null))
    expect(flags[7]).toBe('names in the order of the alphabet')
  })
  test('many checks at night by one person are flagged, by the clock on the wall in summer too', async () => {
    clock.set(new Date('2027-07-03T21:30:00Z'))
    for (let n = 0; n < 6; n += 1) await ask('grace', { ...MISSPELT, age: n + 4, born: undefined })
    expect((await flagsOf('Grace Okafor')).at(-1)).toBe('many checks at night')
  })
  test('an auditor sees what stood out and who was slowed, and not about whom; nobody else does', async () => {
    const auditor = await (await signIn(area, 'harriet')).get('/register/watch')
    for (const seen of ['Grace Okafor', 'many checks at night']) expect(auditor.html).toContain(seen)
    expect(auditor.html).not.toMatch(/Zefirine|Abbott|Okonkwo/)
    clock.set(new Date('2026-11-21T10:00:00Z'))
    const before = await (await signIn(area, 'harriet')).get('/register/watch')
    for (const seen of ['Alice Hartley', 'Nadia Haddad', 'names in the order of the alphabet', 'more than 30 checks'])
      expect(before.html).toContain(seen)
    expect(before.html).toMatch(/Alice Hartley: 2 times, last/)
    expect((await (await signIn(area, 'alice')).get('/register/watch')).status).toBe(403)
  })
  test('a sweep is told from work: eight names in order, whatever lies between repeats, and never seven', () => {
    const asked = (families: string) => families.split('').map((family) => ({ family }))
    expect(isSweep(asked('ABCDEFGH'))).toBe(true)
    expect(isSweep(asked('HGFEDCBA'))).toBe(true)
    expect(isSweep(asked('AABBCDDEFGGH'))).toBe(true)
    expect(isSweep(asked('ABCDEFG'))).toBe(false)
    expect(isSweep(asked('ABCDXEFG'))).toBe(false)
    expect(isSweep([...'12345678'].map((n) => ({ born: `201${n}` })))).toBe(true)
    expect(isSweep([])).toBe(false)
  })
})
