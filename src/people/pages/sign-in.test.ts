import { beforeAll, describe, expect, it } from 'vitest'
import { actIn, sql, system } from '../../platform/index.ts'
import { seedArea } from '../../testing/area/index.ts'
import { CAST_PASSWORD } from '../../testing/cast.ts'
import { type TestHouse, testHouse } from '../../testing/test-house.ts'
import { codeNow } from '../authenticator.ts'
import { userByName } from '../index.ts'
import { authenticate, jobs, navigation, pages } from '../room.ts'

let test: TestHouse

beforeAll(async () => {
  test = await testHouse({ pages, jobs, navigation, authenticate })
  await seedArea(test.house, [])
})

const code = (username: string): Promise<string> =>
  actIn(
    test.house,
    { actor: system, act: 'test' },
    async (ctx) => (await codeNow(ctx.tx, ctx.secrets, (await userByName(ctx.tx, username))!.id, ctx.now)) ?? '',
  )
const giving = async (username: string, password = CAST_PASSWORD) => {
  const browser = test.browser()
  await browser.get('/sign-in')
  return { browser, seen: await browser.post('/sign-in', { username, password }) }
}
const signedIn = async (username: string) => {
  test.clock.forward(90_000)
  const { browser } = await giving(username)
  const seen = await browser.post('/sign-in/second-step', { code: await code(username) })
  return { browser, seen }
}

describe('signing in', () => {
  it('WY-5: takes a password and a code, and neither alone opens anything', async () => {
    const { browser, seen } = await giving('alice')
    expect(seen.to).toBe('/sign-in/second-step')
    expect((await browser.get('/directory')).to).toBe('/sign-in?next=%2Fdirectory')
    const { html } = await browser.get('/sign-in?next=%2Fdirectory')
    expect([html.includes('go on where you were'), html.includes('What you typed there is kept')]).toEqual([
      true,
      false,
    ])
    const after = await browser.post('/sign-in/second-step', { code: await code('alice') })
    expect(after.to).toBe('/')
    expect((await browser.get('/directory')).status).toBe(200)
  })

  it('gives the browser a new token at each step, so that one that was planted opens nothing', async () => {
    test.clock.forward(90_000)
    const { browser } = await giving('alice')
    const first = browser.cookies.get('safehaven_session')
    await browser.post('/sign-in/second-step', { code: await code('alice') })
    expect(browser.cookies.get('safehaven_session')).not.toBe(first)
    const planted = test.browser()
    planted.cookies.set('safehaven_session', first ?? '')
    expect((await planted.get('/account')).status).toBe(303)
  })

  it('refuses a code that has been used already', async () => {
    const { browser } = await signedIn('bashir')
    expect((await browser.get('/account')).status).toBe(200)
    const { browser: thief } = await giving('bashir')
    const again = await thief.post('/sign-in/second-step', { code: await code('bashir') })
    expect(again.html).toContain('has been used already')
    expect((await thief.get('/account')).status).toBe(303)
  })

  it('asks for the password again after five wrong codes', async () => {
    test.clock.forward(90_000)
    const { browser } = await giving('grace')
    for (let tries = 1; tries < 5; tries++)
      expect((await browser.post('/sign-in/second-step', { code: '000000' })).status).toBe(422)
    expect((await browser.post('/sign-in/second-step', { code: '000000' })).to).toBe('/sign-in')
    expect((await browser.post('/sign-in/second-step', { code: await code('grace') })).to).toBe('/sign-in')
  })

  it('says the same of an unknown name as of a wrong password', async () => {
    const strip = (html: string) =>
      html.replaceAll(/value="[^"]*"|nonce="[^"]*"|<span class="safehaven-reference">[^<]*/g, '')
    const unknown = (await giving('nobody.here', 'a wrong password')).seen
    const wrong = (await giving('nadia', 'a wrong password')).seen
    expect(unknown.status).toBe(422)
    expect(strip(unknown.html)).toBe(strip(wrong.html))
  })

  it('slows down whoever guesses, for at most a minute, and never locks the desk out', async () => {
    for (let tries = 0; tries < 12; tries++) {
      await giving('imran', 'a wrong password')
      test.clock.forward(61_000)
    }
    await giving('imran', 'a wrong password')
    const waiting = (await giving('imran')).seen
    expect(waiting.html).toMatch(/Wait \d+ seconds?, then try again/)
    test.clock.forward(61_000)
    expect((await giving('imran')).seen.to).toBe('/sign-in/second-step')
  })

  it('ends after half an hour without a page, and after twelve hours in any case', async () => {
    const { browser } = await signedIn('usha')
    for (let hours = 0; hours < 23; hours++) {
      test.clock.forward(29 * 60_000)
      expect((await browser.get('/account')).status).toBe(200)
    }
    test.clock.forward(31 * 60_000)
    expect((await browser.get('/account')).to).toContain('/sign-in')
    const { browser: later } = await signedIn('usha')
    test.clock.forward(31 * 60_000)
    expect((await later.get('/account')).to).toContain('/sign-in')
  })

  it('gives back what was typed when it had run out meanwhile', async () => {
    const { browser } = await signedIn('usha')
    await browser.get('/directory/add')
    test.clock.forward(45 * 60_000)
    const late = await browser.post('/directory/add', { name: 'Somebody typed with care', kind: 'health' })
    expect(late.to).toContain('kept')
    expect((await browser.get(late.to ?? '')).html).toContain('What you typed there is kept')
    await browser.post(late.to ?? '', { username: 'usha', password: CAST_PASSWORD })
    const to = await browser.post(`/sign-in/second-step?${(late.to ?? '').split('?')[1]}`, { code: await code('usha') })
    expect((await browser.get(to.to ?? '')).html).toContain('Somebody typed with care')
  })

  it('signs out one browser, or everywhere at once', async () => {
    const { browser } = await signedIn('dev')
    const { browser: other } = await signedIn('dev')
    expect((await browser.post('/account/sessions/end')).to).toBe('/sign-in')
    expect((await other.get('/account')).status).toBe(303)
    const { browser: third } = await signedIn('dev')
    expect((await third.post('/sign-out')).to).toBe('/sign-in')
    expect((await third.get('/account')).status).toBe(303)
  })

  it('CUM-57, WY-6: brings someone who has not accepted the terms to them, and opens nothing before', async () => {
    const { browser, seen } = await signedIn('toby')
    expect(seen.to).toBe('/account/terms')
    expect((await browser.get('/directory')).status).toBe(403)
    expect((await browser.post('/account/terms', {})).status).toBe(422)
    expect((await browser.post('/account/terms', { accept: 'yes' })).to).toBe('/account')
    // BOU-1: and without training nothing more.
    expect((await browser.get('/account')).html).toContain('not yet taken information-governance training')
    expect((await browser.get('/directory')).status).toBe(403)
  })

  it('leads nowhere but within the service, whatever the address says', async () => {
    test.clock.forward(90_000)
    const browser = test.browser()
    await browser.get('/sign-in?next=//evil.example/')
    await browser.post('/sign-in?next=//evil.example/', { username: 'kasia', password: CAST_PASSWORD })
    expect(
      (await browser.post('/sign-in/second-step?next=https://evil.example/', { code: await code('kasia') })).to,
    ).toBe('/')
  })

  it('prints no sign-in outside an invented area, even where some are kept', async () => {
    expect((await test.browser().get('/sign-in')).html).not.toContain('Who you can sign in as')
  })

  it('keeps neither password nor token nor secret readable in the database', async () => {
    const kept = await actIn(test.house, { actor: system, act: 'test' }, async (ctx) => [
      ...(await ctx.tx.query(sql`select password_hash from people.user_account`)),
      ...(await ctx.tx.query(sql`select id from people.session`)),
    ])
    expect(kept.every((row) => !JSON.stringify(row).includes(CAST_PASSWORD))).toBe(true)
    const { browser } = await signedIn('leroy')
    expect(JSON.stringify(kept)).not.toContain(browser.cookies.get('safehaven_session'))
  })
})

