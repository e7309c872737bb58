import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Actor, sql } from '../platform/index.ts'
import { testHouse } from '../testing/test-house.ts'
import { file, invalid, notFound, page, progress, redirect, text, view } from './index.ts'

const alice: Actor = {
  id: 'alice',
  name: 'Alice Ahmed',
  kind: 'user',
  agency: 'police',
  agencyName: 'Police',
  role: 'worker',
  permissions: new Set(['note.write']),
}
const bob: Actor = { ...alice, id: 'bob', name: 'Bob Bell', permissions: new Set() }

const note = page({
  path: '/notes/:id',
  params: z.object({ id: z.string().max(20) }),
  permission: 'note.write',
  audit: 'note.opened',
  async get(ctx, { params }) {
    if (params.id === 'none') return notFound()
    ctx.about(params.id)
    return view('web/page.test.njk', { title: 'Note', id: params.id })
  },
  form: z.object({ words: text('Enter the words', 20_000), colour: z.string().optional() }),
  files: { limit: 1000, count: 2 },
  async post(ctx, { params, form, files }) {
    await ctx.tx.run(sql`insert into room.note (id, words) values (${params.id}, ${form.words})`)
    if (form.words === 'wrong') return invalid({ words: 'These words are wrong' })
    if (form.words === 'fault') throw new Error('secret words')
    for (const one of files) await ctx.blobs.claim(ctx.tx, one)
    return redirect(`/notes/${params.id}`)
  },
})
const open = page({
  path: '/open',
  permission: 'public',
  audit: 'open.seen',
  get: async () => progress({ title: 'Working', sentence: 'Going on', done: 1, total: 2000 }),
})
const sheet = page({
  path: '/sheet',
  permission: 'note.write',
  audit: 'sheet.read',
  get: async () => file({ name: 'Zoë “sheet”.pdf', type: 'application/pdf', content: Buffer.from('%PDF') }),
})

const { house, browser, acts, app } = await testHouse({
  pages: [note, open, sheet],
  navigation: [
    { text: 'Notes', href: '/notes', permission: 'note.write' },
    { text: 'Best note', href: '/notes/best', permission: 'note.write' },
  ],
})
await house.database.pool.query('create schema room; create table room.note (id text, words text)')
const words = async () => (await house.database.pool.query('select words from room.note')).rows.map((row) => row.words)

