import { beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../testing/sign-in.ts'
import { MISSPELT, openRegisters, TYPED, zephyrine } from './register-house.fixture.ts'
import { isSweep } from './rules/sweep.ts'

const { test: area, fed, actor, ask: askOnce } = await openRegisters()
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
    expect([slowed.status, slowed.html.includes('one question a minute')]).toEqual([422, true])
    // What was typed is not lost while they wait.
    expect(slowed.html).toContain(`value="${TYPED.name}"`)
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
  test('an auditor marks a way of asking as looked at, with what was found; it stands with their name, and what comes later is open again', async () => {
    const harriet = await signIn(area, 'harriet')
    const list = (await harriet.get('/register/watch')).html
    const path = /\/register\/watch\/[0-9a-f-]{36}/.exec(list.slice(list.indexOf('Nadia Haddad')))![0]
    const { html } = await harriet.get(path)
    expect(html).not.toMatch(/Abbott|Hobson/)
    const upTo = /name="upTo" value="([^"]+)"/.exec(html)![1]!
    expect((await harriet.post(path, { upTo, found: 'Fine' })).status).toBe(422)
    const found = 'She was checking the class list of a closed school, and showed it to me.'
    expect((await harriet.post(path, { upTo: '2026-11-21T09:59:59.000Z', found })).status).toBe(404)
    expect((await harriet.post(path, { upTo, found })).to).toBe('/register/watch')
    expect((await harriet.post(path, { upTo, found })).status).toBe(409)
    const after = (await harriet.get('/register/watch')).html
    expect(after).toContain(found)
    expect(after.indexOf('Alice Hartley'), 'open ones first').toBeLessThan(after.indexOf('Nadia Haddad'))
    const { rows } = await area.house.database.pool.query(
      `select actor_name, subject from audit.entry where act = 'register.asking-looked-at' and outcome = 'done'`,
    )
    expect(rows).toEqual([{ actor_name: 'Harriet Sykes', subject: path.split('/').at(-1) }])
    clock.forward(MINUTE)
    await ask('nadia', { family: 'Ivory' })
    expect((await harriet.get('/register/watch')).html).toContain('1 since then')
    const nadia = await signIn(area, 'nadia')
    expect((await nadia.get(path)).status).toBe(403)
  })
  test('nobody looks at their own way of asking, and nobody at another agency’s', async () => {
    const { id } = await actor('harriet')
    await area.house.database.pool.query(
      `update register.enquiry set asker = $1 where asker_name = 'Grace Okafor' and flag is not null`,
      [id],
    )
    clock.set(new Date('2027-07-04T10:00:00Z'))
    const harriet = await signIn(area, 'harriet')
    const { html } = await harriet.get(`/register/watch/${id}`)
    expect(html).toContain('Somebody else must look at it.')
    const stood = await area.house.database.pool.query(
      `select at from register.enquiry where asker = $1 and flag is not null order by at desc limit 1`,
      [id],
    )
    const own = { upTo: stood.rows[0].at.toISOString(), found: 'I did nothing wrong at all.' }
    expect((await harriet.post(`/register/watch/${id}`, own)).status).toBe(409)
    await area.house.database.pool.query(
      `update people.user_account set agency = 'marlow-dene' where username = 'harriet'`,
    )
    const elsewhere = await signIn(area, 'harriet')
    expect((await elsewhere.get(`/register/watch/${id}`)).status).toBe(404)
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
