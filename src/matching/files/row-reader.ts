/** A row that cannot be read; the sentence names its line. */
export class BadRow extends Error {}

const LONGEST = 1 << 18
const FIRST = 0x811c9dc5 | 0
const COMMA = 44
const QUOTE = 34
const NEWLINE = 10
const RETURN = 13

/**
 * The rows of comma-separated bytes (RFC 4180, UTF-8), empty lines left out. Own code in place of a library: it says
 * where the fields lie and makes no text unless asked, for making text took most of the reading time.
 */
export class RowReader {
  /** of the current row, by column: where the field's bytes begin and end, marks around it left out */
  readonly from: Int32Array
  readonly to: Int32Array
  /** a number made of the field's bytes; 0 when doubled quotation marks stand in it and its bytes are not its text */
  readonly hashes: Int32Array
  /** how many fields the current row has */
  count = 0
  /** the line of the file that the current row begins at */
  line: number
  readonly bytes: Uint8Array
  readonly #buffer: Buffer
  #at = 0
  #nextLine: number

  /** `width`: how many columns there are; further fields of a row are counted, but not kept */
  constructor(bytes: Uint8Array, line: number, width: number) {
    this.from = new Int32Array(width)
    this.to = new Int32Array(width)
    this.hashes = new Int32Array(width)
    this.bytes = bytes
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#nextLine = line
    this.line = line
  }

  /** The text of a field of the current row. */
  text(column: number): string {
    const text = this.slice(this.from[column]!, this.to[column]!)
    return this.hashes[column] === 0 ? text.replaceAll('""', '"') : text
  }

  /** The text of some bytes of the file. */
  slice(from: number, to: number): string {
    return from === to ? '' : this.#buffer.toString('utf8', from, to)
  }

  /** Reads the next row; false at the end. Throws `BadRow`. */
  next(): boolean {
    const bytes = this.bytes
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
    const bytes = this.bytes
    const end = bytes.length
    let at = start
    this.count = 0
    for (;;) {
      if (bytes[at] === QUOTE) at = this.#quoted(at, start)
      else {
        const from = at
        let hash = FIRST
        let byte = at < end ? bytes[at]! : NEWLINE
        while (byte !== COMMA && byte !== NEWLINE) {
          if (byte === QUOTE) throw this.#unfit(start)
          hash = (Math.imul(hash, 31) + byte) | 0
          at++
          byte = at < end ? bytes[at]! : NEWLINE
        }
        const returned = byte === NEWLINE && at > from && bytes[at - 1] === RETURN
        this.#put(from, returned ? at - 1 : at, hash)
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
    const bytes = this.bytes
    const end = bytes.length
    const most = Math.min(end, start + LONGEST)
    let at = open + 1
    let doubled = false
    let hash = FIRST
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
    this.#put(open + 1, at, doubled ? 0 : hash)
    at++
    if (bytes[at] === RETURN && (at + 1 >= end || bytes[at + 1] === NEWLINE)) at++
    if (at < end && bytes[at] !== COMMA && bytes[at] !== NEWLINE) throw this.#unfit(start)
    return at
  }

  #put(from: number, to: number, hash: number): void {
    const column = this.count++
    if (column >= this.from.length) return
    this.from[column] = from
    this.to[column] = to
    this.hashes[column] = hash
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
