import { beforeAll, describe, expect, test } from 'vitest'
import { actorFor, userByName } from '../../people/index.ts'
import { type Actor, actIn, type Context, system } from '../../platform/index.ts'
import { seedArea } from '../../testing/area/index.ts'
import { testHouse } from '../../testing/test-house.ts'
import { checkChild } from '../check-child.ts'
import type { Entry } from '../entry.ts'
import { importTold } from '../import-feed.ts'
import { jobs as roomsJobs } from '../room.ts'
import { holdings } from './holdings.ts'

const { house, clock, runJobs } = await testHouse({ jobs: roomsJobs })
clock.set(new Date('2026-11-20T10:00:00Z'))
const [entries, enquiries] = holdings as [(typeof holdings)[number], (typeof holdings)[number]]
const { pool } = house.database
const actor = async (name: string): Promise<Actor> =>
  actorFor((await house.database.transaction(system, (tx) => userByName(tx, name)))!)
const as = async <T>(who: string, work: (ctx: Context) => Promise<T>): Promise<T> =>
  actIn(house, { actor: who === 'system' ? system : await actor(who), act: 'test' }, work)
const CHILD: Entry = {
  names: [{ given: 'Zephyrine', family: 'Okonkwo-Vass', kind: 'legal' }],
  born: { date: '2015-03-09' },
  addresses: [{ lines: ['12 Mill Lane', 'Kirkvale'], postcode: 'KV1 2AB' }],
  nhsNumber: '9991234578',
}
const fed = (entry: Entry | undefined, localId = 'K-1', authority = 'kirkvale') =>
  as('system', (ctx) =>
    importTold(ctx, {
      source: 'api',
      authority,
      live: true,
      told: [
        entry === undefined
          ? { kind: 'removal', line: 1, localId }
          : { kind: 'entry', line: 1, localId, entry, flagged: [] },
      ],
    }),
  )
const check = (who: string) =>
  as(who, (ctx) =>
    checkChild(ctx, {
      known: { name: 'Zefirine Okonkwo Vas', born: '2015-03-09', postcode: 'KV1 2AB' },
      purpose: 'register-check',
      ground: 'register-check',
      needToKnow: 'Bruising seen today',
      proportionate: true,
    }),
  )
const corrections = async () =>
  (await pool.query(`select for_user, says, read_at from register.notice where kind = 'correction' order by at`)).rows
const idOf = async (localId = 'K-1') =>
  String((await pool.query(`select id from register.entry where local_id = $1`, [localId])).rows[0].id)

