import { expect, test } from 'vitest'
import { workingDaysBefore } from './working-days.ts'

test.each([
  ['2024-03-31', 15, '2024-03-08'],
  ['2023-03-31', 60, '2023-01-06'],
  ['2021-03-31', 65, '2020-12-29'],
  ['2026-03-31', 45, '2026-01-27'],
  ['2022-09-20', 1, '2022-09-16'],
  ['2023-05-30', 20, '2023-04-27'],
  ['2018-03-31', 1, '2018-03-29'],
  ['2022-06-06', 1, '2022-06-01'],
])(
  'BEX-54: before %s, %i working days back is %s, weekends and England’s public holidays left out',
  (day, count, expected) => expect(workingDaysBefore(day, count)).toBe(expected),
)
