import { mix } from '../normalise/text.ts'
import type { Segment } from './segment.ts'

/** All rows of a part of the keys, key by key. Rows of one key stand together in ascending order. */
export interface KeyIndex {
  readonly rows: Int32Array
  /** for each place in `rows`: where its key's rows end */
  readonly ends: Int32Array
  /** for each place: how many rows share the key, at most 65535 */
  readonly sizes: Uint16Array
  /** for each row of the file where its places begin in `places`; one entry more */
  readonly placeStarts: Int32Array
  readonly places: Int32Array
}

/** keys with more rows than this find too little to be worth following */
export const MOST_ROWS = 100

/** Builds the index of those keys that fall to `part` of `parts`. Keys of one row only or of too many are left out. */
export function indexKeys(segments: readonly Segment[], part: number, parts: number, most = MOST_ROWS): KeyIndex {
  const total = segments.reduce((n, segment) => n + segment.starts.length - 1, 0)
  const rowBits = Math.max(1, Math.ceil(Math.log2(total + 1)))
  const rowSpan = 2 ** rowBits
  const keySpan = 2 ** (53 - rowBits)
  // first look: which keys can have a second row at all
  const slots = tableSize(segments)
  const seen = new Uint8Array(slots)
  each(segments, part, parts, (key) => {
    const slot = mix(key % 4294967291) & (slots - 1)
    if (seen[slot]! < 255) seen[slot]!++
  })
  let kept = 0
  each(segments, part, parts, (key) => {
    if (seen[mix(key % 4294967291) & (slots - 1)]! > 1) kept++
  })
  const entries = new Float64Array(kept)
  let n = 0
  each(segments, part, parts, (key, row) => {
    if (seen[mix(key % 4294967291) & (slots - 1)]! > 1) entries[n++] = (key % keySpan) * rowSpan + row
  })
  entries.sort()
  return layOut(entries, rowSpan, total, most)
}

function tableSize(segments: readonly Segment[]): number {
  let keys = 0
  for (const segment of segments) keys += segment.keys.length
  let slots = 1 << 16
  while (slots < keys * 2 && slots < 1 << 27) slots *= 2
  return slots
}

function each(
  segments: readonly Segment[],
  part: number,
  parts: number,
  take: (key: number, row: number) => void,
): void {
  let row = 0
  for (const { keys, keyStarts } of segments) {
    const people = keyStarts.length - 1
    for (let i = 0; i < people; i++, row++) {
      const to = keyStarts[i + 1]!
      for (let k = keyStarts[i]!; k < to; k++) {
        const key = keys[k]!
        if (parts === 1 || key % parts === part) take(key, row)
      }
    }
  }
}

function layOut(entries: Float64Array, rowSpan: number, total: number, most: number): KeyIndex {
  // keep blocks of 2 to `most` rows
  let kept = 0
  const n = entries.length
  const keep = new Uint8Array(n)
  for (let from = 0; from < n; ) {
    const key = Math.floor(entries[from]! / rowSpan)
    let to = from + 1
    while (to < n && Math.floor(entries[to]! / rowSpan) === key) to++
    if (to - from >= 2 && to - from <= most) {
      keep.fill(1, from, to)
      keep[to - 1] = 2
      kept += to - from
    }
    from = to
  }
  const rows = int32(kept)
  const ends = int32(kept)
  const sizes = new Uint16Array(new SharedArrayBuffer(Math.max(2, kept * 2)))
  const placeStarts = int32(total + 1)
  let at = 0
  let begin = 0
  for (let e = 0; e < n; e++) {
    if (keep[e] === 0) continue
    const row = entries[e]! % rowSpan
    rows[at++] = row
    placeStarts[row + 1]!++
    if (keep[e] === 2) {
      ends.fill(at, begin, at)
      sizes.fill(Math.min(65535, at - begin), begin, at)
      begin = at
    }
  }
  for (let row = 0; row < total; row++) placeStarts[row + 1]! += placeStarts[row]!
  const next = placeStarts.slice(0, total)
  const places = int32(kept)
  for (let p = 0; p < kept; p++) places[next[rows[p]!]!++] = p
  return { rows, ends, sizes, placeStarts, places }
}

function int32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Math.max(4, length * 4)), 0, length)
}
