import { describe, expect, test } from 'vitest'
import { ADA, liveHouse } from './live-house.fixture.ts'

const { browser, clock, call, held, program } = await liveHouse()

describe('many entries by the live feed', { timeout: 60_000 }, () => {
  test('many in one call, as an array or a value a line: each is done or refused by itself, in the order of the call', async () => {
    for (const [id, entry] of [
      ['K-1', ADA],
      ['K-1', { ...ADA, sex: 'M' }],
      ['K-2', ADA],
    ] as const)
      await call('PUT', `kirkvale/entries/${id}`, entry)
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
    expect(again.body.outcomes).toMatchObject([{}, { sentence: expect.stringContaining('This line is no JSON') }, {}])
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
