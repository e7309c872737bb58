import { expect, test } from 'vitest'
import { testHouse } from '../../test-house.ts'
import { seedArea } from '../seed-area.ts'
import { seed } from './50-transfer.ts'

test('the invented area holds what was sent in every state, with somebody who is asked, and a breach whose clock runs', async () => {
  const { house } = await testHouse({ config: { demo: true } })
  expect(await seedArea(house, [seed])).toBe(true)
  const of = async (query: string) => (await house.database.pool.query(query)).rows
  expect(
    await of(`select route, state, count(*)::int as count from transfer.dispatch group by 1, 2 order by 1, 2`),
  ).toEqual([
    { route: 'encrypted-attachment', state: 'prepared', count: 1 },
    { route: 'portal', state: 'prepared', count: 1 },
    { route: 'recorded-post', state: 'acted-on', count: 1 },
    { route: 'recorded-post', state: 'prepared', count: 1 },
    { route: 'recorded-post', state: 'sent', count: 1 },
    { route: 'secure-email', state: 'uncertain', count: 1 },
  ])
  expect(
    await of(`select count(*)::int as count from transfer.task where done_at is null and kind = 'uncertain'`),
  ).toEqual([{ count: 1 }])
  expect(await of(`select count(*)::int as count from transfer.breach where report_due > noticed_at`)).toEqual([
    { count: 1 },
  ])
})
