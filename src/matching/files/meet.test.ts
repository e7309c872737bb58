import { describe, expect, it } from 'vitest'
import { marked } from './hints.ts'
import { indexKeys, MANY } from './index-keys.ts'
import { Meetings } from './meet.ts'
import type { Segment } from './segment.ts'

const STREET = 18
const DAY = 8
const HOUSE = 20
const NUMBER = 1

/** a file of so many rows, of which the first have these keys */
function fileOf(rows: number, keys: readonly (readonly number[])[]): Segment {
  const keyStarts = new Int32Array(rows + 1)
  for (let row = 0; row < rows; row++) keyStarts[row + 1] = keyStarts[row]! + (keys[row]?.length ?? 0)
  return {
    words: new Int32Array(0),
    starts: new Int32Array(rows + 1),
    keys: Uint32Array.from(keys.flat()),
    keyStarts,
    ids: new Uint8Array(0),
    idStarts: new Int32Array(rows + 1),
    idHashes: new Float64Array(rows),
  }
}

function met(segment: Segment, row: number, wide = false): number[] {
  const indexes = [0, 1].map((part) => indexKeys([segment], part, 2))
  const meetings = new Meetings(indexes, wide)
  return [...meetings.candidates.subarray(0, meetings.of(row))].sort((a, b) => a - b)
}

const key = (kind: number, value: number) => marked(Math.imul(value, 0x9e3779b1) >>> 0, kind)

describe('who meets whom in a file', () => {
  const one = [key(STREET, 1), key(DAY, 2), key(HOUSE, 3), key(NUMBER, 4)]
  const others = [[key(STREET, 1)], [key(STREET, 1), key(DAY, 2)], [key(HOUSE, 3)], [key(NUMBER, 4)], [key(DAY, 9)]]

  it('in a large file one lesser thing in common is not enough, two of different kinds are, or one that tells', () => {
    const large = fileOf(MANY + 1, [one, ...others])
    expect(met(large, 0)).toEqual([2, 3, 4])
    expect(met(large, 0, true)).toEqual([1, 2, 3, 4])
  })

  it('in a small file whoever shares something rare is met, and only later rows are', () => {
    const small = fileOf(6, [one, ...others])
    expect(met(small, 0)).toEqual([1, 2, 3, 4])
    expect(met(small, 1)).toEqual([2])
    expect(met(small, 5)).toEqual([])
  })

  it('a key that more share than are worth following finds nobody', () => {
    const crowd = fileOf(
      300,
      Array.from({ length: 300 }, () => [key(NUMBER, 7)]),
    )
    expect(met(crowd, 0)).toEqual([])
  })
})
