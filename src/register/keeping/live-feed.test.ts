import { describe, expect, test } from 'vitest'
import { ADA, liveHouse } from './live-house.fixture.ts'

const { house, app, acts, clock, call, held, program } = await liveHouse()

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
  test('a moment of change that lies in the future is set aside, so that nothing later is taken for older', async () => {
    const ahead = await call('PUT', 'kirkvale/entries/K-ahead', { ...ADA, updated: '2062-11-20T09:00:00Z' })
    expect(ahead.body).toMatchObject({
      outcome: 'added',
      flagged: [{ field: 'updated', reason: 'The moment lies in the future.' }],
    })
    const next = { ...ADA, sex: 'M', updated: '2026-11-20T09:30:00Z' }
    expect((await call('PUT', 'kirkvale/entries/K-ahead', next)).body).toMatchObject({ outcome: 'changed' })
    await call('PUT', 'kirkvale/entries', [{ id: 'K-ahead', remove: true, updated: '2062-01-01T00:00:00Z' }])
    clock.forward(60_000)
    const back = { ...next, updated: clock.now().toISOString() }
    expect((await call('PUT', 'kirkvale/entries/K-ahead', back)).body).toMatchObject({ outcome: 'changed' })
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
