import { expect, test } from 'vitest'
import { testHouse } from '../../test-house.ts'
import { seedArea } from '../seed-area.ts'
import { seed } from './40-sharing.ts'

test('the invented area holds work in every state, and a queue at the hub with something waiting, taken up, decided and overdue', async () => {
  const { house, clock } = await testHouse({ config: { demo: true } })
  expect(await seedArea(house, [seed])).toBe(true)
  const of = async (query: string) => (await house.database.pool.query(query)).rows
  const states = await of(
    `select form, state, count(*)::int as count from sharing.disclosure group by 1, 2 order by 1, 2`,
  )
  expect(states).toEqual([
    { form: 'police-report', state: 'sent', count: 5 },
    { form: 'referral', state: 'draft', count: 4 },
    { form: 'referral', state: 'held', count: 1 },
    { form: 'referral', state: 'not-shared', count: 1 },
    { form: 'referral', state: 'sent', count: 1 },
  ])
  expect(
    await of(
      `select state, count(*)::int as count from sharing.report where to_agency = 'kirkvale' group by 1 order by 1`,
    ),
  ).toEqual([
    { state: 'claimed', count: 1 },
    { state: 'decided', count: 1 },
    { state: 'waiting', count: 3 },
  ])
  const { rows } = await house.database.pool.query(
    `select count(*)::int as count from sharing.report where state <> 'decided' and due_at < $1`,
    [clock.now()],
  )
  expect(rows).toEqual([{ count: 1 }])
  expect((await of(`select count(*)::int as count from sharing.question where answer is null`))[0]).toEqual({
    count: 2,
  })
  expect((await of(`select count(*)::int as count from transfer.dispatch`))[0]).toEqual({ count: 6 })
})
