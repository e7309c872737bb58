import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { type Columns, recogniseColumns } from './columns.ts'
import { countLines, rowEnd } from './segment.ts'

/** A file of persons, read and with its columns understood. `body` lies in memory that threads can share. */
export interface Table {
  readonly file: string
  readonly columns: Columns
  readonly width: number
  readonly body: Uint8Array
  /** the line that `body` begins at */
  readonly line: number
}

const MOST_BYTES = 2 ** 31 - 1

/** Reads a CSV file with a header; what is wrong comes back as a sentence that says what to do. */
export function readTable(file: string, map?: ReadonlyMap<string, string>): Table | string {
  const read = readShared(file)
  if (typeof read === 'string') return read
  let bytes = read
  if (bytes.length === 0) return `${file} is empty.`
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return `${file} is in UTF-16. Save it as CSV in UTF-8.`
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    return `${file} is a workbook or archive, not CSV. Save the sheet as CSV in UTF-8.`
  const wrong = encodingFault(bytes)
  if (wrong !== undefined)
    return `${file} is not in UTF-8 (line ${wrong}). Save it as CSV in UTF-8 so that no name is damaged.`
  const end = rowEnd(bytes, 0, 1)
  if (end > 1 << 16) return `${file}: the header is longer than 64 kB. Is this a CSV file?`
  const headers = readHeader(bytes.subarray(0, end))
  if (headers === undefined)
    return `${file}: the header cannot be read. The first line must name the columns, separated by commas.`
  const known = new Set<string>()
  for (const header of headers) {
    const name = header.trim().toLowerCase()
    if (name !== '' && known.has(name)) return `${file}: the header names "${header.trim()}" twice.`
    known.add(name)
  }
  const columns = recogniseColumns(headers, map)
  if (typeof columns === 'string') return `${file}: ${columns}`
  const body = bytes.subarray(end)
  return { file, columns, width: headers.length, body, line: 1 + countLines(bytes.subarray(0, end)) }
}

function readShared(file: string): Uint8Array | string {
  let open: number
  try {
    open = openSync(file, 'r')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`
  }
  try {
    const stat = fstatSync(open)
    if (!stat.isFile()) return `${file} is not a file.`
    if (stat.size > MOST_BYTES) return `${file} is larger than 2 GB. Divide it into smaller files.`
    const bytes = new Uint8Array(new SharedArrayBuffer(stat.size))
    let at = 0
    while (at < bytes.length) {
      const got = readSync(open, bytes, at, Math.min(bytes.length - at, 1 << 26), at)
      if (got === 0) return `${file} became shorter while it was read. Try again when it is complete.`
      at += got
    }
    return bytes
  } finally {
    closeSync(open)
  }
}

/** the line of the first bytes that are not UTF-8 */
function encodingFault(bytes: Uint8Array): number | undefined {
  let line = 1
  for (let from = 0; from < bytes.length; ) {
    let to = Math.min(bytes.length, from + (1 << 22))
    while (to < bytes.length && bytes[to - 1] !== 10) to++
    const part = bytes.slice(from, to)
    if (!isUtf8(part)) {
      for (let start = 0; start < part.length; ) {
        const stop = part.indexOf(10, start)
        const end = stop < 0 ? part.length : stop + 1
        if (!isUtf8(part.slice(start, end))) return line
        line++
        start = end
      }
      return line
    }
    line += countLines(part)
    from = to
  }
  return undefined
}

function readHeader(bytes: Uint8Array): string[] | undefined {
  try {
    const rows = parse(Buffer.from(bytes.slice())) as string[][]
    return rows.length === 1 ? rows[0] : undefined
  } catch {
    return undefined
  }
}
