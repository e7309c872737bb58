import { expect, test } from 'vitest'
import { KEY_VERSION, keysFor } from '../matching/index.ts'
import { actIn, runDueJobs, system } from '../platform/index.ts'
import { feedingHouse, NONE } from './feeds/feeding-house.fixture.ts'
import { feedNamed } from './feeds/index.ts'
import { frequenciesNow } from './frequencies.ts'
import { countAnew } from './jobs/count-anew.ts'
import { fileAnew } from './jobs/file-anew.ts'
import { preparedFrom } from './searching/store.ts'

const { house, register } = await feedingHouse()
const { pool } = house.database
const csv = feedNamed('csv')!
const file = (rows: readonly string[]) =>
  Buffer.from(`local_id,given_name,family_name,date_of_birth,updated\n${rows.join('\n')}\n`)

/** Every entry under exactly the keys that are its own: none is missing, stale or there twice. */
async function expectFiled(authority: string): Promise<number> {
  const { rows } = await pool.query<{ id: number; prepared: Buffer; filed: string[]; under: string[] | null }>(
    `select id, prepared, filed.keys::text[] as filed, under.keys as under
     from register.entry left join register.filed_under filed on filed.entry_id = entry.id
     left join (select entry_id, array_agg(k::text) as keys from register.match_key group by entry_id) under on under.entry_id = entry.id
     where authority = $1`,
    [authority],
  )
  for (const { prepared, filed, under } of rows) {
    const keys = keysFor(preparedFrom(prepared)).map(String).sort()
    expect([...filed].sort()).toEqual(keys)
    expect([...(under ?? [])].sort()).toEqual(keys)
  }
  return rows.length
}

test('everyone is filed under their own keys and no others, also who is named again before the keys were filed', async () => {
  const one = await register(csv)
  const rows = Array.from({ length: 2_050 }, (_, at) => `F-${at},Ada,Name${at},,2026-01-01`)
  const again = rows
    .slice(0, 60)
    .map((row, at) => row.replace(/Name\d+/, `Other${at}`).replace('2026-01-01', '2026-02-01'))
  const third = again.slice(0, 30).map((row) => row.replace(/Other/, 'Name').replace('2026-02-01', '2026-03-01'))
  expect(await one.told(file([...rows, ...again, ...third]))).toMatchObject({ added: 2_050, changed: 90 })
  expect(await expectFiled(one.id)).toBe(2_050)
})

test('whoever looks on sees the filing move on, for those who are new and for those who are filed otherwise, and forwards only', async () => {
  const one = await register(csv)
  const rows = (family: string, day: string) =>
    file(Array.from({ length: 1_500 }, (_, at) => `P-${at},Ada,${family}${at},,${day}`))
  for (const [family, day] of [
    ['Name', '2026-01-01'],
    ['Other', '2026-02-01'],
  ] as const) {
    const seen: [number, number][] = []
    await one.feed(rows(family, day), { progress: (told, filed) => seen.push([told, filed]) })
    const whileFiling = new Set(seen.filter(([told]) => told === 1_500).map(([, filed]) => filed))
    expect(whileFiling.size).toBeGreaterThan(20)
    expect(Math.min(...whileFiling)).toBeLessThan(100)
    expect(Math.max(...whileFiling)).toBeGreaterThan(1_400)
    expect(Math.max(...whileFiling)).toBeLessThanOrEqual(1_500)
    expect(seen.map(([, filed]) => filed)).toEqual(seen.map(([, filed]) => filed).sort((a, b) => a - b))
    expect(await expectFiled(one.id)).toBe(1_500)
  }
})

test('a change takes away the keys that no longer hold and leaves the others where they are', async () => {
  const one = await register(csv)
  await one.feed(file(['G-1,Ada,Okafor,2015-03-09,2026-01-01', 'G-2,Ben,Okafor,,2026-01-01']))
  const where = async () => {
    const { rows } = await pool.query(
      `select k::text, match_key.ctid::text as place from register.match_key join register.entry on entry.id = entry_id where authority = $1 and local_id = 'G-1'`,
      [one.id],
    )
    return new Map<string, string>(rows.map(({ k, place }) => [k, place]))
  }
  const before = await where()
  expect(await one.told(file(['G-1,Ada,Adeyemi,2015-03-09,2026-02-01']))).toEqual({ ...NONE, changed: 1 })
  await expectFiled(one.id)
  const after = await where()
  const kept = [...after].filter(([k]) => before.has(k))
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.length).toBeLessThan(before.size)
  for (const [k, place] of kept) expect(place).toBe(before.get(k))
})

