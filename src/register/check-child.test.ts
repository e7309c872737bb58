import { beforeAll, describe, expect, test } from 'vitest'
import { actorFor, userByName } from '../people/index.ts'
import { type Actor, actIn, sql, system } from '../platform/index.ts'
import { seedArea } from '../testing/area/index.ts'
import { CAST } from '../testing/cast.ts'
import { testHouse } from '../testing/test-house.ts'
import type { Check, CheckAnswer } from './answer.ts'
import { checkChild } from './check-child.ts'
import type { Entry } from './entry.ts'
import { importTold } from './import-feed.ts'
import { noteMet } from './jobs/note-met.ts'
import { tell } from './jobs/tell.ts'

const { house, clock, runJobs } = await testHouse({ jobs: [noteMet, tell] })
clock.set(new Date('2026-11-20T10:00:00Z'))

const child = (over: Partial<Entry> = {}): Entry => ({
  names: [{ given: 'Zephyrine', family: 'Okonkwo-Vass', kind: 'legal' }],
  born: { date: '2015-03-09' },
  sex: 'F',
  addresses: [{ lines: ['12 Mill Lane', 'Kirkvale'], postcode: 'KV1 2AB' }],
  nhsNumber: '9991234564',
  registrations: [
    { kind: 'child-protection', category: 'NEG', from: '2025-01-01' },
    { kind: 'looked-after', from: '2024-01-01' },
  ],
  lookedAfter: true,
  posesRisk: true,
  ...over,
})
const fed = (authority: string, localId: string, entry: Entry) =>
  actIn(house, { actor: system, act: 'test.fed' }, (ctx) =>
    importTold(ctx, { source: 'api', authority, told: [{ kind: 'entry', line: 1, localId, entry, flagged: [] }] }),
  )
const actor = async (name: string): Promise<Actor> =>
  actorFor((await house.database.transaction(system, (tx) => userByName(tx, name)))!)
const ask = async (who: string, known: Check['known'], more: Partial<Check> = {}): Promise<CheckAnswer> =>
  actIn(house, { actor: await actor(who), act: 'register.checked' }, (ctx) =>
    checkChild(ctx, {
      known,
      purpose: 'register-check',
      ground: 'register-check',
      needToKnow: 'Bruising seen today',
      proportionate: true,
      ...more,
    }),
  )
const MISSPELT = { name: 'Zefirine Okonkwo Vas', born: '2015-03-09', postcode: 'KV1 2AB' }
const NOBODY = { name: 'Quillon Xyzzyvarth', born: '2014-05-06', postcode: 'SB3 9QQ' }
const without = ({ enquiry: _, ...rest }: CheckAnswer) => rest

