import { rm } from 'node:fs/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Actor, actIn, sql, system } from '../platform/index.ts'
import { testHouse } from '../testing/test-house.ts'
import { type EntryText, exportLog, findActs, proofHolds, prove, sealLog, verifyLog } from './index.ts'
import { headsFile } from './seal.ts'

const alice: Actor = {
  id: 'alice',
  name: 'Alice "A" Ahmed \u202e',
  kind: 'user',
  agency: 'police',
  permissions: new Set(),
}
const { house } = await testHouse()
const { pool } = house.database

async function doSome(count: number) {
  for (let i = 0; i < count; i++)
    await actIn(
      house,
      { actor: alice, act: 'note.read', subject: `n${i}`, detail: { é: i, b: [1.5, null] } },
      async () => {},
    )
}

/** As whoever holds the database itself, past every trigger. */
async function tamper(statement: string) {
  await pool.query(`set session_replication_role = replica; ${statement}; set session_replication_role = origin`)
}

beforeEach(async () => {
  await tamper(
    'delete from audit.head; delete from audit.link; delete from audit.entry; alter sequence audit.entry_id_seq restart',
  )
  await rm(headsFile(house.config.dataDir), { force: true })
})

describe('the log of acts', () => {
  test('is only ever added to, by the application and by the owner alike', async () => {
    await doSome(1)
    for (const statement of [sql`update audit.entry set act = 'x'`, sql`delete from audit.entry`])
      await expect(house.database.transaction(system, (tx) => tx.run(statement))).rejects.toMatchObject({
        code: '42501',
      })
    for (const statement of [
      `update audit.entry set act = 'x'`,
      'delete from audit.entry',
      'truncate audit.entry cascade',
      'delete from audit.link',
      'delete from audit.head',
    ])
      await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' })
  })

  test('holds the entry exactly when it holds the work', async () => {
    await expect(
      actIn(house, { actor: alice, act: 'note.write' }, async (ctx) => {
        await ctx.tx.run(sql`select 1`)
        throw new Error('no')
      }),
    ).rejects.toThrow()
    const acts = await house.database.transaction(system, (tx) => findActs(tx, { actor: 'alice' }))
    expect(acts).toMatchObject([{ act: 'note.write', outcome: 'failed' }])
  })

  test('is whole after many writers at once, and says how much of it is sealed', async () => {
    await Promise.all(Array.from({ length: 8 }, () => doSome(10)))
    expect(await verifyLog(house)).toEqual({ whole: true, sealed: 0, waiting: 80 })
    const sealed = await Promise.all([sealLog(house), sealLog(house)])
    expect(sealed[0]! + sealed[1]!).toBe(80)
    await doSome(3)
    await sealLog(house)
    expect(await verifyLog(house)).toEqual({ whole: true, sealed: 83, waiting: 0 })
  })

  test.each([
    ['an entry was altered', `update audit.entry set act = 'note.deleted' where id = 4`, { seq: 4, entry: 4 }],
    ['an actor was exchanged', `update audit.entry set actor = 'bob' where id = 2`, { seq: 2, entry: 2 }],
    [
      'a detail was altered',
      `update audit.entry set detail = '{"b": [1.5, null], "é": 99}' where id = 5`,
      { seq: 5, entry: 5 },
    ],
    ['an entry was removed', 'delete from audit.entry where id = 3', { seq: 3, entry: 3 }],
    [
      'an entry and its link were removed',
      'delete from audit.link where seq = 3; delete from audit.entry where id = 3',
      { seq: 3 },
    ],
    [
      'the end was cut off',
      'delete from audit.head where seq > 0; delete from audit.link where seq > 4; delete from audit.entry where id > 4',
      { seq: 5 },
    ],
    [
      'a leaf was made to fit',
      `update audit.entry set act = 'x' where id = 6; update audit.link set leaf = sha256('x') where seq = 6`,
      { seq: 6, entry: 6 },
    ],
    [
      'the time was moved',
      `update audit.entry set at = at + interval '1 microsecond' where id = 1`,
      { seq: 1, entry: 1 },
    ],
  ])('names the first entry that is not as it was: %s', async (_, statement, place) => {
    await doSome(8)
    await sealLog(house)
    await tamper(statement)
    const verdict = await verifyLog(house)
    expect(verdict.whole).toBe(false)
    expect(verdict.first).toMatchObject(place)
  })

  test('is found out even when whoever holds the database writes the whole chain anew', async () => {
    await doSome(4)
    await sealLog(house)
    await rm(headsFile(house.config.dataDir))
    await tamper(`update audit.entry set act = 'x' where id = 1; delete from audit.head; delete from audit.link`)
    const forged = {
      ...house,
      secrets: (await import('../platform/index.ts')).secretsFrom('another secret of at least 32 characters'),
    }
    await sealLog(forged)
    expect((await verifyLog(forged)).whole).toBe(true)
    expect(await verifyLog(house)).toMatchObject({ whole: false, first: { seq: 1 } })
  })

  test('proves one entry to a reader who has not the log, and no other content', async () => {
    await doSome(6)
    await sealLog(house)
    const proof = (await house.database.transaction(system, (tx) => prove(tx, 3)))!
    const [trusted] = house.secrets.publicKeys('audit.head')
    const carried = JSON.parse(JSON.stringify(proof)) as typeof proof
    expect(proofHolds(carried, trusted!)).toBe(true)
    expect(proofHolds({ ...carried, entry: { ...carried.entry, act: 'x' } }, trusted!)).toBe(false)
    expect(proofHolds({ ...carried, after: carried.after.slice(1) }, trusted!)).toBe(false)
    expect(proofHolds(carried, house.secrets.publicKeys('other')[0]!)).toBe(false)
  })

  test('is exported whole, in the order of its chain', async () => {
    await doSome(5)
    await sealLog(house)
    const entries: (EntryText & { seq: number })[] = []
    for await (const entry of exportLog(house)) entries.push(entry)
    expect(entries.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5])
    expect(entries[0]).toMatchObject({ actor_name: 'Alice "A" Ahmed \u202e', subject: 'n0' })
  })

  test('is searched by subject, actor, act and reference, newest first', async () => {
    await doSome(5)
    const found = await house.database.transaction(system, (tx) => findActs(tx, { act: 'note.', limit: 2 }))
    expect(found.map((act) => act.subject)).toEqual(['n4', 'n3'])
    const older = await house.database.transaction(system, (tx) =>
      findActs(tx, { agency: 'police', before: found[1]!.id, limit: 1 }),
    )
    expect(older[0]).toMatchObject({ subject: 'n2', actorName: alice.name, detail: { é: 2, b: [1.5, null] } })
  })
})
