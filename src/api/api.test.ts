import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Actor, Fault, sql } from '../platform/index.ts'
import { testHouse } from '../testing/test-house.ts'
import { endpoint, problem, reply } from './index.ts'

const alice: Actor = { id: 'alice', name: 'Alice', kind: 'program', permissions: new Set(['note.write']) }
const bob: Actor = { ...alice, id: 'bob', permissions: new Set() }
const write = endpoint({
  method: 'POST',
  path: '/api/v1/notes',
  permission: 'note.write',
  audit: 'note.written',
  summary: 'Writes a note',
  status: 201,
  body: z.strictObject({ words: z.string().min(1), day: z.iso.date().optional() }),
  answer: z.object({ id: z.string(), words: z.string() }),
  async run(ctx, { body }) {
    await ctx.tx.run(sql`insert into room.note (words) values (${body.words})`)
    if (body.words === 'refused') return problem(409, 'room.taken', 'These words are taken.', { taken: true })
    if (body.words === 'fault') throw new Fault('room.closed', 'Come back later.', { status: 503 })
    if (body.words === 'bug') throw new Error('secret')
    ctx.about('n1')
    return { id: ctx.reference, words: body.words, secret: 'not described, so not sent' }
  },
})
const read = endpoint({
  method: 'GET',
  path: '/api/v1/notes/:id',
  permission: 'public',
  audit: 'note.read',
  summary: 'Reads',
  params: z.object({ id: z.uuid() }),
  answer: z.object({ id: z.string() }),
  run: async (_ctx, { params }) => ({ id: params.id }),
})
const keep = endpoint({
  method: 'PUT',
  path: '/api/v1/notes',
  permission: 'note.write',
  audit: 'note.kept',
  summary: 'Keeps many',
  headers: ['if-match'],
  ndjson: true,
  body: z.array(z.unknown()),
  answer: z.object({ lines: z.number(), unread: z.number(), match: z.string().nullable() }),
  orStatus: 201,
  async run(ctx, { body, headers }) {
    await ctx.tx.run(sql`insert into room.note (words) values ('kept')`)
    const unread = body.filter((one) => one === undefined).length
    const said = { lines: body.length, unread, match: headers['if-match'] ?? null }
    return reply(said, { status: 201, headers: { etag: `"${body.length}"` } })
  },
})
const { house, app, bearer, acts } = await testHouse({ endpoints: [write, read, keep] })
await house.database.pool.query('create schema room; create table room.note (words text)')
const alices = bearer(alice)
const post = (payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/notes',
    headers: { authorization: `Bearer ${alices}`, ...headers },
    payload: payload as object,
  })
const count = async () => (await house.database.pool.query('select from room.note')).rowCount

