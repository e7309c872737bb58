/** `Content-Type` and `Content-Disposition`: strict reading of a value and its parameters (RFC 2045, 2231, 2183). */
import { decodeCharset } from './charset.ts'
import type { Defect } from './types.ts'
import { decodeWords, hasControl } from './words.ts'

export interface Parameterised {
  readonly value: string
  /** Decoded, by lower-case name. */
  readonly parameters: ReadonlyMap<string, string>
  /** Those that were written with RFC 2231's extensions. */
  readonly extended: ReadonlySet<string>
}

interface Piece {
  readonly text: string
  readonly quoted: boolean
}

const token = /^[!#$%&'*+\-.0-9A-Z^_`a-z{|}~\x80-\u{10ffff}]+/u
// Written by real programs and read alike by all: `image/svg+xml`, `application/vnd.x`.
const typeValue = /^[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+\/[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+/

/** Returns undefined and adds a fatal defect when the value is not exactly what the grammar allows. */
export function readParameters(
  source: string,
  kind: 'content-type' | 'content-disposition',
  part: string,
  defects: Defect[],
): Parameterised | undefined {
  const header = kind === 'content-type' ? 'Content-Type' : 'Content-Disposition'
  const bad = (code: string, what: string): undefined => {
    defects.push({
      code,
      part,
      sentence: `The header "${header}" ${what}, which programs read in different ways.`,
      fatal: true,
    })
    return undefined
  }
  const head = (kind === 'content-type' ? typeValue : token).exec(source)
  if (head === null) return bad('type-malformed', 'does not begin with a proper value')
  const value = head[0].toLowerCase()
  let rest = source.slice(head[0].length)
  const raw = new Map<string, Piece>()
  for (;;) {
    rest = rest.trimStart()
    if (rest === '') break
    if (rest[0] !== ';') return bad('parameter-malformed', 'has something after its value that is no parameter')
    rest = rest.slice(1).trimStart()
    if (rest === '') break
    const name = /^[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+/.exec(rest)?.[0]
    if (name === undefined) return bad('parameter-malformed', 'has a parameter without a proper name')
    rest = rest.slice(name.length).trimStart()
    if (rest[0] !== '=') return bad('parameter-malformed', `has a parameter "${name}" without a value`)
    rest = rest.slice(1).trimStart()
    const piece = rest[0] === '"' ? quoted(rest) : plain(rest)
    if (piece === undefined) return bad('parameter-malformed', `has a parameter "${name}" whose value is malformed`)
    rest = rest.slice(piece.length)
    const key = name.toLowerCase()
    if (raw.has(key)) return bad('parameter-twice', `gives the parameter "${name}" twice`)
    raw.set(key, { text: piece.text, quoted: piece.quoted })
    if (raw.size > 40) return bad('parameter-many', 'has too many parameters')
  }
  const assembled = assemble(raw)
  if (typeof assembled === 'string') return bad('parameter-extended', assembled)
  return { value, ...assembled }
}

function quoted(rest: string): (Piece & { length: number }) | undefined {
  let text = ''
  for (let i = 1; i < rest.length; i++) {
    const character = rest[i]!
    if (character === '\\') {
      if (i + 1 >= rest.length) return undefined
      text += rest[++i]!
    } else if (character === '"') return { text, quoted: true, length: i + 1 }
    else text += character
  }
  return undefined
}

function plain(rest: string): (Piece & { length: number }) | undefined {
  const text = token.exec(rest)?.[0]
  return text === undefined ? undefined : { text, quoted: false, length: text.length }
}

function assemble(
  raw: ReadonlyMap<string, Piece>,
): { parameters: Map<string, string>; extended: Set<string> } | string {
  const parameters = new Map<string, string>()
  const extended = new Set<string>()
  const runs = new Map<string, { index: number; starred: boolean; text: string }[]>()
  for (const [key, piece] of raw) {
    if (!key.includes('*')) {
      parameters.set(key, piece.text)
      continue
    }
    const match = /^([^*]+)(?:\*(0|[1-9][0-9]{0,2}))?(\*)?$/.exec(key)
    if (match === null) return `names a parameter "${key}" that is malformed`
    if (match[3] !== undefined && piece.quoted) return `quotes the encoded parameter "${key}"`
    const run = runs.get(match[1]!) ?? []
    run.push({
      index: match[2] === undefined ? -1 : Number(match[2]),
      starred: match[3] !== undefined,
      text: piece.text,
    })
    runs.set(match[1]!, run)
  }
  for (const [name, run] of runs) {
    if (parameters.has(name)) {
      const both = assembleRun(name, run)
      if (typeof both !== 'object') return both
      // The plain one is a fallback; the caller compares the two.
      parameters.set(`${name}*`, both.text)
      extended.add(name)
      continue
    }
    const one = assembleRun(name, run)
    if (typeof one !== 'object') return one
    parameters.set(name, one.text)
    extended.add(name)
  }
  return { parameters, extended }
}

function assembleRun(
  name: string,
  run: { index: number; starred: boolean; text: string }[],
): { text: string } | string {
  if (run.some((piece) => piece.index === -1) && run.length > 1) return `gives the parameter "${name}" in two ways`
  if (run.some((piece, i) => piece.index !== (run.length === 1 && piece.index === -1 ? -1 : i)))
    return `gives the pieces of "${name}" out of order or with gaps`
  const first = run[0]!
  let charset = ''
  const bytes: Buffer[] = []
  for (const [i, piece] of run.entries()) {
    let text = piece.text
    if (i === 0 && first.starred) {
      const match = /^([^']*)'([^']*)'/.exec(text)
      if (match === null) return `encodes "${name}" without saying its character set`
      charset = match[1]!
      text = text.slice(match[0].length)
    }
    if (!piece.starred) bytes.push(Buffer.from(text, 'utf8'))
    else {
      if (!first.starred) return `encodes a later piece of "${name}" and not the first`
      if (/%(?![0-9A-Fa-f]{2})/.test(text)) return `has a broken escape in "${name}"`
      bytes.push(Buffer.from(decodeURIComponentBytes(text), 'latin1'))
    }
  }
  if (/^utf-?(16|32)/i.test(charset)) return `gives "${name}" in UTF-16`
  const text = decodeCharset(Buffer.concat(bytes), charset === '' ? 'utf-8' : charset)
  return text === undefined ? `gives "${name}" in a character set that cannot be read` : { text }
}

function decodeURIComponentBytes(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

/** Names that a part's headers give its file: each decoded, doubles removed. Adds a defect when programs would disagree. */
export function fileNames(
  type: Parameterised | undefined,
  disposition: Parameterised | undefined,
  part: string,
  defects: Defect[],
): string[] {
  const names: string[] = []
  for (const source of [
    disposition?.parameters.get('filename*'),
    disposition?.parameters.get('filename'),
    type?.parameters.get('name*'),
    type?.parameters.get('name'),
  ]) {
    if (source === undefined) continue
    const { text, unclear } = decodeWords(source)
    if (unclear)
      defects.push({
        code: 'name-unclear',
        part,
        sentence: `The name of an attachment, "${source}", is encoded in a way that programs read differently.`,
        fatal: true,
      })
    const name = text.normalize('NFC').trim()
    if (hasControl(name) || /[\u202a-\u202e\u2066-\u2069\u200e\u200f"\\]/.test(name))
      defects.push({
        code: 'name-characters',
        part,
        sentence: `The name of an attachment, "${name}", holds a character that hides what kind of file it is.`,
        fatal: true,
      })
    if (name !== '' && !names.includes(name)) names.push(name)
  }
  const stray =
    [...(type?.parameters.keys() ?? [])].includes('filename') ||
    [...(disposition?.parameters.keys() ?? [])].includes('name')
  if (stray) {
    for (const other of [type?.parameters.get('filename'), disposition?.parameters.get('name')])
      if (other !== undefined && !names.includes(other)) names.push(other)
    defects.push({
      code: 'name-misplaced',
      part,
      sentence: 'An attachment is named in the wrong header, which only some programs read.',
      fatal: true,
    })
  }
  if (new Set(names.map(extension)).size > 1)
    defects.push({
      code: 'names-differ',
      part,
      sentence: `One attachment has different names: ${names.map((name) => `"${name}"`).join(' and ')}. Rename the file and attach it again.`,
      fatal: true,
    })
  return names
}

function extension(name: string): string {
  return /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}
