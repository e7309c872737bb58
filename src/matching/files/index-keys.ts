import { hintOf } from './hints.ts'
import type { Segment } from './segment.ts'

/** All rows of a part of the keys, key by key. Rows of one key stand together in ascending order. */
export interface KeyIndex {
  readonly rows: Int32Array
  /** for each row of the file where its places begin in `places`; one entry more */
  readonly placeStarts: Int32Array
  /** where in `rows` the later rows of a key that this row has begin; a key's last row has none */
  readonly places: Int32Array
  /** for each of `places`: how many later rows there are, times 256 how many rows share that key, times 65536 its hint */
  readonly sizes: Uint32Array
}

/** keys with more rows than this find too little to be worth following; below 256 */
const MOST_ROWS = 100
/** the same in a file so large that common keys would find mostly namesakes */
const MOST_IN_MANY = 32
export const MANY = 200_000
/** keys are sorted into so many heaps first, each small enough for the processor's own memory */
const HEAP_ROWS = 16_384

/**
 * Builds the index of those keys that fall to `part` of `parts`. Keys of one row only or of too many are left out. Keys
 * are compared by 32 bits: two different ones in two hundred meet, and a pair found so is weighed and found wanting.
 */
export function indexKeys(segments: readonly Segment[], part: number, parts: number): KeyIndex {
  const total = segments.reduce((n, segment) => n + segment.starts.length - 1, 0)
  const most = total > MANY ? MOST_IN_MANY : MOST_ROWS
  const all = segments.reduce((n, segment) => n + segment.keys.length, 0)
  let bits = 0
  while (all / parts / 2 ** bits > HEAP_ROWS && bits < 14) bits++
  const heaps = sortIntoHeaps(segments, part, parts, bits)
  return layOut(heaps, total, most, total > MANY)
}

interface Heaps {
  readonly keys: Uint32Array
  readonly rows: Int32Array
  /** where each heap begins, with one entry more */
  readonly starts: Int32Array
}

/** a key's part is told by its lower half, its heap by its highest bits */
function sortIntoHeaps(segments: readonly Segment[], part: number, parts: number, bits: number): Heaps {
  const starts = new Int32Array(2 ** bits + 1)
  const shift = 32 - bits
  const heapOf = (key: number) => (bits === 0 ? 0 : key >>> shift)
  for (const { keys } of segments) {
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k]!
      if (((key & 0xffff) * parts) >>> 16 === part) starts[heapOf(key) + 1]!++
    }
  }
  for (let heap = 0; heap < 2 ** bits; heap++) starts[heap + 1]! += starts[heap]!
  const next = starts.slice()
  const sorted = { keys: new Uint32Array(starts[2 ** bits]!), rows: new Int32Array(starts[2 ** bits]!), starts }
  let row = 0
  for (const { keys, keyStarts } of segments) {
    for (let i = 0; i + 1 < keyStarts.length; i++, row++) {
      for (let k = keyStarts[i]!, to = keyStarts[i + 1]!; k < to; k++) {
        const key = keys[k]!
        if (((key & 0xffff) * parts) >>> 16 !== part) continue
        const at = next[heapOf(key)]!++
        sorted.keys[at] = key
        sorted.rows[at] = row
      }
    }
  }
  return sorted
}

function layOut({ keys, rows: heaped, starts }: Heaps, total: number, most: number, hinted: boolean): KeyIndex {
  let largest = 0
  for (let heap = 0; heap + 1 < starts.length; heap++) largest = Math.max(largest, starts[heap + 1]! - starts[heap]!)
  let slots = 1024
  while (slots < largest * 2) slots *= 2
  const mask = slots - 1
  const shift = Math.clz32(slots) + 1
  const keyAt = new Uint32Array(slots)
  const countAt = new Int32Array(slots)
  const slotOf = new Int32Array(largest)
  const rows = new Int32Array(keys.length)
  const sizes = new Uint16Array(keys.length)
  let kept = 0
  for (let heap = 0; heap + 1 < starts.length; heap++) {
    const from = starts[heap]!
    const n = starts[heap + 1]! - from
    countAt.fill(0)
    for (let i = 0; i < n; i++) {
      const key = keys[from + i]!
      let slot = Math.imul(key, 0x9e3779b1) >>> shift
      while (countAt[slot] !== 0 && keyAt[slot] !== key) slot = (slot + 1) & mask
      keyAt[slot] = key
      countAt[slot]!++
      slotOf[i] = slot
    }
    // a key's count becomes, negative, the place after which its next row goes
    for (let i = 0; i < n; i++) {
      const slot = slotOf[i]!
      const count = countAt[slot]!
      if (count > 0) {
        if (count < 2 || count > most) {
          countAt[slot] = 0
          continue
        }
        sizes[kept] = hinted ? hintOf(keyAt[slot]!) * 256 + count : count
        countAt[slot] = -(kept + 1)
        kept += count
      } else if (count === 0) continue
      rows[-countAt[slot]! - 1] = heaped[from + i]!
      countAt[slot]!--
    }
  }
  return withPlaces(rows, sizes, kept, total)
}

/** `firsts`: where the rows of a key begin, how many there are, and times 256 the key's hint */
function withPlaces(rows: Int32Array, firsts: Uint16Array, kept: number, total: number): KeyIndex {
  const placeStarts = int32(total + 1)
  let lasts = 0
  for (let from = 0, to = 0; from < kept; from = to) {
    to = from + (firsts[from]! & 255)
    for (let p = from; p < to - 1; p++) placeStarts[rows[p]! + 1]!++
    lasts++
  }
  for (let row = 0; row < total; row++) placeStarts[row + 1]! += placeStarts[row]!
  const next = placeStarts.slice(0, total)
  const places = int32(kept - lasts)
  const sizes = new Uint32Array(new SharedArrayBuffer(Math.max(4, (kept - lasts) * 4)))
  for (let from = 0, to = 0; from < kept; from = to) {
    const first = firsts[from]!
    to = from + (first & 255)
    for (let p = from; p < to - 1; p++) {
      const at = next[rows[p]!]!++
      places[at] = p + 1
      sizes[at] = first * 256 + (to - p - 1)
    }
  }
  const shared = int32(kept)
  shared.set(rows.subarray(0, kept))
  return { rows: shared, placeStarts, places, sizes }
}

function int32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Math.max(4, length * 4)), 0, length)
}
