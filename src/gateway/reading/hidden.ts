/** Files and parts hidden in what looks like text: uuencode, yEnc, BinHex, base64 and MIME headers without a boundary. */
import { decodeUuencode } from './transfer.ts'
import type { Defect } from './types.ts'

export interface Found {
  readonly name: string
  readonly bytes: Buffer
}

const telling =
  /^(?:begin(?:-base64)? [0-7]{3}|=ybegin |\(this file must be converted with binhex|content-[a-z-]{1,40}[ \t]{0,9}:)/gim
const mostCandidates = 2000
const mostFiles = 20

/** Looks through a decoded text. Files in it are returned; what cannot be followed becomes a fatal defect. */
export function findHidden(text: string, part: string, defects: Defect[]): Found[] {
  const found: Found[] = []
  const told = new Set<string>()
  const fatal = (code: string, sentence: string) => {
    if (!told.has(code)) defects.push({ code, part, sentence, fatal: true })
    told.add(code)
  }
  let candidates = 0
  let after = 0
  for (const match of text.matchAll(telling)) {
    if (match.index < after) continue
    if (++candidates > mostCandidates) {
      fatal('hidden-many', 'The text holds more encoded files than can be followed. Attach them instead.')
      break
    }
    const word = match[0].toLowerCase()
    if (word.startsWith('=ybegin'))
      fatal('hidden-yenc', 'The text holds a file encoded with yEnc. Attach the file instead.')
    else if (word.startsWith('('))
      fatal('hidden-binhex', 'The text holds a file encoded with BinHex. Attach the file instead.')
    else if (word.startsWith('content-')) {
      if (followsDashes(text, match.index))
        fatal(
          'hidden-part',
          'The text holds something that some programs show as another part of the message, perhaps an attachment.',
        )
      if (word.startsWith('content-transfer-encoding') && encodedAfter(text, match.index))
        fatal('hidden-encoded', 'The text holds an encoded file that some programs show as an attachment.')
    } else if (word.startsWith('begin-base64'))
      fatal('hidden-base64', 'The text holds an encoded file. Attach the file instead.')
    else {
      const file = uuencodedAt(text, match.index)
      if (file === undefined) continue
      after = file.end
      if (found.length >= mostFiles) {
        fatal('hidden-many', 'The text holds more encoded files than can be followed. Attach them instead.')
        break
      }
      if (file.bytes === undefined)
        fatal('hidden-uuencode', 'The text holds an encoded file that is cut short. Attach the file instead.')
      else found.push({ name: file.name, bytes: file.bytes })
    }
  }
  return found
}

/** Is the line before this one, or the one before an empty line before it, one that could divide parts? */
function followsDashes(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 300), at).split(/\r?\n/)
  before.pop()
  if (before.at(-1)?.trim() === '') before.pop()
  return /^--\S/.test(before.at(-1) ?? '')
}

function encodedAfter(text: string, at: number): boolean {
  const lines = text
    .slice(at, at + 4000)
    .split(/\r?\n/)
    .slice(0, 12)
  const empty = lines.findIndex((line) => line.trim() === '')
  return empty > 0 && /^[A-Za-z0-9+/=]{20,}$/.test(lines[empty + 1] ?? '')
}

function uuencodedAt(text: string, at: number): { name: string; bytes?: Buffer; end: number } | undefined {
  const lineEnd = text.indexOf('\n', at)
  const first = text.slice(at, lineEnd < 0 ? undefined : lineEnd)
  const name = /^begin [0-7]{3,4}[ \t]+(\S.{0,300})$/i.exec(first.trimEnd())?.[1]
  if (name === undefined || lineEnd < 0) return undefined
  const lines: string[] = []
  let cursor = lineEnd + 1
  for (;;) {
    const next = text.indexOf('\n', cursor)
    const line = text.slice(cursor, next < 0 ? undefined : next).replace(/\r$/, '')
    if (/^end[ \t]*$/.test(line)) {
      const decoding = decodeUuencode(lines)
      return decoding.bytes === undefined
        ? { name, end: cursor }
        : { name, bytes: decoding.bytes, end: next < 0 ? text.length : next + 1 }
    }
    // "begin 644 to" in prose is not a file: the next line must look encoded.
    if (!/^[\x20-\x60]{1,62}$/.test(line)) return lines.length === 0 ? undefined : { name, end: cursor }
    lines.push(line)
    if (next < 0) return { name, end: text.length }
    cursor = next + 1
  }
}

const usual = [
  /^this is (a|an) multi-?part message in mime format\.?$/i,
  /^this is (a|an) openpgp\/mime signed message \(rfc [0-9 and]{4,20}\)$/i,
  /^this is an s\/mime signed message$/i,
  /^this message is in mime format\. [\x20-\x7e]{0,200}$/i,
  /^[\x20-\x7e]{0,100}mime-aware[\x20-\x7e]{0,100}$/i,
  /^$/,
]

/** What stands before the first and after the last boundary: shown by old programs, skipped by new ones. */
export function outsideText(bytes: Buffer, part: string, defects: Defect[]): string {
  const text = bytes.toString('latin1').trim()
  if (text.length < 1000 && text.split(/\r?\n/).every((line) => usual.some((pattern) => pattern.test(line.trim()))))
    return ''
  if (
    /^(?:--\S|content-[a-z-]{1,40}[ \t]{0,9}:|begin(?:-base64)? [0-7]{3}|=ybegin )/im.test(text) ||
    /[A-Za-z0-9+/]{60}/.test(text)
  )
    defects.push({
      code: 'outside-parts',
      part,
      sentence:
        'Something that may be an attachment stands outside the parts of the message, where only some programs look.',
      fatal: true,
    })
  return text
}
