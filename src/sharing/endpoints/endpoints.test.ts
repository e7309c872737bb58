import { describe, expect, test } from 'vitest'
import { openCast } from '../cast.fixture.ts'

const cast = await openCast()
const { test: house, worker, adviser } = cast
const authorization = `Bearer ${house.bearer(worker)}`
const post = (url: string, payload: object, headers: Record<string, string> = { authorization }) =>
  house.app.inject({ method: 'POST', url, headers, payload })
const disclosure = {
  from: {
    kind: 'police',
    address: 'somebody.else@vale.police.uk',
    trained: '2026-11-01',
    channel: { accredited: true, checkedOn: '2026-11-01' },
  },
  to: [
    {
      kind: 'social-care',
      name: 'Dave Hill',
      address: 'dave.hill@northby.gov.uk',
      needToKnow: 'Decides on the enquiry',
    },
  ],
  information: ['name', 'concern'],
  purpose: 'section-47',
  risk: 'significant-harm',
  message: { body: 'Bruises on both arms.' },
}

describe('POST /api/v1/decisions', () => {
  test('answers under the agency’s own protocol today, and under another on a day in its force', async () => {
    const today = await post('/api/v1/decisions', disclosure)
    expect(today.statusCode, today.body).toBe(200)
    expect(today.json()).toMatchObject({ outcome: 'share', protocol: { id: 'uk-2026', on: '2026-11-20' } })
    const then = await post('/api/v1/decisions?protocol=bexley-2015&on=2015-09-01', disclosure)
    expect(then.json()).toMatchObject({ protocol: { id: 'bexley-2015', on: '2015-09-01' } })
    expect((await post('/api/v1/decisions?protocol=nowhere-1999', disclosure)).statusCode).toBe(404)
    const { rows } = await house.house.database.pool.query('select count(*)::int as count from protocols.decision')
    expect(rows).toEqual([{ count: 0 }])
  })
  test('what is not a Disclosure is refused with its place, and a stranger is not answered', async () => {
    const wrong = await post('/api/v1/decisions', { ...disclosure, information: ['everything'] })
    expect(wrong.statusCode).toBeGreaterThanOrEqual(400)
    expect(wrong.body).toContain('information')
    expect((await post('/api/v1/decisions', disclosure, {})).statusCode).toBe(401)
  })
})

describe('POST /api/v1/disclosures', () => {
  test('records and sends it as what the house knows the sender to be, once for one key', async () => {
    const headers = { authorization, 'idempotency-key': 'one-call' }
    const [one, two] = [
      await post('/api/v1/disclosures', disclosure, headers),
      await post('/api/v1/disclosures', disclosure, headers),
    ]
    expect(one.statusCode, one.body).toBe(201)
    expect(two.json().id).toBe(one.json().id)
    expect(one.json()).toMatchObject({ state: 'decided', decision: { outcome: 'share' } })
    const { rows } = await house.house.database.pool.query(
      `select disclosure->'from'->>'name' as name, disclosure->'from'->>'kind' as kind from protocols.decision`,
    )
    expect(rows).toEqual([{ name: 'Wendy Worker', kind: 'school' }])
    const { rows: jobs } = await house.house.database.pool.query(
      `select from graphile_worker.jobs where task_identifier = 'transfer.dispatch'`,
    )
    expect(jobs).toHaveLength(1)
  })
  test('a program cannot bring a channel, a manager’s yes or an agreement that the house does not know', async () => {
    const claimed = {
      ...disclosure,
      risk: 'none',
      purpose: 'section-17',
      agreement: 'made-up',
      authorisedBy: 'Me',
      confirmed: ['manager-authorisation', 'training', 'consent', 'ground'],
      to: [
        {
          kind: 'health',
          name: 'A stranger',
          address: 'x@surgery.example.net',
          needToKnow: 'x',
          channel: { accredited: true, checkedOn: '2026-11-01' },
          clearance: 'sensitive',
          authorised: true,
        },
      ],
    }
    const answer = await post('/api/v1/disclosures', claimed)
    expect(answer.json()).toMatchObject({ state: 'held', decision: { outcome: 'hold' } })
    const { rows } = await house.house.database.pool.query(
      `select disclosure from protocols.decision order by at desc, id desc`,
    )
    const kept = rows.map((row) => row.disclosure).find((one) => one.purpose === 'section-17')
    expect(kept.to[0]).toEqual({
      kind: 'health',
      name: 'A stranger',
      address: 'x@surgery.example.net',
      needToKnow: 'x',
    })
    expect(kept).not.toHaveProperty('agreement')
    expect(kept).not.toHaveProperty('authorisedBy')
    expect(kept.confirmed ?? []).toEqual([])
  })
  test('CUM-15: 5,000 recipients are refused with the number that it takes, and an adviser may not record', async () => {
    const many = await post('/api/v1/disclosures', {
      ...disclosure,
      to: Array.from({ length: 5_000 }, () => disclosure.to[0]),
    })
    expect(many.statusCode).toBe(422)
    expect(many.body).toContain('at most 50')
    expect(
      (await post('/api/v1/disclosures', disclosure, { authorization: `Bearer ${house.bearer(adviser)}` })).statusCode,
    ).toBe(403)
  })
})