describe('what the registers hold of a person', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    await seedArea(house, [])
  }, 180_000)

  test('every table of the room that names a person stands in a holding', async () => {
    const { rows } = await pool.query(
      `select 'register.' || table_name as name from information_schema.tables where table_schema = 'register' and table_name not in ('change', 'standing', 'term', 'term_anew', 'term_count') order by 1`,
    )
    expect(holdings.flatMap((one) => one.tables).sort()).toEqual(rows.map((row) => row.name))
  })
  test('an entry is found under any spelling by its own authority’s records officer, and by no other', async () => {
    await fed(CHILD)
    const id = await idOf()
    for (const sought of [
      { givenName: 'Zefirine', surname: 'Okonkwo Vas', born: '2015-03-09' },
      { nhsNumber: '999 123 4578' },
      { subject: 'K-1' },
      { subject: id },
    ])
      expect(
        (await as('rowena', (ctx) => entries.find(ctx, sought))).map((one) => one.id),
        JSON.stringify(sought),
      ).toContain(id)
    expect(await as('rowena', (ctx) => entries.find(ctx, {}))).toEqual([])
    expect(await as('kasia', (ctx) => entries.find(ctx, { nhsNumber: '9991234578' }))).toEqual([])
    expect(await as('kasia', (ctx) => entries.export(ctx, id))).toEqual({})
    expect(JSON.stringify(await as('rowena', (ctx) => entries.export(ctx, id)))).toContain('12 Mill Lane')
    await expect(
      as('rowena', (ctx) => entries.correct!(ctx, id, { field: 'sex', to: 'F', reason: 'x' })),
    ).rejects.toThrow('own system')
  })
  test('BEX-55: whoever was shown what an authority has corrected is told to ask again, once, and without a name', async () => {
    const { enquiry, outcome } = await check('alice')
    expect(outcome).toBe('known')
    await check('farah')
    await runJobs()
    expect(await corrections()).toEqual([])
    clock.set(new Date('2026-11-20T11:00:00Z'))
    await fed({ ...CHILD, concerns: [] })
    await runJobs()
    expect(await corrections()).toEqual([])
    clock.set(new Date('2026-11-20T12:00:00Z'))
    await fed({ ...CHILD, addresses: [{ lines: ['9 Moor View', 'Kirkvale'], postcode: 'KV2 1AA' }] })
    await runJobs()
    clock.set(new Date('2026-11-20T13:00:00Z'))
    await fed({ ...CHILD, addresses: [{ lines: ['10 Moor View', 'Kirkvale'], postcode: 'KV2 1AA' }] })
    await runJobs()
    const told = await corrections()
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({
      for_user: (await actor('alice')).id,
      says: expect.stringContaining('Kirkvale Council has changed what you were shown'),
    })
    expect(told[0].says).not.toMatch(/Okonkwo|Moor/)
    expect(JSON.stringify(await as('rowena', (ctx) => enquiries.find(ctx, { subject: 'no such' })))).toBe('[]')
    const id = await idOf()
    expect((await as('imran', (ctx) => enquiries.find(ctx, { subject: id }))).map((one) => one.id)).toContain(enquiry)
    const kept = JSON.stringify(await as('imran', (ctx) => enquiries.export(ctx, enquiry)))
    expect(kept).toContain('Alice')
    expect(kept).not.toContain('Zefirine')
    expect(JSON.stringify(await as('alice', (ctx) => enquiries.export(ctx, enquiry)))).toContain('Zefirine')
  })
  test('BEX-55: whoever was shown a child who has left the register is told of that too', async () => {
    await pool.query(`update register.notice set read_at = now() where kind = 'correction'`)
    clock.set(new Date('2026-11-20T14:00:00Z'))
    await fed(undefined)
    await runJobs()
    expect((await corrections()).at(-1).says).toContain('no longer in its register')
  })
  test('BEX-57, WY-7: what has left is kept as long as its own authority says, and then nothing of it is left but its place in the history', async () => {
    const id = await idOf()
    expect(await as('system', (ctx) => entries.due(ctx))).toEqual([])
    await pool.query(`update register.standing set years_kept = 10 where authority = 'kirkvale'`)
    clock.set(new Date('2033-11-20T10:00:00Z'))
    expect(await as('system', (ctx) => entries.due(ctx))).toEqual([])
    clock.set(new Date('2036-11-21T10:00:00Z'))
    expect(await as('system', (ctx) => entries.due(ctx))).toEqual([id])
    expect(await as('system', (ctx) => entries.dispose(ctx, [id]))).toBe(1)
    const { rows } = await pool.query(`select * from register.entry where id = $1`, [id])
    expect(JSON.stringify(rows)).not.toMatch(/Okonkwo|Moor View|9991234578|K-1/)
    expect((await pool.query(`select from register.match_key where entry_id = $1`, [id])).rowCount).toBe(0)
    expect((await pool.query(`select from register.enquiry_entry where entry_id = $1`, [id])).rowCount).toBeGreaterThan(
      0,
    )
    expect(await as('system', (ctx) => entries.due(ctx))).toEqual([])
    await fed(CHILD)
    expect(await idOf()).not.toBe(id)
  })
  test('BEX-58: what was typed and answered in an enquiry goes after its years; that it was asked stays', async () => {
    const due = await as('system', (ctx) => enquiries.due(ctx))
    expect(due.length).toBeGreaterThan(0)
    expect(await as('system', (ctx) => enquiries.dispose(ctx, due))).toBe(due.length)
    const { rows } = await pool.query(
      `select asker_name, purpose, length(sealed_question) + length(sealed_answer) as sealed from register.enquiry`,
    )
    expect(rows.every((row) => row.sealed === 0)).toBe(true)
    expect(rows.map((row) => row.asker_name)).toContain('Alice Hartley')
    expect(await as('system', (ctx) => enquiries.due(ctx))).toEqual([])
  })
})
