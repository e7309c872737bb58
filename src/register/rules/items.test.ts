import { expect, test } from 'vitest'
import { shownOf } from './items.ts'
import { ITEM_ORDER } from './words.ts'

test('WY-20: a legal status and an ethnicity are said in words, with the code of the return behind them; what is over is not the status now', () => {
  const legal = (code: string, to?: string) => ({ code, from: '2024-01-01', ...(to === undefined ? {} : { to }) })
  const entry = {
    ethnicity: 'APKN',
    legalStatuses: [legal('V2', '2025-03-01'), legal('C2'), legal('E1', '2027-01-01'), legal('Wardship')],
  }
  expect(shownOf(entry, 'K-1', ['legal-status', 'ethnicity'], '2026-11-21')).toEqual({
    'legal-status': ['Full care order (C2)', 'Placement order (E1)', 'Wardship'],
    ethnicity: ['Pakistani (APKN)'],
  })
  expect(shownOf({ ethnicity: 'Punjabi' }, 'K-1', ['ethnicity'], '2026-11-21').ethnicity).toEqual(['Punjabi'])
})

test('a card begins with who it is, what holds now and who is near; numbers and what was stand after', () => {
  const at = (item: string): number => ITEM_ORDER.indexOf(item)
  for (const [first, then] of [
    ['date-of-birth', 'registration'],
    ['registration', 'concern'],
    ['schedule-one-indicator', 'family'],
    ['family', 'address-history'],
    ['address-history', 'nhs-number'],
  ] as const)
    expect([at(first) >= 0, at(first) < at(then)], `${first}, ${then}`).toEqual([true, true])
})
