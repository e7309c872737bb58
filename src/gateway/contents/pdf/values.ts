/** PDF's own notation: numbers, names, strings, arrays, dictionaries and references (ISO 32000 §7.3). */

export interface Name {
  readonly name: string
}
export interface Reference {
  readonly ref: number
}
export interface Text {
  /** One character a byte. */
  readonly bytes: string
}
export interface Word {
  readonly word: string
}
export type Dictionary = ReadonlyMap<string, Value>
export type Value = number | Name | Reference | Text | Word | readonly Value[] | Dictionary

export const isName = (value: Value | undefined): value is Name => typeof value === 'object' && 'name' in value
export const isReference = (value: Value | undefined): value is Reference => typeof value === 'object' && 'ref' in value
export const isText = (value: Value | undefined): value is Text => typeof value === 'object' && 'bytes' in value
export const isDictionary = (value: Value | undefined): value is Dictionary => value instanceof Map

/** 1 for a space, 2 for a character that ends a word besides. */
const kinds = new Uint8Array(256)
for (const character of '\0\t\n\f\r ') kinds[character.charCodeAt(0)] = 1
for (const character of '()<>[]{}/%') kinds[character.charCodeAt(0)] = 2
const deepest = 40

/** Reads values one after another from `source`. */
export class Lexer {
  readonly source: string
  at: number
  /** Values read so far, those in arrays and dictionaries too. */
  values = 0
  constructor(source: string, at = 0) {
    this.source = source
    this.at = at
  }

  skip(): void {
    const { source } = this
    while (this.at < source.length) {
      const code = source.charCodeAt(this.at)
      if (kinds[code] === 1) this.at++
      else if (code === 37) {
        while (this.at < source.length && source[this.at] !== '\r' && source[this.at] !== '\n') this.at++
      } else return
    }
  }

  /** The next value, or undefined at the end or at a closing bracket. `references`: `1 0 R` is one value. */
  next(references = true, depth = 0): Value | undefined {
    this.skip()
    this.values++
    const { source } = this
    const character = source[this.at]
    if (character === undefined || depth > deepest) return undefined
    if (character === '/') return this.name()
    if (character === '(') return this.string()
    if (character === '[') {
      this.at++
      const items: Value[] = []
      for (;;) {
        const item = this.next(references, depth + 1)
        if (item === undefined) break
        items.push(item)
      }
      this.skip()
      if (source[this.at] === ']') this.at++
      return items
    }
    if (character === '<') return source[this.at + 1] === '<' ? this.dictionary(references, depth) : this.hex()
    if (character === ']' || character === '>' || character === ')') return undefined
    if (character === '{' || character === '}') {
      this.at++
      return { word: character }
    }
    const start = this.at
    while (this.at < source.length && !kinds[source.charCodeAt(this.at)]) this.at++
    const word = source.slice(start, this.at)
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return { word }
    if (references && /^\d{1,9}$/.test(word)) {
      const tail = /^[\0\t\n\f\r ]{1,20}\d{1,5}[\0\t\n\f\r ]{1,20}R(?![A-Za-z])/.exec(
        source.slice(this.at, this.at + 50),
      )
      if (tail !== null) {
        this.at += tail[0].length
        return { ref: Number(word) }
      }
    }
    return Number(word)
  }

  private name(): Name {
    const start = ++this.at
    while (this.at < this.source.length && !kinds[this.source.charCodeAt(this.at)]) this.at++
    return {
      name: this.source
        .slice(start, this.at)
        .replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    }
  }

  private string(): Text {
    let depth = 1
    const out: string[] = []
    this.at++
    while (this.at < this.source.length) {
      const character = this.source[this.at++]!
      if (character === '\\') {
        const octal = /^[0-7]{1,3}/.exec(this.source.slice(this.at, this.at + 3))?.[0]
        if (octal !== undefined) {
          out.push(String.fromCharCode(parseInt(octal, 8) & 255))
          this.at += octal.length
          continue
        }
        const escaped = this.source[this.at++] ?? ''
        if (escaped === '\r' && this.source[this.at] === '\n') this.at++
        out.push(
          ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '', '\r': '' } as Record<string, string>)[escaped] ??
            escaped,
        )
        continue
      }
      if (character === '(') depth++
      else if (character === ')' && --depth === 0) break
      out.push(character)
    }
    return { bytes: out.join('') }
  }

  private hex(): Text {
    const close = this.source.indexOf('>', this.at)
    const end = close < 0 ? this.source.length : close
    const digits = this.source.slice(this.at + 1, end).replace(/[^0-9A-Fa-f]/g, '')
    this.at = end + 1
    return { bytes: Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex').toString('latin1') }
  }

  private dictionary(references: boolean, depth: number): Dictionary {
    this.at += 2
    const entries = new Map<string, Value>()
    for (;;) {
      const key = this.next(references, depth + 1)
      if (!isName(key)) {
        if (key === undefined) break
        continue
      }
      const value = this.next(references, depth + 1)
      if (value === undefined) break
      entries.set(key.name, value)
    }
    this.skip()
    if (this.source.startsWith('>>', this.at)) this.at += 2
    return entries
  }
}