describe('an endpoint', () => {
  test('does what it is asked, records it, and sends only what it describes', async () => {
    const answer = await post({ words: 'hello' })
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toEqual({ id: expect.any(String), words: 'hello' })
    expect((await acts()).at(-1)).toMatchObject({ act: 'note.written', actor: 'alice', subject: 'n1', outcome: 'done' })
  })

  test('says what is wrong with a body, and where', async () => {
    const answer = await post({ words: '', more: 1 })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toMatchObject({
      type: 'urn:safehaven:problem:api.not-valid',
      status: 400,
      code: 'api.not-valid',
      in: 'body',
      errors: expect.arrayContaining([expect.objectContaining({ place: 'words' })]),
    })
    expect((await app.inject({ url: '/api/v1/notes/none' })).json()).toMatchObject({
      code: 'api.not-valid',
      in: 'params',
    })
    for (const payload of ['{', '[]', 'null', '"x"'])
      expect((await post(payload, { 'content-type': 'application/json' })).statusCode).toBe(400)
    expect((await post('words=x', { 'content-type': 'application/x-www-form-urlencoded' })).statusCode).toBe(415)
    expect((await post({ words: 'x'.repeat(2_000_000) })).json()).toMatchObject({ status: 413, code: 'api.too-large' })
  })

  test('refuses with its own code and sentence, and undoes what it did', async () => {
    const before = await count()
    expect((await post({ words: 'refused' })).json()).toEqual({
      type: 'urn:safehaven:problem:room.taken',
      title: 'Conflict',
      status: 409,
      code: 'room.taken',
      detail: 'These words are taken.',
      taken: true,
    })
    expect((await acts()).at(-1)).toMatchObject({ outcome: 'refused' })
    expect((await post({ words: 'fault' })).json()).toMatchObject({
      status: 503,
      code: 'room.closed',
      reference: expect.any(String),
    })
    const bug = await post({ words: 'bug' })
    expect(bug.json()).toMatchObject({ status: 500, code: 'api.failed' })
    expect(bug.body).not.toContain('secret')
    expect((await acts()).at(-1)).toMatchObject({ outcome: 'failed' })
    expect(await count()).toBe(before)
  })

  test('is closed without a token, with a wrong one, and to a role that may not', async () => {
    expect((await app.inject({ method: 'POST', url: '/api/v1/notes', payload: { words: 'x' } })).json()).toMatchObject({
      status: 401,
      code: 'api.not-signed-in',
    })
    expect((await post({ words: 'x' }, { authorization: 'Bearer wrong' })).statusCode).toBe(401)
    expect((await post({ words: 'x' }, { authorization: `Bearer ${bearer(bob)}` })).json()).toMatchObject({
      status: 403,
      code: 'api.not-permitted',
    })
    expect((await acts()).at(-1)).toMatchObject({ actor: 'bob', outcome: 'refused' })
  })

  test('asked again under the same key does nothing again and answers the same, also at the same moment', async () => {
    const before = (await count())!
    const key = { 'idempotency-key': 'key-12345678' }
    const [one, two] = await Promise.all([post({ words: 'once' }, key), post({ words: 'once' }, key)])
    const three = await post({ words: 'once' }, key)
    expect([one.statusCode, two.statusCode, three.statusCode]).toEqual([201, 201, 201])
    expect(two.body).toBe(one.body)
    expect(three.body).toBe(one.body)
    expect(await count()).toBe(before + 1)
    expect((await post({ words: 'other' }, key)).json()).toMatchObject({ status: 422, code: 'api.key-reused' })
    const { rows } = await house.database.pool.query('select sealed from platform.answered_request')
    expect(rows.map((row) => String(row.sealed)).join()).not.toContain('once')
    expect((await post({ words: 'refused' }, { 'idempotency-key': 'key-of-refused' })).statusCode).toBe(409)
    expect((await post({ words: 'refused' }, { 'idempotency-key': 'key-of-refused' })).statusCode).toBe(409)
  })

  test('reads the headers it names, takes a value a line, and answers with a status and headers of its own, repeated alike', async () => {
    const put = (payload: string, more: Record<string, string> = {}) =>
      app.inject({
        method: 'PUT',
        url: '/api/v1/notes',
        headers: { authorization: `Bearer ${alices}`, 'content-type': 'application/x-ndjson', ...more },
        payload,
      })
    const key = { 'idempotency-key': 'key-of-lines', 'if-match': '"7"' }
    const before = (await count())!
    const [one, two] = [await put('{"a":1}\n\nnonsense\n[2]', key), await put('{"a":1}\n\nnonsense\n[2]', key)]
    for (const answer of [one, two]) {
      expect(answer.statusCode).toBe(201)
      expect(answer.headers.etag).toBe('"3"')
      expect(answer.json()).toEqual({ lines: 3, unread: 1, match: '"7"' })
    }
    expect(await count()).toBe(before + 1)
    expect((await post('{}', { 'content-type': 'application/x-ndjson' })).statusCode).toBeGreaterThanOrEqual(400)
  })

  test('that is not there is a problem document too', async () => {
    expect((await app.inject({ url: '/api/v1/nothing' })).json()).toMatchObject({ status: 404, code: 'api.not-found' })
    expect((await app.inject({ method: 'DELETE', url: '/api/v1/notes' })).json()).toMatchObject({ status: 404 })
  })

  test.each([
    ['a path outside /api/', { path: '/x', permission: 'p', audit: 'a' }],
    ['no permission', { path: '/api/v1/x', permission: '', audit: 'a' }],
    ['no audit name', { path: '/api/v1/x', permission: 'p', audit: '' }],
  ])('is refused when it is written with %s', (_, part) =>
    expect(() =>
      endpoint({ method: 'GET', summary: '', answer: z.unknown(), run: async () => null, ...part }),
    ).toThrow(),
  )
})

test('the description is OpenAPI 3.1 and leaves no reference dangling', async () => {
  const description = (await app.inject({ url: '/api/v1/openapi.json' })).json()
  expect(description.openapi).toBe('3.1.0')
  expect(Object.keys(description.paths)).toEqual(['/api/v1/notes', '/api/v1/notes/{id}'])
  expect(Object.keys(description.paths['/api/v1/notes'].put.requestBody.content)).toEqual([
    'application/json',
    'application/x-ndjson',
  ])
  expect(description.paths['/api/v1/notes'].put.parameters).toMatchObject([{ in: 'header', name: 'if-match' }])
  expect(description.paths['/api/v1/notes'].post.requestBody.content['application/json'].schema).toMatchObject({
    type: 'object',
    required: ['words'],
    additionalProperties: false,
  })
  for (const [reference] of JSON.stringify(description).matchAll(/#\/components\/schemas\/[^"]+/g))
    expect(description.components.schemas).toHaveProperty(reference!.split('/').at(-1)!)
})

test('health and metrics say how it goes, and name nobody', async () => {
  expect((await app.inject({ url: '/health' })).json()).toEqual({
    status: 'ok',
    database: 'ok',
    jobs: { waiting: 0, failed: 0 },
  })
  const metrics = (await app.inject({ url: '/metrics' })).body
  expect(metrics).toContain('safehaven_request_seconds_count{method="POST",route="/api/v1/notes",status="201"}')
  expect(metrics).toContain('safehaven_jobs{state="failed"} 0')
  expect(metrics).not.toContain('alice')
})
