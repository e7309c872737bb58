import { beforeAll, describe, expect, it } from 'vitest'
import { actIn, type Context, sql, system } from '../platform/index.ts'
import { seedArea } from '../testing/area/index.ts'
import { type TestHouse, testHouse } from '../testing/test-house.ts'
import { searchDirectory } from './index.ts'
import { holdings } from './room.ts'

let test: TestHouse
const asked = <T>(work: (ctx: Context) => Promise<T>): Promise<T> =>
  actIn(test.house, { actor: system, act: 'test' }, work)
const [accounts, entries] = holdings

beforeAll(async () => {
  test = await testHouse()
  await seedArea(test.house, [])
})

describe('what is kept about staff and partners', () => {
  it('CUM-24: is found by name and handed out whole, without secrets', async () => {
    const [found] = await asked((ctx) => accounts!.find(ctx, { givenName: 'Alice', surname: 'Hartley' }))
    expect(found?.label).toBe('Account of Alice Hartley')
    const all = await asked((ctx) => accounts!.export(ctx, found!.id))
    expect(all).toMatchObject({ 'sign-in name': 'alice', 'works as': 'Social worker' })
    expect(JSON.stringify(all)).not.toMatch(/argon2|sealed|hash/)
  })

  it('is put right on request, but for fields that something hangs on', async () => {
    const [found] = await asked((ctx) => entries!.find(ctx, { surname: 'Akhtar' }))
    await asked((ctx) => entries!.correct!(ctx, found!.id, { field: 'telephone', to: '01632 960777', reason: 'moved' }))
    expect((await asked((ctx) => searchDirectory(ctx, 'Akhtar')))[0]?.telephone).toBe('01632 960777')
    await expect(
      asked((ctx) =>
        entries!.correct!(ctx, found!.id, { field: 'kind; drop table people.entry', to: 'x', reason: '' }),
      ),
    ).rejects.toThrow()
  })

  it('WY-7: goes when its time is over, and not before', async () => {
    await asked((ctx) =>
      ctx.tx.run(sql`update people.entry set left_on = '2024-01-01' where name in ('Tom Greenwood', 'Alice Hartley')`),
    )
    const due = await asked((ctx) => entries!.due(ctx))
    expect(due).toHaveLength(1)
    expect(await asked((ctx) => entries!.dispose(ctx, due))).toBe(1)
    expect(await asked((ctx) => searchDirectory(ctx, 'Tom Greenwood'))).toEqual([])
    expect(await asked((ctx) => accounts!.due(ctx))).toEqual([])
  })
})
