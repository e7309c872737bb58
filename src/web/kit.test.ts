import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readAssets } from './assets.ts'
import {
  choice,
  choices,
  day,
  escapeMarkup,
  formatDay,
  formatMoment,
  isOwnAddress,
  markup,
  openTemplates,
  page,
  redirect,
  text,
  tick,
  view,
  withDays,
} from './index.ts'
import { describeTrouble } from './trouble.ts'
import { readTyped, sentencesOf } from './typed.ts'

const get = async () => view('x')

describe('a page that does not say what it must', () => {
  test.each([
    ['no permission', { path: '/x', permission: '', audit: 'x', get }],
    ['no audit name', { path: '/x', permission: 'p', audit: '', get }],
    ['nothing to answer', { path: '/x', permission: 'p', audit: 'x' }],
    ['a POST without a form', { path: '/x', permission: 'p', audit: 'x', post: async () => redirect('/') }],
    ['a form without a POST', { path: '/x', permission: 'p', audit: 'x', get, form: z.object({}) }],
    ['no path', { path: 'x', permission: 'p', audit: 'x', get }],
  ])('is refused when it is written: %s', (_, definition) => expect(() => page(definition as never)).toThrow())
})

describe('what was typed', () => {
  test('comes trimmed, with plain line ends, without what was left empty', () => {
    expect({
      ...readTyped([
        ['a', '  x\r\ny '],
        ['b', '   '],
        ['c', '1'],
        ['c', '2'],
        ['_token', 't'],
        ['__proto__', 'p'],
        ['d', 'x\0y'],
      ]),
    }).toEqual({ a: 'x\ny', c: ['1', '2'], d: 'xy' })
  })

  const form = withDays(
    ['born'],
    z.object({
      name: text('Enter the name', 10),
      why: choice(['a', 'b'], 'Choose why'),
      told: choices(['x', 'y']),
      sure: tick(),
      born: day('Enter the day of birth'),
    }),
  )
  const good = {
    name: 'Zoë',
    why: 'a',
    told: 'x',
    sure: 'yes',
    'born-day': '7',
    'born-month': '3',
    'born-year': '2015',
  }

  test('is read by its schema', () => {
    expect(form.parse(good)).toEqual({ name: 'Zoë', why: 'a', told: ['x'], sure: true, born: '2015-03-07' })
    expect(form.parse({ ...good, told: undefined, sure: undefined })).toMatchObject({ told: [], sure: false })
  })

  test('that is wrong is said in a sentence beside each field', () => {
    const wrong = form.safeParse({
      name: 'x'.repeat(11),
      why: 'c',
      told: ['z'],
      'born-day': '31',
      'born-month': '2',
      'born-year': '2015',
    })
    expect(sentencesOf(wrong.error!)).toEqual({
      name: 'Shorten this to 10 characters or fewer',
      why: 'Choose why',
      told: 'Choose from the list',
      born: 'Enter a day that exists, such as 27 3 2015',
    })
    expect(sentencesOf(form.safeParse({}).error!)).toMatchObject({
      name: 'Enter the name',
      born: 'Enter the day of birth',
    })
    expect(
      sentencesOf(
        z.object({ a: z.string(), b: z.int().max(3), c: z.string().max(2) }).safeParse({ b: 7, c: 'xxx' }).error!,
      ),
    ).toEqual({ a: 'Fill in this field', b: 'Enter at most 3', c: 'Shorten this to 2 characters or fewer' })
    expect(sentencesOf(z.strictObject({}).safeParse({ x: 1 }).error!)['']).toContain('Reload the page')
  })
})

test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '/a\nb', '', 'x'])(
  'the address %j does not lead out of the service',
  (to) => {
    expect(isOwnAddress(to)).toBe(false)
    expect(() => redirect(to)).toThrow()
  },
)
test('an address of the service is one', () => expect(isOwnAddress('/notes/1?x=2#y')).toBe(true))

test('days and moments are said as people say them, by London’s clock', () => {
  expect(formatDay('2015-03-27')).toBe('27 March 2015')
  expect(formatMoment(new Date('2026-07-01T08:05:00Z'))).toBe('1 July 2026 at 9:05am')
  expect(formatMoment(new Date('2026-11-21T12:05:00Z'))).toBe('21 November 2026 at 12:05pm')
  expect(formatMoment(new Date('2026-11-21T00:05:00Z'))).toBe('21 November 2026 at 12:05am')
  expect([formatDay(undefined), formatDay('nonsense'), formatMoment(null)]).toEqual(['', '', ''])
})

test('GOV.UK’s own typeface, crown and pictures are not served', () => {
  const css = readAssets()
    .all.find((asset) => asset.address.endsWith('.css'))!
    .content.toString()
  expect(css).toContain('"Helvetica Neue"')
  expect(css).not.toMatch(/GDS Transport|@font-face|\/assets\/fonts/)
})

test('templates escape what they are given, and trim without losing what is safe', () => {
  const { render } = openTemplates()
  expect(
    render('web/templates/trouble.njk', { title: '<b>', sentences: ['<script>'], assets: {}, actor: {} }),
  ).not.toMatch(/<b>|<script>(?!document)/)
})

test.each([400, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503])(
  'trouble %i is told in plain words',
  (status) => {
    const trouble = describeTrouble(Object.assign(new Error('password=x at line 3'), { statusCode: status }))
    expect(trouble.title).toMatch(/^[A-Z]/)
    expect(JSON.stringify(trouble)).not.toContain('password')
  },
)

test('what our own code draws goes in as it is, with everything typed in it escaped', () => {
  const drawn = markup(`<svg><text>${escapeMarkup(`<script>"'&`)}</text></svg>`)
  expect(
    openTemplates().render('web/templates/trouble.njk', { title: drawn, sentences: [], assets: {}, actor: {} }),
  ).toContain('<svg><text>&lt;script&gt;&quot;&#39;&amp;</text></svg>')
})

test('no template of any room holds a handler, a style or a script inline, or lets words through unescaped', () => {
  const source = fileURLToPath(new URL('..', import.meta.url))
  const templates = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.njk'))
  expect(templates.length).toBeGreaterThan(3)
  const trouble = templates.flatMap((name) => {
    const text = readFileSync(join(source, name), 'utf8')
    const found = [
      /\|\s*safe\b/,
      /<[^>]*\s(on[a-z]+|style)\s*=\s*["']/,
      /<script(?![^>]*nonce=)/,
      /autoescape\s+false/,
    ].filter((pattern) => pattern.test(text))
    return found.map((pattern) => `${name}: ${pattern.source}`)
  })
  expect(trouble).toEqual([])
})

test('every form that is posted carries its token, before anything else', () => {
  const source = fileURLToPath(new URL('..', import.meta.url))
  const templates = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.njk'))
  const without = templates.filter(
    (name) =>
      [...readFileSync(join(source, name), 'utf8').matchAll(/<form[^>]*method="post"[^>]*>(?!\s*\{\{ csrf \}\})/gi)]
        .length > 0,
  )
  expect(without).toEqual([])
})
