/** A row that cannot be read; the sentence names its line. */
export class BadRow extends Error {}

const LONGEST = 1 << 18
const COMMA = 44
const QUOTE = 34
const NEWLINE = 10
const RETURN = 13
/** texts remembered for each column: names, towns and birthdays recur */
const REMEMBERED = 1 << 13
/** after so many a column whose texts hardly recur is no longer remembered */
const TRIAL = 20_000

/** Texts of one column met before, by their bytes: at each place the last one that fell there. */
interface Memory {
  readonly starts: Int32Array
  readonly lengths: Int32Array
  readonly texts: string[]
  /** how often a text was looked for here, and how often it was there */
  sought: number
  found: number
}

/**
 * The rows of comma-separated bytes (RFC 4180, UTF-8), empty lines left out. Own code in place of a library: only the
 * wanted columns are turned into text, and a text met before is not made again, which took most of the reading time.
 */
export class RowReader {
  /** of the current row; a column that is not wanted stays empty */
  readonly fields: string[] = []
  /** how many fields the current row has */
  count = 0
  /** the line of the file that the current row begins at */
  line: number
  readonly #bytes: Uint8Array
  readonly #buffer: Buffer
  readonly #wanted: readonly boolean[] | undefined
  readonly #memories: Memory[] = []
  #at = 0
  #nextLine: number

  /** `wanted` by column; absent: all */
  constructor(bytes: Uint8Array, line: number, wanted?: readonly boolean[]) {
    this.#bytes = bytes
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#wanted = wanted
    this.#nextLine = line
    this.line = line
  }

  /** Reads the next row; false at the end. Throws `BadRow`. */
  next(): boolean {
    const bytes = this.#bytes
    const end = bytes.length
    while (this.#at < end) {
      const first = bytes[this.#at]!
      if (first === NEWLINE) this.#at++
      else if (first === RETURN && (this.#at + 1 === end || bytes[this.#at + 1] === NEWLINE)) this.#at += 2
      else break
      this.#nextLine++
    }
    if (this.#at >= end) return false
    this.line = this.#nextLine
    this.#read(this.#at)
    return true
  }

  #read(start: number): void {
    const bytes = this.#bytes
    const end = bytes.length
    let at = start
    this.count = 0
    for (;;) {
      if (bytes[at] === QUOTE) at = this.#quoted(at, start)
      else {
        const from = at
        let hash = 0
        let byte = at < end ? bytes[at]! : NEWLINE
        while (byte !== COMMA && byte !== NEWLINE) {
          if (byte === QUOTE) throw this.#unfit(start)
          hash = (Math.imul(hash, 31) + byte) | 0
          at++
          byte = at < end ? bytes[at]! : NEWLINE
        }
        const returned = byte === NEWLINE && at > from && bytes[at - 1] === RETURN
        this.#take(from, returned ? at - 1 : at, returned ? -1 : hash)
      }
      if (at - start > LONGEST) throw this.#unfit(start)
      if (at >= end || bytes[at] === NEWLINE) {
        this.#at = at + 1
        this.#nextLine++
        return
      }
      at++
    }
  }

  /** a field in quotation marks, which may run over several lines; returns where it ends */
  #quoted(open: number, start: number): number {
    const bytes = this.#bytes
    const end = bytes.length
    const most = Math.min(end, start + LONGEST)
    let at = open + 1
    let doubled = false
    let hash = 0
    for (; ; at++) {
      if (at >= most) throw this.#unfit(start)
      const byte = bytes[at]!
      if (byte === QUOTE) {
        if (bytes[at + 1] !== QUOTE || at + 1 >= end) break
        doubled = true
        at++
      } else if (byte === NEWLINE) this.#nextLine++
      hash = (Math.imul(hash, 31) + byte) | 0
    }
    if (doubled) this.#put(this.#buffer.toString('utf8', open + 1, at).replaceAll('""', '"'))
    else this.#take(open + 1, at, hash)
    at++
    if (bytes[at] === RETURN && (at + 1 >= end || bytes[at + 1] === NEWLINE)) at++
    if (at < end && bytes[at] !== COMMA && bytes[at] !== NEWLINE) throw this.#unfit(start)
    return at
  }

  #put(text: string): void {
    this.fields[this.count++] = text
  }

  /** the bytes as text; `hash` of -1: not to be remembered */
  #take(from: number, to: number, hash: number): void {
    const column = this.count++
    if (to === from || (this.#wanted !== undefined && this.#wanted[column] !== true)) {
      this.fields[column] = ''
      return
    }
    const length = to - from
    if (hash === -1 || length > 40 || column >= 64) {
      this.fields[column] = this.#buffer.toString('utf8', from, to)
      return
    }
    this.#memories[column] ??= {
      starts: new Int32Array(REMEMBERED),
      lengths: new Int32Array(REMEMBERED),
      texts: new Array<string>(REMEMBERED).fill(''),
      sought: 0,
      found: 0,
    }
    const memory = this.#memories[column]
    const { starts, lengths, texts } = memory
    if (memory.sought === TRIAL && memory.found < TRIAL / 4) {
      this.fields[column] = this.#buffer.toString('utf8', from, to)
      return
    }
    if (memory.sought < TRIAL) memory.sought++
    const place = (hash ^ (hash >>> 15)) & (REMEMBERED - 1)
    if (lengths[place] === length && this.#same(starts[place]!, from, length)) {
      if (memory.sought < TRIAL) memory.found++
      this.fields[column] = texts[place]!
      return
    }
    starts[place] = from
    lengths[place] = length
    this.fields[column] = texts[place] = this.#buffer.toString('utf8', from, to)
  }

  #same(a: number, b: number, length: number): boolean {
    const bytes = this.#bytes
    for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false
    return true
  }

  #unfit(start: number): BadRow {
    const rest = this.#buffer.subarray(start)
    const next = rest.indexOf(QUOTE, rest.indexOf(QUOTE) + 1)
    const long = (next < 0 ? rest.length : next) > LONGEST
    const what = long
      ? 'a row longer than 256 kB. Is a quotation mark missing?'
      : 'the quotation marks do not fit together. Mend or remove this row.'
    return new BadRow(`Line ${this.line}: ${what}`)
  }
}
