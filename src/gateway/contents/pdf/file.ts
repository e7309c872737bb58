/** All objects of a PDF, earlier versions of them included: what was deleted by saving again still travels. */
import { inflateZlib } from '../unpack.ts'
import type { Work } from '../work.ts'
import { type Dictionary, isDictionary, isName, isReference, Lexer, type Value } from './values.ts'

export interface PdfObject {
  readonly number: number
  readonly value: Value
  readonly stream?: Buffer
}

export interface PdfFile {
  /** In the order of the file. */
  readonly objects: readonly PdfObject[]
  /** The last version of each. */
  readonly byNumber: ReadonlyMap<number, PdfObject>
  readonly trailers: readonly Dictionary[]
}

const most = 10_000
/** Characters of one object outside its stream, and of all of them. */
const longest = 300_000
const mostLexed = 2_000_000
/** Numbers, names, strings and what holds them, of all objects. */
const mostValues = 300_000

/** Reads every object; never follows the cross-reference table, which may hide some. */
export function readPdfFile(work: Work, bytes: Buffer): PdfFile | undefined {
  const source = bytes.toString('latin1')
  const objects: PdfObject[] = []
  const trailers: Dictionary[] = []
  let lexed = 0
  let values = 0
  const pattern = /(\d{1,9})[\0\t\n\f\r ]{1,20}\d{1,5}[\0\t\n\f\r ]{1,20}obj\b|\btrailer\b/g
  for (let match = pattern.exec(source); match !== null; match = pattern.exec(source)) {
    const begun = match.index + match[0].length
    const lexer = new Lexer(source.slice(begun, begun + longest))
    const value = lexer.next()
    lexed += lexer.at
    values += lexer.values
    if (lexed > mostLexed || values > mostValues) return undefined
    if (value === undefined) continue
    lexer.skip()
    const after = begun + lexer.at
    pattern.lastIndex = Math.max(pattern.lastIndex, after)
    if (match[1] === undefined) {
      if (isDictionary(value)) trailers.push(value)
      continue
    }
    if (objects.length >= most) return undefined
    if (isDictionary(value) && source.startsWith('stream', after)) {
      let start = after + 6
      if (source[start] === '\r') start++
      if (source[start] === '\n') start++
      const said = value.get('Length')
      let end =
        typeof said === 'number' && /^[\0\t\n\f\r ]{0,3}endstream/.test(source.slice(start + said, start + said + 14))
          ? start + said
          : source.indexOf('endstream', start)
      if (end < 0) end = source.length
      objects.push({ number: Number(match[1]), value, stream: bytes.subarray(start, end) })
      pattern.lastIndex = end
      const type = value.get('Type')
      if (isName(type) && type.name === 'XRef') trailers.push(value)
    } else objects.push({ number: Number(match[1]), value })
  }
  const byNumber = new Map(objects.map((object) => [object.number, object]))
  for (const object of [...objects]) {
    if (object.stream === undefined || !isDictionary(object.value)) continue
    const type = object.value.get('Type')
    if (isName(type) && type.name === 'ObjStm' && !trailers.some((trailer) => trailer.has('Encrypt'))) {
      for (const inner of unpackObjects(work, object)) {
        if (objects.length >= most) return undefined
        objects.push(inner)
        if (!byNumber.has(inner.number)) byNumber.set(inner.number, inner)
      }
    }
  }
  return { objects, byNumber, trailers }
}

function unpackObjects(work: Work, object: PdfObject): PdfObject[] {
  const dictionary = object.value as Dictionary
  const bytes = decodeStream(work, object)
  const count = Number(dictionary.get('N'))
  const first = Number(dictionary.get('First'))
  if (bytes === undefined || !(count >= 0 && count <= most) || !(first >= 0)) return []
  const source = work.markup('objects', bytes.toString('latin1'))
  const head = new Lexer(source)
  const found: PdfObject[] = []
  for (let i = 0; i < count; i++) {
    const number = head.next(false)
    const offset = head.next(false)
    if (typeof number !== 'number' || typeof offset !== 'number') break
    const value = new Lexer(source, first + offset).next()
    if (value !== undefined) found.push({ number, value })
  }
  return found
}

export function resolve(file: PdfFile, value: Value | undefined, hops = 8): Value | undefined {
  return isReference(value) && hops > 0 ? resolve(file, file.byNumber.get(value.ref)?.value, hops - 1) : value
}

/** Undefined for pictures and for filters that are not read here. */
export function decodeStream(work: Work, object: PdfObject): Buffer | undefined {
  if (object.stream === undefined || !isDictionary(object.value)) return undefined
  const filter = object.value.get('Filter')
  const filters = filter === undefined ? [] : Array.isArray(filter) ? filter : [filter as Value]
  let bytes: Buffer | undefined = object.stream
  for (const one of filters) {
    if (!isName(one) || bytes === undefined) return undefined
    if (one.name === 'FlateDecode' || one.name === 'Fl') {
      work.spendStream()
      bytes = inflateZlib(work, bytes)
    } else if (one.name === 'ASCIIHexDecode' || one.name === 'AHx')
      bytes = Buffer.from(
        bytes
          .toString('latin1')
          .replace(/>[\s\S]*$/, '')
          .replace(/[^0-9A-Fa-f]/g, ''),
        'hex',
      )
    else if (one.name === 'ASCII85Decode' || one.name === 'A85') bytes = ascii85(bytes)
    else return undefined
  }
  const parameters = object.value.get('DecodeParms')
  const predictor = isDictionary(parameters) ? Number(parameters.get('Predictor') ?? 1) : 1
  return bytes !== undefined && predictor >= 10
    ? unpredict(bytes, Number((parameters as Dictionary).get('Columns') ?? 1))
    : bytes
}

function ascii85(bytes: Buffer): Buffer {
  const out: number[] = []
  let group: number[] = []
  for (const byte of bytes) {
    if (byte === 126) break
    if (byte === 122 && group.length === 0) out.push(0, 0, 0, 0)
    else if (byte >= 33 && byte <= 117) {
      group.push(byte - 33)
      if (group.length === 5) {
        const value = group.reduce((sum, digit) => sum * 85 + digit, 0)
        out.push((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
        group = []
      }
    }
  }
  if (group.length > 1) {
    const count = group.length - 1
    while (group.length < 5) group.push(84)
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0)
    out.push(...[(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255].slice(0, count))
  }
  return Buffer.from(out)
}

/** PNG's predictors, rows of `columns` bytes. */
function unpredict(bytes: Buffer, columns: number): Buffer {
  if (!(columns > 0)) return bytes
  const rows = Math.floor(bytes.length / (columns + 1))
  const out = Buffer.alloc(rows * columns)
  for (let row = 0; row < rows; row++) {
    const kind = bytes[row * (columns + 1)]!
    for (let i = 0; i < columns; i++) {
      const raw = bytes[row * (columns + 1) + 1 + i]!
      const left = i > 0 ? out[row * columns + i - 1]! : 0
      const up = row > 0 ? out[(row - 1) * columns + i]! : 0
      out[row * columns + i] = (raw + (kind === 1 ? left : kind === 2 ? up : kind === 3 ? (left + up) >> 1 : 0)) & 255
    }
  }
  return out
}
