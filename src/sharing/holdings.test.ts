import { expect, test } from 'vitest'
import { actIn, sql, system } from '../platform/index.ts'
import { openCast, typeReferral } from './cast.fixture.ts'
import { holdings } from './holdings.ts'

const cast = await openCast()
const { test: house } = cast
const inHouse = <T>(work: Parameters<typeof actIn<T>>[2]) => actIn(house.house, { actor: system, act: 'test' }, work)
const [held] = holdings as [(typeof holdings)[number]]

test('every table of the room that names a person stands in a holding', async () => {
  const { rows } = await house.house.database.pool.query(
    `select table_schema || '.' || table_name as name from information_schema.tables where table_schema = 'sharing' order by 1`,
  )
  expect(holdings.flatMap((one) => one.tables).sort()).toEqual(rows.map((row) => row.name))
})

test('BEX-57, BEX-62: what names a person is found, handed out whole, and disposed of when its time is over', async () => {
  const { id } = await typeReferral(cast)
  const other = await typeReferral(cast, { name: 'Zoë 100% Example' })
  const find = (sought: Parameters<typeof held.find>[1]) =>
    inHouse(async (ctx) => (await held.find(ctx, sought)).map((one) => one.id))
  expect(await find({ givenName: 'aisha', surname: 'KHAN' })).toContain(id)
  expect(await find({ givenName: '100%' })).toEqual([other.id])
  expect(await find({ givenName: 'Aisha', born: '2015-03-10' })).toEqual([])
  expect(await find({ surname: 'Khan', born: '2015-03-09' })).toContain(id)
  expect(await find({})).toEqual([])
  expect(JSON.stringify(await inHouse((ctx) => held.export(ctx, id)))).toContain('Two bruises on the left arm')
  expect(await inHouse((ctx) => held.due(ctx))).toEqual([])
  await inHouse((ctx) =>
    ctx.tx.run(
      sql`update sharing.disclosure set changed_at = changed_at - interval '6 years 1 day' where id = ${id}::uuid`,
    ),
  )
  expect(await inHouse((ctx) => held.due(ctx))).toEqual([id])
  expect(await inHouse((ctx) => held.dispose(ctx, [id]))).toBe(1)
  expect(await inHouse((ctx) => held.export(ctx, id))).toEqual({})
})
