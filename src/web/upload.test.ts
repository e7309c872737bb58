import { readdirSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../platform/index.ts'
import { testHouse } from '../testing/test-house.ts'
import { invalid, page, plainName, redirect, type Upload, view } from './index.ts'

const alice: Actor = { id: 'alice', name: 'Alice', kind: 'user', permissions: new Set(['file.write']) }
let taken: readonly Upload[] = []
const files = page({
  path: '/files',
  permission: 'file.write',
  audit: 'file.seen',
  get: async () => view('web/page.test.njk', { title: 'Files', id: 'x' }),
  form: z.object({ words: z.string().optional() }),
  files: { limit: 1000, count: 2 },
  async post(ctx, { form, files: sent }) {
    taken = sent
    if (form.words === 'wrong') return invalid({ words: 'These are wrong' })
    for (const one of sent) await ctx.blobs.claim(ctx.tx, one)
    return redirect('/files')
  },
})
const none = page({
  path: '/none',
  permission: 'public',
  audit: 'none.seen',
  get: async () => view('web/page.test.njk', { title: 'None' }),
  form: z.object({}),
  post: async () => redirect('/none'),
})
const { house, browser, app } = await testHouse({ pages: [files, none] })
const kept = () => {
  try {
    return readdirSync(join(house.config.dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ).length
  } catch {
    return 0
  }
}

describe('a file sent with a form', () => {
  test('is kept when the form is taken', async () => {
    const before = kept()
    expect(
      await browser(alice).post(
        '/files',
        { words: 'two files' },
        { one: { name: 'C:\\secret\\r\u202efdp.exe', content: 'abc', type: 'text/plain' } },
      ),
    ).toMatchObject({ status: 303 })
    expect(taken).toMatchObject([{ field: 'one', name: 'rfdp.exe', size: 3, type: 'text/plain' }])
    expect((await house.blobs.readAll(taken[0]!.id)).toString()).toBe('abc')
    expect(kept()).toBe(before + 1)
  })

  test('is gone when the form is not', async () => {
    const before = kept()
    expect(
      (await browser(alice).post('/files', { words: 'wrong' }, { one: { name: 'a', content: 'abc' } })).status,
    ).toBe(422)
    expect(kept()).toBe(before)
  })

  test('larger than the page takes, or one too many, or to a page that takes none, is refused with a page that says what is taken', async () => {
    const before = kept()
    const large = await browser(alice).post('/files', {}, { one: { name: 'a', content: Buffer.alloc(1001) } })
    expect(large.status).toBe(413)
    expect(large.html).toContain('1000 bytes')
    const many = await browser(alice).post(
      '/files',
      {},
      Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { name, content: 'x' }])),
    )
    expect(many.status).toBe(413)
    expect(many.html).toContain('at most 2')
    expect((await browser().post('/none', {}, { one: { name: 'a', content: 'x' } })).status).toBe(413)
    expect(kept()).toBe(before)
  })

  test('from a stranger’s form is not even written', async () => {
    const before = kept()
    const alices = browser(alice)
    const answer = await app.inject({
      method: 'POST',
      url: '/files',
      headers: {
        cookie: `safehaven_session=${alices.cookies.get('safehaven_session')}`,
        'content-type': 'multipart/form-data; boundary=b',
      },
      payload: '--b\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\nx\r\n--b--\r\n',
    })
    expect(answer.statusCode).toBe(403)
    expect(kept()).toBe(before)
  })

  test('that is cut off or malformed leaves nothing and is answered', async () => {
    const before = kept()
    const alices = browser(alice)
    await alices.get('/files')
    const cookie = [...alices.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    for (const payload of [
      '',
      '--b',
      '--b\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\nhalf',
      'nonsense',
      '--b\r\n\r\n--b--',
    ]) {
      const answer = await app.inject({
        method: 'POST',
        url: '/files',
        headers: { cookie, 'content-type': 'multipart/form-data; boundary=b' },
        payload,
      })
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      expect(answer.statusCode).toBeLessThan(500)
    }
    expect(kept()).toBe(before)
  })

  test('of 2 GB is refused at once with a page, not with a broken line', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const alices = browser(alice)
    await alices.get('/files')
    const cookie = [...alices.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const seen = await new Promise<{ status: number; html: string; sent: number }>((resolve, reject) => {
      let sent = 0
      const size = 2 * 1024 ** 3
      const asked = httpRequest(
        {
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/files',
          headers: { cookie, 'content-type': 'multipart/form-data; boundary=b', 'content-length': size },
        },
        (answer) => {
          const pieces: Buffer[] = []
          answer.on('data', (piece: Buffer) => pieces.push(piece))
          answer.on('end', () => {
            resolve({ status: answer.statusCode!, html: Buffer.concat(pieces).toString(), sent })
            asked.destroy()
          })
        },
      )
      asked.on('error', reject)
      const piece = Buffer.alloc(65_536)
      Readable.from(
        (function* () {
          for (let at = 0; at < size; at += piece.length) {
            sent = at
            yield piece
          }
        })(),
      ).pipe(asked)
    })
    expect(seen.status).toBe(413)
    expect(seen.html).toContain('This is too large')
    expect(seen.html).toContain('Split the file')
    expect(seen.sent).toBeLessThan(200 * 1024 ** 2)
  })
})

test('a form of several megabytes is refused with a sentence', async () => {
  const seen = await browser(alice).post('/files', { words: 'x'.repeat(5_000_000) })
  expect(seen.status).toBe(413)
  expect(seen.html).toContain('too large')
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['a/b\\c.txt', 'c.txt'],
  ['', 'file'],
  ['..', 'file'],
  ['\u0000\u202e', 'file'],
  ['Zoë’s letter.pdf', 'Zoë’s letter.pdf'],
  [`${'x'.repeat(300)}`, 'x'.repeat(200)],
])('the name %j is shown and saved as %j', (given, shown) => expect(plainName(given)).toBe(shown))