describe('a page', () => {
  test('is shown to whoever may, and the reading is recorded with its subject', async () => {
    const seen = await browser(alice).get('/notes/a1')
    expect(seen.status).toBe(200)
    expect(seen.html).toContain('Alice Ahmed, Police')
    expect((await acts()).at(-1)).toMatchObject({ act: 'note.opened', actor: 'alice', subject: 'a1', outcome: 'done' })
    expect(seen.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
    expect(String(seen.headers['content-security-policy'])).toMatch(/script-src 'self' 'nonce-/)
    expect(String(seen.headers['content-security-policy'])).not.toContain('unsafe-inline')
  })

  test('says in the navigation where one is: at one place only, the nearest', async () => {
    const at = async (path: string) =>
      (await browser(alice).get(path)).html.match(/service-navigation__item--active[^<]*<a[^>]*href="([^"]+)"/g)
    expect(await at('/notes/a1')).toEqual([expect.stringContaining('href="/notes"')])
    expect(await at('/notes/best')).toEqual([expect.stringContaining('href="/notes/best"')])
  })

  test('is closed to a role without the permission, and the attempt is recorded', async () => {
    const seen = await browser(bob).get('/notes/a1')
    expect(seen.status).toBe(403)
    expect(seen.html).toContain('Your role does not include this page')
    expect((await acts()).at(-1)).toMatchObject({ act: 'note.opened', actor: 'bob', outcome: 'refused' })
  })

  test('asks a stranger to sign in first, and remembers where they were going', async () => {
    expect(await browser().get('/notes/a1?x=1')).toMatchObject({
      status: 303,
      to: '/sign-in?next=%2Fnotes%2Fa1%3Fx%3D1',
    })
  })

  test('is not answered when the act cannot be recorded', async () => {
    await house.database.pool.query('revoke insert on audit.entry from safehaven_app')
    const seen = await browser(alice).get('/notes/a1')
    await house.database.pool.query('grant insert on audit.entry to safehaven_app')
    expect(seen.status).toBe(500)
    expect(seen.html).not.toContain('Note a1')
  })

  test('takes a form, once, in one transaction', async () => {
    const alices = browser(alice)
    await alices.get('/notes/a2')
    expect(await alices.post('/notes/a2', { words: 'good words' })).toMatchObject({ status: 303, to: '/notes/a2' })
    expect(await words()).toEqual(['good words'])
    expect((await acts()).at(-1)).toMatchObject({ act: 'note.opened.sent', outcome: 'done' })
  })

  test('is shown again with what was typed and a sentence beside the field that is wrong, and keeps nothing', async () => {
    const alices = browser(alice)
    await alices.get('/notes/a3')
    for (const sent of [
      { words: '  ', colour: '<b>"red' },
      { words: 'wrong', colour: '<b>"red' },
    ]) {
      const seen = await alices.post('/notes/a3', sent)
      expect(seen.status).toBe(422)
      expect(seen.html).toContain('There is a problem')
      expect(seen.html).toContain('href="#words"')
      expect(seen.html).toContain('value="&lt;b&gt;&quot;red"')
      expect(seen.html).toContain('<title>Error: ')
    }
    expect((await acts()).map((entry) => entry.outcome)).toContain('invalid')
    expect(await words()).toEqual(['good words'])
  })

  test('tells a fault by its reference and not by its words, and undoes what it did', async () => {
    const alices = browser(alice)
    await alices.get('/notes/a4')
    const seen = await alices.post('/notes/a4', { words: 'fault' })
    expect(seen.status).toBe(500)
    expect(seen.html).toMatch(/[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}/)
    expect(seen.html).not.toContain('secret')
    expect(await words()).toEqual(['good words'])
    expect((await acts()).at(-1)).toMatchObject({ outcome: 'failed' })
  })

  test('refuses a form that did not come from a page of ours', async () => {
    const alices = browser(alice)
    const cookie = `safehaven_session=${alices.cookies.get('safehaven_session')}`
    const forged = {
      method: 'POST' as const,
      url: '/notes/a5',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'words=forged',
    }
    expect((await app.inject(forged)).statusCode).toBe(403)
    await alices.get('/notes/a5')
    const html = (await alices.get('/notes/a5')).html
    const token = /name="_token" value="([^"]+)"/.exec(html)![1]!
    const ours = { ...forged, payload: `words=forged&_token=${encodeURIComponent(token)}` }
    expect((await app.inject(ours)).statusCode).toBe(403) // the token without its cookie
    const both = `${cookie}; safehaven_form=${alices.cookies.get('safehaven_form')}`
    expect(
      (await app.inject({ ...ours, headers: { ...forged.headers, cookie: both, origin: 'https://elsewhere.example' } }))
        .statusCode,
    ).toBe(403)
    expect(
      (await app.inject({ ...ours, headers: { ...forged.headers, cookie: both, 'sec-fetch-site': 'cross-site' } }))
        .statusCode,
    ).toBe(403)
    expect(await words()).not.toContain('forged')
  })

  test('loses nothing typed when the sign-in has run out: the same person finds it again', async () => {
    const alices = browser(alice)
    await alices.get('/notes/a6')
    alices.expire()
    const away = await alices.post('/notes/a6', { words: 'a long account\nof two lines' })
    expect(away.status).toBe(303)
    expect(away.to).toMatch(/^\/sign-in\?next=/)
    expect(await words()).not.toContain('a long account\nof two lines')
    const next = new URL(away.to!, 'http://x').searchParams.get('next')!
    alices.expire(false)
    const back = await alices.get(next)
    expect(back.html).toContain('a long account\nof two lines')
    expect(back.html).toContain('nothing was sent')
    const { rows } = await house.database.pool.query<{ sealed: Buffer }>('select sealed from platform.kept_form')
    expect(rows[0]!.sealed.toString('latin1')).not.toContain('long account')
    const carol = browser({ ...alice, id: 'carol' })
    carol.cookies.set('safehaven_form', alices.cookies.get('safehaven_form')!)
    expect((await carol.get(next)).html).not.toContain('a long account')
    expect((await browser(alice).get(next)).html).not.toContain('a long account')
  })

  test('is not found in the same words, whether it is hidden or was never there', async () => {
    expect((await browser(alice).get('/notes/none')).status).toBe(404)
    expect((await browser(alice).get(`/notes/${'x'.repeat(30)}`)).status).toBe(404)
    expect((await browser(alice).get('/nowhere')).status).toBe(404)
  })

  test('at an address that cannot be read is answered with a page', async () => {
    for (const url of ['/%zz', '/notes/%e0%a4%a', `/notes/${'x'.repeat(3000)}`]) {
      const seen = await browser(alice).get(url)
      expect([400, 404, 414]).toContain(seen.status)
      expect(seen.html).toContain('<h1')
      expect(seen.html).not.toContain('%zz')
    }
  })

  test('shows hostile words as words', async () => {
    const alices = browser(alice)
    await alices.get('/notes/a7')
    const typed = `<script>alert(1)</script> \u202e 👧🏽 ${'x'.repeat(10_000)}`
    expect((await alices.post('/notes/a7', { words: typed })).status).toBe(303)
    expect(await words()).toContain(typed)
    const seen = await alices.post('/notes/a7', { words: 'wrong', colour: '<script>alert(1)</script>' })
    expect(seen.html).not.toContain('<script>alert(1)')
  })

  test('shows how far long work is, with a link to look again, and never loads itself anew under its reader', async () => {
    const seen = await browser().get('/open')
    expect(seen.html).not.toContain('http-equiv="refresh"')
    expect(seen.html).toContain('data-look-again="2"')
    expect(seen.html).toContain('See how far it is')
    expect(seen.html).toContain('1 of 2,000')
  })

  test('hands out a file so that nothing in it is run', async () => {
    const seen = await browser(alice).get('/sheet')
    expect(seen.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' })
    expect(seen.headers['content-disposition']).toBe(
      `attachment; filename="Zo_ _sheet_.pdf"; filename*=UTF-8''Zo%C3%AB%20%E2%80%9Csheet%E2%80%9D.pdf`,
    )
    expect(String(seen.headers['content-security-policy'])).toContain('sandbox')
  })
})
