import { beforeAll, describe, expect, it } from 'vitest'
import { actIn, system } from '../platform/index.ts'
import { seedArea } from '../testing/area/index.ts'
import type { Browser } from '../testing/browser.ts'
import { type TestHouse, testHouse } from '../testing/test-house.ts'
import { openSession, userByName } from './index.ts'
import { authenticate, pages } from './room.ts'
import { softPasskey } from './soft-passkey.fixture.ts'

const ORIGIN = 'http://localhost:3000'
let test: TestHouse

beforeAll(async () => {
  test = await testHouse({ pages, authenticate })
  await seedArea(test.house, [])
})

const questionIn = (html: string) => (/data-question="([^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&quot;', '"')
async function signedIn(username: string): Promise<Browser> {
  const browser = test.browser()
  const token = await actIn(test.house, { actor: system, act: 'test' }, async (ctx) =>
    openSession(ctx.tx, (await userByName(ctx.tx, username))!.id, 'authenticator', 'test', ctx.now),
  )
  browser.cookies.set('safehaven_session', token)
  return browser
}
async function withPasskey(username: string) {
  const key = softPasskey(ORIGIN)
  const browser = await signedIn(username)
  const question = questionIn((await browser.get('/account/passkeys/add')).html)
  const added = await browser.post('/account/passkeys/add', { label: 'Work laptop', answer: key.create(question) })
  expect(added.to).toBe('/account')
  return { key, browser }
}

describe('passkeys', () => {
  it('WY-5: sign in by finger, face or PIN, both factors in one', async () => {
    const { key } = await withPasskey('alice')
    const browser = test.browser()
    const question = questionIn((await browser.get('/sign-in/passkey?next=/directory')).html)
    const after = await browser.post('/sign-in/passkey?next=/directory', { answer: key.get(question) })
    expect(after.to).toBe('/directory')
    expect((await browser.get('/account')).html).toContain('Work laptop')
  })

  it('refuse an answer that is replayed, comes from another site, or was not verified by its holder', async () => {
    const { key } = await withPasskey('dev')
    const browser = test.browser()
    const ask = async () => questionIn((await browser.get('/sign-in/passkey')).html)
    const answer = key.get(await ask())
    expect((await browser.post('/sign-in/passkey', { answer })).to).toBe('/')
    const thief = test.browser()
    await thief.get('/sign-in/passkey')
    expect((await thief.post('/sign-in/passkey', { answer })).status).toBe(422)
    const elsewhere = key.get(questionIn((await thief.get('/sign-in/passkey')).html), {
      from: 'https://safehaven.evil.example',
    })
    expect((await thief.post('/sign-in/passkey', { answer: elsewhere })).status).toBe(422)
    const touched = key.get(questionIn((await thief.get('/sign-in/passkey')).html), { verified: false })
    expect((await thief.post('/sign-in/passkey', { answer: touched })).status).toBe(422)
    expect((await thief.post('/sign-in/passkey', { answer: '{"id":[]}' })).status).toBe(422)
    expect((await thief.get('/account')).status).toBe(303)
  })

  it('open nothing once removed, nor after the account is closed', async () => {
    const { key, browser } = await withPasskey('kasia')
    const id = /name="passkey" value="([^"]+)"/.exec((await browser.get('/account')).html)?.[1] ?? ''
    const other = await signedIn('leroy')
    await other.get('/account')
    expect((await other.post('/account/passkeys/remove', { passkey: id })).status).toBe(404)
    expect((await browser.post('/account/passkeys/remove', { passkey: id })).to).toBe('/account')
    const later = test.browser()
    const question = questionIn((await later.get('/sign-in/passkey')).html)
    expect((await later.post('/sign-in/passkey', { answer: key.get(question) })).status).toBe(422)
  })
})
