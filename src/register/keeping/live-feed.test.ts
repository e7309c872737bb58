import { describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/index.ts'
import { testHouse } from '../../testing/test-house.ts'
import { readEntry } from './endpoints/read-entry.ts'
import { removeEntry } from './endpoints/remove-entry.ts'
import { writeEntries } from './endpoints/write-entries.ts'
import { writeEntry } from './endpoints/write-entry.ts'
import { feeds } from './pages/feeds.ts'

const { house, app, bearer, browser, clock, acts } = await testHouse({
  pages: [feeds],
  endpoints: [writeEntry, readEntry, removeEntry, writeEntries],
})
clock.set(new Date('2026-11-20T10:00:00Z'))
await house.database.pool.query(
  `insert into people.agency (id, name, kind, keeps_register) values ('kirkvale', 'Kirkvale Council', 'social-care', true), ('thornmere', 'Thornmere Council', 'social-care', true),
    ('police', 'Police', 'police', false)`,
)
const program = (agency: string, permissions = ['register.import', 'register.keep']): Actor => ({
  id: `program-of-${agency}`,
  name: `The case system of ${agency}`,
  kind: 'program',
  agency,
  role: 'register-keeper',
  permissions: new Set(permissions),
})
const tokens = new Map<string, string>()
const call = async (
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  actor = program('kirkvale'),
) => {
  const name = `${actor.agency} ${[...actor.permissions].join()}`
  if (!tokens.has(name)) tokens.set(name, bearer(actor))
  const answer = await app.inject({
    method,
    url: `/api/v1/registers/${path}`,
    headers: {
      authorization: `Bearer ${tokens.get(name)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() as Record<string, unknown> }
}
const ADA = { names: [{ given: 'Ada', family: 'Okafor', kind: 'legal' }], born: { date: '2015-03-09' }, sex: 'F' }
const held = async (authority = 'kirkvale') =>
  (await house.database.pool.query('select entries from register.standing where authority = $1', [authority])).rows[0]
    ?.entries

describe('the live feed of an authority’s own register', { timeout: 60_000 }, () => {
  test('an entry is added, unchanged when sent again, changed by what is new, and read back', async () => {
    expect(await call('PUT', 'kirkvale/entries/K-1', ADA)).toEqual({
      status: 201,
      etag: '"1"',
      body: { id: 'K-1', outcome: 'added', version: 1, flagged: [] },
    })
    expect(await call('PUT', 'kirkvale/entries/K-1', ADA)).toMatchObject({
      status: 200,
      etag: '"1"',
      body: { outcome: 'unchanged', version: 1 },
    })
    expect(await call('PUT', 'kirkvale/entries/K-1', { ...ADA, school: 'Hillfoot Academy' })).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { outcome: 'changed' },
    })
    const { body, etag } = await call('GET', 'kirkvale/entries/K-1')
    expect(etag).toBe('"2"')
    expect(body).toMatchObject({
      id: 'K-1',
      version: 2,
      entry: { ...ADA, school: 'Hillfoot Academy' },
      sources: { api: {} },
    })
    expect(await held()).toBe(1)
    const said = JSON.stringify(await acts())
    expect(said).not.toMatch(/Okafor|Hillfoot/)
    expect(said).toContain('register.entry-written')
  })
  test('WY-33: nobody but the authority itself writes or reads an entry, and a register that does not exist says no other', async () => {
    const others = [program('thornmere'), program('police'), { ...program('kirkvale'), agency: 'hub' }]
    for (const actor of others)
      for (const [method, path, body] of [
        ['PUT', 'kirkvale/entries/K-1', ADA],
        ['GET', 'kirkvale/entries/K-1', undefined],
        ['DELETE', 'kirkvale/entries/K-1', undefined],
        ['PUT', 'kirkvale/entries', [{ id: 'K-1', entry: ADA }]],
        ['GET', 'nowhere/entries/K-1', undefined],
      ] as const)
        expect(await call(method, path, body, {}, actor), `${actor.agency} ${method} ${path}`).toMatchObject({
          status: 403,
          body: { code: 'register.not-own-register' },
        })
    expect(await call('PUT', 'police/entries/P-1', ADA, {}, program('police'))).toMatchObject({ status: 403 })
    expect(await call('PUT', 'kirkvale/entries/K-1', ADA, {}, program('kirkvale', ['register.check']))).toMatchObject({
      status: 403,
      body: { code: 'api.not-permitted' },
    })
    expect((await call('GET', 'kirkvale/entries/K-1')).body).toMatchObject({ version: 2 })
  })
  test('a writer who has seen an older version is told so, and nothing is written over', async () => {
    const late = await call('PUT', 'kirkvale/entries/K-1', ADA, { 'if-match': '"1"' })
    expect(late).toMatchObject({
      status: 412,
      body: { code: 'register.version-differs', version: 2, detail: expect.stringContaining('version 2') },
    })
    expect(await call('PUT', 'kirkvale/entries/K-1', ADA, { 'if-match': 'W/"2"' })).toMatchObject({ status: 412 })
    expect(await call('PUT', 'kirkvale/entries/K-1', ADA, { 'if-match': 'two' })).toMatchObject({ status: 400 })
    expect(await call('PUT', 'kirkvale/entries/K-1', ADA, { 'if-none-match': '*' })).toMatchObject({ status: 412 })
    expect(await call('PUT', 'kirkvale/entries/K-new', ADA, { 'if-match': '*' })).toMatchObject({ status: 412 })
    expect(await call('DELETE', 'kirkvale/entries/K-1', undefined, { 'if-match': '"1"' })).toMatchObject({
      status: 412,
    })
    expect((await call('GET', 'kirkvale/entries/K-1')).body).toMatchObject({
      version: 2,
      entry: { school: 'Hillfoot Academy' },
    })
    expect(await call('PUT', 'kirkvale/entries/K-1', ADA, { 'if-match': '"1", "2"' })).toMatchObject({
      status: 200,
      etag: '"3"',
    })
    const [one, two] = await Promise.all(
      ['A', 'B'].map((school) => call('PUT', 'kirkvale/entries/K-1', { ...ADA, school }, { 'if-match': '"3"' })),
    )
    expect([one!.status, two!.status].sort()).toEqual([200, 412])
    const twins = await Promise.all(
      [1, 2, 3].map(() => call('PUT', 'kirkvale/entries/K-once', ADA, { 'if-none-match': '*' })),
    )
    expect(twins.map(({ status }) => status).sort()).toEqual([201, 412, 412])
  })
  test('a call repeated under its key is done once and answered the same; another body under it is refused', async () => {
    const key = { 'idempotency-key': 'call-0000-0001' }
    const first = await call('PUT', 'kirkvale/entries/K-2', ADA, key)
    await call('PUT', 'kirkvale/entries/K-2', { ...ADA, sex: 'M' })
    expect(await call('PUT', 'kirkvale/entries/K-2', ADA, key)).toEqual(first)
    expect((await call('GET', 'kirkvale/entries/K-2')).body).toMatchObject({ version: 2, entry: { sex: 'M' } })
    expect(await call('PUT', 'kirkvale/entries/K-2', { ...ADA, sex: 'U' }, key)).toMatchObject({
      status: 422,
      body: { code: 'api.key-reused' },
    })
  })
  test('BEX-54: a wrong field is set aside and flagged, keeps its earlier value, and never keeps a child out', async () => {
    const wrong = {
      ...ADA,
      nhsNumber: '9991234579',
      upn: 'B123456789012',
      formerNhsNumbers: ['9991234578', '123'],
      born: { date: '2015-02-30', year: 2015 },
      died: '2031-01-01',
      registrations: [{ kind: 'child-protection', category: 'NEG', from: '2024-01-01' }, { kind: 'no such plan' }],
      school: `x\u0000y\ud800`,
      favouriteColour: 'green',
    }
    const { status, body } = await call('PUT', 'kirkvale/entries/K-3', wrong)
    expect(status).toBe(201)
    expect((body.flagged as { field: string }[]).map(({ field }) => field)).toEqual([
      'born.date',
      'nhsNumber',
      'upn',
      'formerNhsNumbers[1]',
      'died',
      'registrations[1]',
      'school',
      'favouriteColour',
    ])
    expect((await call('GET', 'kirkvale/entries/K-3')).body).toMatchObject({
      entry: {
        born: { year: 2015 },
        formerNhsNumbers: ['9991234578'],
        registrations: [{ kind: 'child-protection', category: 'NEG', from: '2024-01-01' }],
      },
    })
    await call('PUT', 'kirkvale/entries/K-3', { ...ADA, nhsNumber: '9991234578' })
    await call('PUT', 'kirkvale/entries/K-3', { ...ADA, nhsNumber: '9991234579' })
    expect((await call('GET', 'kirkvale/entries/K-3')).body).toMatchObject({ entry: { nhsNumber: '9991234578' } })
    for (const body of ['[]', '"Ada"', '7', 'null', '{'])
      expect((await call('PUT', 'kirkvale/entries/K-4', body)).status, body).toBeGreaterThanOrEqual(400)
    expect(await call('GET', 'kirkvale/entries/K-4')).toMatchObject({ status: 404 })
    expect(await call('PUT', `kirkvale/entries/${'x'.repeat(101)}`, ADA)).toMatchObject({ status: 422 })
    expect(await call('PUT', 'kirkvale/entries/%00', ADA)).toMatchObject({
      status: 422,
      body: { code: 'register.names-nobody' },
    })
  })
  test('an entry that has left is nowhere; leaving twice is leaving once; an older word does not bring it back', async () => {
    const before = await held()
    await call('PUT', 'kirkvale/entries/K-5', { ...ADA, updated: '2026-11-01T08:00:00Z' })
    expect(await call('DELETE', 'kirkvale/entries/K-5')).toMatchObject({
      status: 200,
      body: { outcome: 'removed', version: 2 },
    })
    expect(await call('DELETE', 'kirkvale/entries/K-5')).toMatchObject({
      status: 200,
      body: { outcome: 'unchanged', version: 2 },
    })
    expect(await call('GET', 'kirkvale/entries/K-5')).toMatchObject({ status: 404 })
    expect(await call('DELETE', 'kirkvale/entries/K-never')).toMatchObject({ status: 404 })
    expect(await held()).toBe(before)
    expect(await call('PUT', 'kirkvale/entries/K-5', { ...ADA, updated: '2026-11-02T08:00:00Z' })).toMatchObject({
      body: { outcome: 'unchanged' },
    })
    expect(await call('GET', 'kirkvale/entries/K-5')).toMatchObject({ status: 404 })
    clock.set(new Date('2026-11-20T11:00:00Z'))
    expect(await call('PUT', 'kirkvale/entries/K-5', { ...ADA, updated: '2026-11-20T10:30:00Z' })).toMatchObject({
      body: { outcome: 'changed', version: 3 },
    })
    expect(await held()).toBe(before + 1)
  })
  test('many in one call, as an array or a value a line: each is done or refused by itself, in the order of the call', async () => {
    const items = [
      { id: 'B-1', entry: ADA },
      { id: '', entry: ADA },
      { id: 'B-2', entry: { ...ADA, nhsNumber: '1' } },
      { id: 'B-1', entry: ADA },
      { id: 'B-3', entry: 'Ada' },
      { id: 'K-1', version: 1, entry: ADA },
      { id: 'K-2', remove: true },
      { id: 'B-9', remove: true },
      7,
    ]
    const { status, body } = await call('PUT', 'kirkvale/entries', items)
    expect(status).toBe(200)
    expect(body.counts).toEqual({ added: 2, changed: 0, unchanged: 0, removed: 1, flagged: 1, rejected: 6 })
    expect((body.outcomes as { outcome: string; code?: string }[]).map(({ outcome, code }) => code ?? outcome)).toEqual(
      [
        'added',
        'register.names-nobody',
        'added',
        'register.twice',
        'register.no-object',
        'register.version-differs',
        'removed',
        'register.no-entry',
        'register.names-nobody',
      ],
    )
    const lines = `${JSON.stringify({ id: 'B-1', entry: ADA })}\r\nbroken\n${JSON.stringify({ id: 'B-4', entry: ADA })}\n`
    const again = await call('PUT', 'kirkvale/entries', lines, { 'content-type': 'application/x-ndjson' })
    expect(again.body.counts).toMatchObject({ added: 1, unchanged: 1, rejected: 1 })
    expect((await call('PUT', 'kirkvale/entries', [])).body.counts).toMatchObject({ added: 0, rejected: 0 })
    expect(await call('PUT', 'kirkvale/entries', {})).toMatchObject({ status: 400 })
  })
  test('BEX-54: removals of an absurd share are held, also when they come one by one', async () => {
    const many = Array.from({ length: 40 }, (_, at) => ({ id: `R-${at}`, entry: ADA }))
    await call('PUT', 'thornmere/entries', many, {}, program('thornmere'))
    const gone = many.map(({ id }) => ({ id, remove: true }))
    expect(await call('PUT', 'thornmere/entries', gone, {}, program('thornmere'))).toMatchObject({
      status: 409,
      body: { code: 'register.feed-held' },
    })
    expect(await held('thornmere')).toBe(40)
    const statuses = []
    for (const { id } of many)
      statuses.push((await call('DELETE', `thornmere/entries/${id}`, undefined, {}, program('thornmere'))).status)
    expect(statuses).toContain(409)
    expect(await held('thornmere')).toBe(20)
    expect(await call('PUT', 'thornmere/entries?removals=meant', gone, {}, program('thornmere'))).toMatchObject({
      status: 200,
      body: { counts: { removed: 20, unchanged: 20 } },
    })
    expect(await held('thornmere')).toBe(0)
  })
  test('a shielded entry is read by those whom it names alone, and not counted', async () => {
    const before = await held()
    await call('PUT', 'kirkvale/entries/S-1', { ...ADA, shielded: { because: 'adopted', visibleTo: ['imran'] } })
    expect(await call('GET', 'kirkvale/entries/S-1')).toMatchObject({ status: 404 })
    expect(await held()).toBe(before)
    await call('PUT', 'kirkvale/entries/S-2', { ...ADA, shielded: { because: 7 } })
    expect(await call('GET', 'kirkvale/entries/S-2')).toMatchObject({ status: 404 })
  })
  test('a day of the live feed is one feed with its counts and what is still to be mended', async () => {
    const { rows } = await house.database.pool.query(
      `select id, added, flagged from register.feed where authority = 'kirkvale' and format = 'api'`,
    )
    expect(rows).toHaveLength(1)
    const flaws = await house.database.pool.query(
      `select local_id, field from register.flaw where feed_id = $1 and local_id = 'K-3'`,
      [rows[0].id],
    )
    expect(flaws.rows).toEqual([{ local_id: 'K-3', field: 'nhsNumber' }])
  })
  test('the description of the API shows what an entry holds', async () => {
    const description = (await app.inject({ url: '/api/v1/openapi.json' })).json()
    const put = description.paths['/api/v1/registers/{authority}/entries/{id}'].put
    expect(Object.keys(put.requestBody.content['application/json'].schema.properties)).toEqual(
      expect.arrayContaining(['names', 'nhsNumber', 'registrations', 'updated']),
    )
    expect(put.parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['if-match', 'authority', 'id']),
    )
    expect(Object.keys(put.responses)).toEqual(expect.arrayContaining(['200', '201']))
  })
})

test('WY-36: a vendor’s case system that writes by itself is seen by the register’s keeper: which, when last, what it sent', async () => {
  const keeper = (agency: string) => browser({ ...program(agency), id: `keeper-${agency}`, kind: 'user' })
  const page = async (agency: string) =>
    (await keeper(agency).get('/register/feeds')).html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  clock.forward(3 * 86_400_000)
  expect((await call('PUT', 'thornmere/entries/T-1', ADA, {}, program('thornmere'))).status).toBe(201)
  expect((await call('PUT', 'thornmere/entries/T-2', { ...ADA, upn: 'wrong' }, {}, program('thornmere'))).status).toBe(
    201,
  )
  const said = await page('thornmere')
  expect(said).toMatch(
    /The case system of thornmere was last heard from .* sent 2 new, 0 changed and 0 who left; 1 fields or rows to mend/,
  )
  expect(said).toContain('WY-36')
  expect(await page('kirkvale')).toContain('The case system of kirkvale was last heard from')
})