describe('a check of the linked registers', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await seedArea(house)
    await fed('kirkvale', 'K-1', child())
  }, 120_000)

  test('WY-19, WY-31: a social worker of the area finds the misspelt child by name', async () => {
    const answer = await ask('alice', MISSPELT)
    expect(answer.outcome, JSON.stringify(answer.searched, null, 1)).toBe('known')
    expect(answer.found[0]).toMatchObject({ authority: 'kirkvale', shown: { name: ['Zephyrine Okonkwo-Vass'] } })
    expect(answer.found[0]!.fields.length).toBeGreaterThan(2)
  })
  test('WY-26: looked-after history is an indicator only', async () => {
    const [found] = (await ask('alice', MISSPELT)).found
    expect(found!.shown['looked-after-indicator']).toEqual(['Is or was looked after'])
    expect(found!.shown['looked-after-history']).toBeUndefined()
    expect(found!.withheld).toContainEqual(
      expect.objectContaining({
        item: 'looked-after-history',
        because: expect.objectContaining({ cites: expect.arrayContaining(['WY-26']) }),
      }),
    )
  })
  test('WY-18: a health visitor and another authority are answered the same whether or not the child is known', async () => {
    for (const who of ['farah', 'dev']) {
      const [known, unknown] = [await ask(who, MISSPELT), await ask(who, NOBODY)]
      expect(known.found, who).toEqual([])
      if (who === 'farah') expect(without(known)).toEqual(without(unknown))
      expect(known.outcome).toBe('may-not-be-told')
      expect(known.outcome).toBe(unknown.outcome)
      expect(known.near.filter((one) => one.authority === 'kirkvale')).toEqual([])
      expect(JSON.stringify(known.searched.find((one) => one.authority === 'kirkvale'))).toContain('WY-18')
    }
  })
  test('WY-25, WY-35: every check stands in the history with who, when and why, and its terms are sealed', async () => {
    const { enquiry } = await ask('farah', MISSPELT)
    await runJobs()
    const { rows } = await house.database.pool.query(
      `select e.*, x.shown from register.enquiry e join register.enquiry_entry x on x.enquiry_id = e.id where e.id = $1`,
      [enquiry],
    )
    expect(rows).toMatchObject([
      { asker_name: 'Farah Siddique', purpose: 'register-check', ground: 'register-check', shown: false },
    ])
    expect(JSON.stringify(rows[0])).not.toContain('Zefirine')
    const { rows: acts } = await house.database.pool.query(
      `select subject, detail from audit.entry where act = 'register.checked'`,
    )
    expect(JSON.stringify(acts)).not.toMatch(/zefirine|okonkwo/i)
  })
  test('WY-27: nobody outside social services sees who poses a risk to children', async () => {
    for (const { username, roles } of CAST) {
      const who = await actor(username)
      if (!who.permissions.has('register.check')) continue
      const { found } = await ask(username, MISSPELT)
      for (const one of found)
        if (one.shown['schedule-one-indicator'] !== undefined)
          expect(['kirkvale', 'marlow-dene', 'thornmere', 'sallowby', 'wrenhaugh'], `${username} ${roles}`).toContain(
            who.agency,
          )
    }
  })
  test('a shielded child surfaces to nobody of any role but those named, existence included', async () => {
    const shielded = { name: 'Peregrine Ashdown-Quill', born: '2016-07-08', postcode: 'KV2 3CD' }
    const nobody = CAST.filter((one) => one.username !== 'imran')
    const before = new Map<string, CheckAnswer>()
    const askers: string[] = []
    for (const { username } of nobody)
      if ((await actor(username)).permissions.has('register.check')) {
        askers.push(username)
        before.set(username, await ask(username, shielded))
      }
    await fed('kirkvale', 'K-2', {
      names: [{ given: 'Peregrine', family: 'Ashdown-Quill', kind: 'legal' }],
      born: { date: '2016-07-08' },
      addresses: [{ lines: ['4 Beck Side'], postcode: 'KV2 3CD' }],
      shielded: { because: 'adoption', visibleTo: ['imran'] },
    })
    expect(askers.length).toBeGreaterThan(8)
    for (const username of askers) {
      const { searched: _, enquiry: __, ...after } = await ask(username, shielded)
      const { searched: ___, enquiry: ____, ...was } = before.get(username)!
      expect(after, username).toEqual(was)
    }
    expect((await ask('imran', shielded)).outcome).toBe('known')
  })
  test('three agencies asking about one child within ten days raise one signal to the keeper, without content', async () => {
    for (const who of ['alice', 'dev', 'farah', 'sinead']) await ask(who, MISSPELT)
    await runJobs()
    const { rows } = await house.database.pool.query(`select agency, says from register.notice where kind = 'signal'`)
    expect(rows).toHaveLength(1)
    expect(rows[0].agency).toBe('kirkvale')
    expect(rows[0].says).not.toContain('Zephyrine')
  })
  test('a superseded NHS number finds the child', async () => {
    await fed('kirkvale', 'K-3', {
      names: [{ given: 'Ottoline', family: 'Brackenbury', kind: 'legal' }],
      born: { date: '2012-02-03' },
      nhsNumber: '9990000018',
      formerNhsNumbers: ['9990000026'],
    })
    const { found } = await ask('alice', { name: 'Ottoline', nhsNumber: '999 000 0026' })
    expect(found.map((one) => one.shown.name)).toContainEqual(['Ottoline Brackenbury'])
  })
  test('a user of one authority reads none of another’s rows, though the application asks for all', async () => {
    const dev = await actor('dev')
    const seen = await house.database.transaction(dev, (tx) =>
      tx.query<{ authority: string }>(sql`select distinct authority from register.entry`),
    )
    expect(seen).toEqual([{ authority: 'marlow-dene' }])
    const farah = await actor('farah')
    for (const table of ['entry', 'match_key', 'feed', 'flaw', 'verdict'])
      expect(
        await house.database.pool.query(
          `select 1 from pg_class where oid = ('register.' || $1)::regclass and relrowsecurity`,
          [table],
        ),
      ).toHaveProperty('rowCount', 1)
    expect(
      await house.database.transaction(farah, (tx) => tx.query(sql`select 1 from register.entry limit 1`)),
    ).toEqual([])
    expect(
      await house.database.transaction(farah, (tx) => tx.query(sql`select 1 from register.match_key limit 1`)),
    ).toEqual([])
  })
  test('a question that could find nobody is refused with what to give', async () => {
    await expect(ask('alice', { age: 9 })).rejects.toThrow('Give a part of a name')
  })
})
