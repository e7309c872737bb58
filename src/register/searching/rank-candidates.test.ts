import { expect, test } from 'vitest'
import { rankCandidates } from './rank-candidates.ts'

const under = (...ids: number[]): Buffer => {
  const bytes = Buffer.alloc(ids.length * 8)
  for (const [index, id] of ids.entries()) bytes.writeBigInt64BE(BigInt(id), index * 8)
  return bytes
}

test('whoever shares a rare key comes before whoever shares a common one', () => {
  expect(rankCandidates([under(1, 2, 3, 4), under(9)], 2)).toEqual([9, 1])
})

test('several common keys shared speak more than one', () => {
  expect(rankCandidates([under(1, 2, 3), under(2, 5, 6), under(2, 7, 8)], 1)).toEqual([2])
})

test('numbers beyond 32 bits stay exact, and nobody is named twice', () => {
  const far = 2 ** 40 + 12_345
  expect(rankCandidates([under(far), under(far, 7)], 5)).toEqual([far, 7])
  expect(rankCandidates([], 5)).toEqual([])
})

test('one search leaves nothing behind for the next', () => {
  const crowd = under(...Array.from({ length: 9_600 }, (_, index) => index + 1))
  expect(rankCandidates([crowd, under(9_600)], 2)).toEqual([9_600, 1])
  expect(rankCandidates([under(3)], 2)).toEqual([3])
})

test('more than there is room for are cut off, not stumbled over', () => {
  const crowd = under(...Array.from({ length: 20_000 }, (_, index) => index + 1))
  expect(rankCandidates([crowd], 3)).toEqual([1, 2, 3])
})