describe('a first sign-in', () => {
  it('is made by an administrator, sets up an app by picture or typed key, and then works like any other', async () => {
    const { browser: ushas } = await signedIn('usha')
    await ushas.get('/users/add')
    const added = await ushas.post('/users/add', {
      username: 'morag',
      name: 'Morag Bell',
      roles: ['practitioner'],
      area: 'kirkvale',
    })
    const password = /safehaven-reference">([0-9A-Z-]{20,})</.exec(added.html)?.[1] ?? ''
    expect(password).not.toBe('')
    const { browser, seen } = await giving('morag', password)
    expect(seen.to).toBe('/sign-in/set-up')
    const page = await browser.get('/sign-in/set-up')
    expect(page.html).toContain('src="data:image/png;base64,')
    expect((await browser.post('/sign-in/set-up', { code: '123456' })).status).toBe(422)
    const after = await browser.post('/sign-in/set-up', { code: await code('morag') })
    expect(after.to).toBe('/account/terms')
  })

  it('is refused when the first password is older than a week', async () => {
    const { browser: ushas } = await signedIn('usha')
    await ushas.get('/users/add')
    const added = await ushas.post('/users/add', { username: 'late.comer', name: 'Late Comer', roles: ['referrer'] })
    const password = /safehaven-reference">([0-9A-Z-]{20,})</.exec(added.html)?.[1] ?? ''
    test.clock.forward(8 * 86_400_000)
    expect((await giving('late.comer', password)).seen.html).toContain('limited time')
  })
})