test('keys that an earlier version of the search made go with the next change of the entry', async () => {
  const one = await register(csv)
  await one.feed(file(['H-1,Ada,Okafor,,2026-01-01', 'H-2,Ben,Naylor,,2026-01-01']))
  const { rows } = await pool.query(`select id from register.entry where authority = $1 and local_id = 'H-1'`, [one.id])
  await pool.query(`update register.match_key set k = k + 1 where entry_id = $1`, [rows[0].id])
  await pool.query(
    `update register.filed_under set keys = (select array_agg(k) from register.match_key where entry_id = $1) where entry_id = $1`,
    [rows[0].id],
  )
  await one.feed(file(['H-1,Ada,Okafor-Bell,,2026-02-01']))
  expect(await expectFiled(one.id)).toBe(2)
})

test('after the keys have changed, whoever was filed by the earlier ones is filed anew, and says the same as before', async () => {
  const one = await register(csv)
  await one.feed(file(['L-1,Ada,Okafor,,2026-01-01', 'L-2,Ben,Naylor,,2026-01-01', 'L-3,Cleo,Shah,,2026-01-01']))
  const before = await one.state()
  await pool.query(
    `update register.match_key set k = k + 1 from register.entry where entry.id = entry_id and authority = $1 and local_id <> 'L-3'`,
    [one.id],
  )
  await pool.query(
    `update register.filed_under set version = 1, keys = (select array_agg(k) from register.match_key where match_key.entry_id = filed_under.entry_id)
     from register.entry where entry.id = entry_id and authority = $1 and local_id <> 'L-3'`,
    [one.id],
  )
  await pool.query(`update register.entry set prepared = '' where authority = $1 and local_id = 'L-1'`, [one.id])
  await actIn(house, { actor: system, act: 'test' }, (ctx) => fileAnew.run(ctx, {}))
  expect(await expectFiled(one.id)).toBe(3)
  expect(await one.state()).toEqual(before)
  const { rows } = await pool.query(`select count(*)::int as n from register.filed_under where version < $1`, [
    KEY_VERSION,
  ])
  expect(rows[0].n).toBe(0)
})

test('after entries were filed anew, how often names occur is counted anew: what a search weighs by is what stands in the register', async () => {
  const one = await register(csv)
  const rows = ['R-1,Ada,Okafor,,2026-01-01', 'R-2,Ben,Quillfeather,,2026-01-01', 'R-3,Cleo,Quillfeather,,2026-01-01']
  await one.feed(file(rows))
  await pool.query(`delete from register.entry where authority <> $1`, [one.id])
  await pool.query(`delete from register.filed_under where entry_id not in (select id from register.entry)`)
  const counts = async () =>
    (await pool.query(`select kind, key, n::int from register.term order by kind, key`)).rows as { n: number }[]
  // As an earlier version of matching/ counted: other terms, and more of each.
  await pool.query(`delete from register.term; insert into register.term (kind, key, n) values (2, 77, 40)`)
  const weighed = () => actIn(house, { actor: system, act: 'test' }, (ctx) => frequenciesNow(ctx))
  const before = await weighed()
  expect(before.totals[2]).toBe(40)
  await pool.query(`update register.filed_under set version = 1`)
  await actIn(house, { actor: system, act: 'test' }, (ctx) => fileAnew.run(ctx, {}))
  const counting = [countAnew]
  expect(await runDueJobs(house, counting)).toEqual([])
  const after = await counts()
  expect(after).not.toContainEqual({ kind: 2, key: 77, n: 40 })
  expect(after.filter(({ n }) => n === 2).length, 'the family name that two have').toBeGreaterThan(0)
  expect((await weighed()).totals[2]).toBe(3)
  await one.feed(file(['R-4,Dora,Quillfeather,,2026-01-01']))
  expect((await counts()).filter(({ n }) => n === 3).length).toBeGreaterThan(0)
  await actIn(house, { actor: system, act: 'test' }, (ctx) => fileAnew.run(ctx, {}))
  expect(await counts(), 'with nothing to file, nothing is counted').toHaveLength((await counts()).length)
})

test('who leaves the register and comes back is filed once', async () => {
  const one = await register(csv)
  const row = (updated: string, removed: string) =>
    Buffer.from(`local_id,given_name,family_name,updated,removed\nJ-1,Ada,Okafor,${updated},${removed}\n`)
  await one.feed(row('2026-01-01', ''))
  await one.feed(row('2026-02-01', 'yes'))
  await one.feed(row('2026-03-01', ''))
  expect(await expectFiled(one.id)).toBe(1)
})
