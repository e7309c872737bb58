import { describe, expect, test } from 'vitest'
import { drawLine } from './draw-line.ts'
import { type InTime, linesOfTime, stretchOf } from './line-of-time.ts'
import { type Span, spansOf } from './spans.ts'

const lived = (from: string, to?: string): Span => ({ kind: 'lived', item: 'address', text: 'A street', from, to })
const plan = (from: string, to?: string): Span => ({ kind: 'plan', item: 'registration', text: 'A plan', from, to })
const of = (entry: number, authority: string, spans?: readonly Span[]): InTime => ({
  entry,
  authority,
  authorityName: authority.toUpperCase(),
  spans,
})
const line = (...entries: InTime[]) => linesOfTime(entries, () => true)[0]!
const joints = (...entries: InTime[]) => line(...entries).joints.map(({ before: _, after: __, ...joint }) => joint)

describe('the line of time of a child whom several registers have', () => {
  test('goes from the register that begins first to the one that the child moved to', () => {
    const [now, then] = [of(2, 'b', [lived('2023-05-01')]), of(1, 'a', [lived('2019-01-07', '2023-04-30')])]
    expect(line(now, then).lanes.map(({ authority, from, to }) => [authority, from, to])).toEqual([
      ['a', '2019-01-07', '2023-04-30'],
      ['b', '2023-05-01', undefined],
    ])
    expect(joints(now, then)).toEqual([{ kind: 'moved', on: '2023-05-01' }])
  })
  test('says for how long no register knows where the child was', () => {
    expect(joints(of(1, 'a', [lived('2019-01-07', '2023-04-30')]), of(2, 'b', [lived('2023-06-01')]))).toEqual([
      { kind: 'gap', from: '2023-05-01', to: '2023-05-31', days: 31 },
    ])
  })
  test('says when two registers have the child at once, until when, or that both still do', () => {
    expect(joints(of(1, 'a', [lived('2019-01-07', '2023-04-30')]), of(2, 'b', [plan('2023-01-01')]))).toEqual([
      { kind: 'both', from: '2023-01-01', to: '2023-04-30' },
    ])
    expect(joints(of(1, 'a', [lived('2019-01-07')]), of(2, 'b', [lived('2023-01-01')]))).toEqual([
      { kind: 'both', from: '2023-01-01' },
    ])
  })
  test('counts of the addresses in an entry the last alone: an earlier one may lie in another area', () => {
    expect(
      stretchOf([lived('2019-01-07', '2023-04-30'), lived('2023-05-01'), plan('2024-01-01', '2024-06-01')]),
    ).toEqual({
      from: '2023-05-01',
    })
  })
  test('is no line where one register alone has the child, and keeps a register of which no day may be seen', () => {
    expect(linesOfTime([of(1, 'a', [lived('2019-01-07')]), of(2, 'a', [plan('2020-01-01')])], () => true)).toEqual([])
    const { lanes, joints: between } = line(of(1, 'a', [lived('2019-01-07')]), of(2, 'b', []), of(3, 'c'))
    expect(lanes.map((one) => [one.entry, one.from])).toEqual([
      [1, '2019-01-07'],
      [2, undefined],
      [3, undefined],
    ])
    expect(between).toEqual([])
  })
  test('never joins entries that are not said or matched to be the same', () => {
    expect(linesOfTime([of(1, 'a', []), of(2, 'b', [])], () => false)).toEqual([])
    const apart = linesOfTime(
      [of(1, 'a', []), of(2, 'b', []), of(3, 'c', []), of(4, 'd', [])],
      (one, other) => Math.ceil(one.entry / 2) === Math.ceil(other.entry / 2),
    )
    expect(apart.map((one) => one.lanes.map((lane) => lane.entry))).toEqual([
      [1, 2],
      [3, 4],
    ])
  })
})

test('WY-26: a dated fact comes only from an item that may be seen, so looking after has no dates', () => {
  const entry = {
    registrations: [
      { kind: 'looked-after' as const, from: '2024-06-01', to: '2025-01-15' },
      { kind: 'child-protection' as const, category: 'NEG' as const, from: '2026-02-03' },
    ],
    addresses: [{ lines: ['1 Street'], from: '2020-01-01', to: '2021-01-01' }],
  }
  expect(spansOf(entry, ['registration', 'looked-after-indicator'], '2026-11-20')).toEqual([
    { kind: 'plan', item: 'registration', text: 'Child protection plan, neglect', from: '2026-02-03' },
  ])
  expect(spansOf(entry, [], '2026-11-20')).toEqual([])
})

test('the picture of a line escapes names, stays within its width and is hidden from who hears the page', () => {
  const drawn = drawLine(
    line(
      of(1, '<b>', [lived('1990-01-01', '2023-04-30'), plan('2000-01-01', '2001-01-01')]),
      of(2, 'a very long name of an authority in the far north', [lived('2026-11-19')]),
    ),
    '2026-11-20',
    340,
  )
  expect(drawn).not.toContain('<B>')
  expect(drawn).toContain('aria-hidden="true"')
  for (const [, x] of drawn.matchAll(/ (?:x|x1|x2|cx)="([\d.-]+)"/g)) {
    expect(Number(x)).toBeGreaterThanOrEqual(0)
    expect(Number(x)).toBeLessThanOrEqual(340)
  }
})
