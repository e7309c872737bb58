import { LONGEST } from '../assemble.ts'
import { keysInto, lastKeys, lastKinds, SPARED_IN_MANY } from '../keys.ts'
import { mix } from '../normalise/text.ts'
import type { Columns } from './columns.ts'
import { Growing, sharedBytes, sharedInts, sharedNumbers, sharedWords } from './growing.ts'
import { marked } from './hints.ts'
import { RowPreparer } from './prepare-row.ts'
import { BadRow, RowReader } from './row-reader.ts'

/** A run of a file's rows made ready, in buffers that threads can share. */
export interface Segment {
  /** prepared persons, one after the other */
  readonly words: Int32Array
  /** where each begins; one more entry than persons */
  readonly starts: Int32Array
  /** the lower 32 bits of all keys of all persons, in a large file with their hint (`hints.ts`); `keyStarts` says where each person's begin, with one entry more */
  readonly keys: Uint32Array
  readonly keyStarts: Int32Array
  /** the rows' ids as UTF-8, and where each begins, with one entry more */
  readonly ids: Uint8Array
  readonly idStarts: Int32Array
  /** a number for each id that two different ids hardly ever share */
  readonly idHashes: Float64Array
}

/** A run of a file: text of whole rows without the header, and the line that it begins at. */
export interface Chunk {
  readonly text: Uint8Array
  readonly line: number
  readonly width: number
  /** no fewer than it has */
  readonly rows: number
  /** part of a file so large that keys which find little are left out */
  readonly many?: boolean
}

const LONGEST_ID = 1024

/** Reads, normalises and files the rows of a chunk; `each` sees every person. Throws `BadRow`. */
export function prepareChunk(
  chunk: Chunk,
  columns: Columns,
  each: (words: Int32Array, start: number) => void = () => {},
): Segment {
  const words = new Growing(sharedInts, chunk.rows * 52)
  const keys = new Growing(sharedWords, chunk.rows * 26)
  const ids = new Growing(sharedBytes, chunk.rows * 10)
  const starts = sharedInts(chunk.rows + 1)
  const keyStarts = sharedInts(chunk.rows + 1)
  const idStarts = sharedInts(chunk.rows + 1)
  const idHashes = sharedNumbers(chunk.rows)
  const reader = new RowReader(chunk.text, chunk.line, chunk.width)
  const preparer = new RowPreparer(reader, columns)
  const without = chunk.many === true ? SPARED_IN_MANY : 0
  let n = 0
  while (reader.next()) {
    if (reader.count !== chunk.width) {
      const said = `${reader.count} fields, but the header has ${chunk.width}`
      throw new BadRow(`Line ${reader.line}: ${said}. Mend or remove this row.`)
    }
    idStarts[n] = ids.length
    writeId(reader, columns.id, ids)
    idHashes[n] = hashBytes(ids.room(0), idStarts[n]!, ids.length)
    starts[n] = words.length
    const buffer = words.room(LONGEST)
    const length = preparer.into(buffer, words.length)
    const count = keysInto(buffer, words.length, without)
    each(buffer, words.length)
    words.length += length
    keyStarts[n] = keys.length
    const keyed = keys.room(count)
    for (let k = 0; k < count; k++) {
      keyed[keys.length++] = lastKeys[k]!
      if (chunk.many === true) keyed[keys.length - 1] = marked(keyed[keys.length - 1]!, lastKinds[k]!)
    }
    n++
  }
  starts[n] = words.length
  keyStarts[n] = keys.length
  idStarts[n] = ids.length
  return {
    words: words.whole(),
    starts: starts.subarray(0, n + 1),
    keys: keys.whole(),
    keyStarts: keyStarts.subarray(0, n + 1),
    ids: ids.whole(),
    idStarts: idStarts.subarray(0, n + 1),
    idHashes: idHashes.subarray(0, n),
  }
}

/** The id of a row, as it stands in the file. */
export function idOf({ ids, idStarts }: Segment, row: number): string {
  return Buffer.from(ids.buffer, ids.byteOffset).toString('utf8', idStarts[row], idStarts[row + 1])
}

/** the id, spaces around it left out */
function writeId(reader: RowReader, column: number, ids: Growing<Uint8Array>): void {
  const { bytes } = reader
  const from = reader.from[column]!
  const to = reader.to[column]!
  const everyday = from < to && reader.hashes[column] !== 0 && to - from <= LONGEST_ID
  if (everyday && isInk(bytes[from]!) && isInk(bytes[to - 1]!)) {
    const room = ids.room(to - from)
    for (let at = from; at < to; at++) room[ids.length++] = bytes[at]!
    return
  }
  const id = reader.text(column).trim()
  if (id === '') throw new BadRow(`Line ${reader.line}: the id is empty. Every row needs one.`)
  if (id.length > LONGEST_ID) throw new BadRow(`Line ${reader.line}: the id is longer than ${LONGEST_ID} characters.`)
  const room = ids.room(id.length * 3)
  ids.length += Buffer.from(room.buffer, room.byteOffset, room.length).write(id, ids.length)
}

/** neither a space nor part of one in another script */
function isInk(byte: number): boolean {
  return byte > 32 && byte < 127
}

function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let one = 0x811c9dc5
  let other = 0x2545f491
  for (let at = from; at < to; at++) {
    one = Math.imul(one ^ bytes[at]!, 0x01000193)
    other = Math.imul(other ^ bytes[at]!, 0x85ebca6b)
    other ^= other >>> 15
  }
  return (mix(one) >>> 0) * 2 ** 21 + (mix(other) & 0x1fffff)
}

/** The end of the first row that ends at or after `least`, for rows that begin at `from`. */
export function rowEnd(text: Uint8Array, from: number, least: number): number {
  let quoted = false
  let at = from
  const quote = text.subarray(from, least).indexOf(34)
  if (quote >= 0) for (at = from + quote; at < least; at++) if (text[at] === 34) quoted = !quoted
  for (at = Math.max(least - 1, from); at < text.length; at++) {
    if (at >= least && text[at] === 34) quoted = !quoted
    if (text[at] === 10 && !quoted) return at + 1
  }
  return text.length
}

/** How many lines end in these bytes. */
export function countLines(bytes: Uint8Array): number {
  let n = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) n++
  return n
}
