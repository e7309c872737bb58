/** Files and parts hidden in what looks like text: uuencode, yEnc, BinHex, base64 and MIME headers without a boundary. */

import { decodeUuencode } from './transfer.ts'
import type { Defect } from './types.ts'

export interface Found {
  readonly name: string
  readonly bytes: Buffer
}

const uuBegin = /^begin(?:-base64)? [0-7]{3,4} (.+?)[ \t]*\r?$/gm

/** Looks through a decoded text. Files in it are returned; what cannot be followed becomes a fatal defect. */
export function findHidden(text: string, part: string, defects: Defect[]): Found[] {
  const found: Found[] = []
  const fatal = (code: string, sentence: string) => defects.push({ code, part, sentence, fatal: true })
  if (/^=ybegin /m.test(text)) fatal('hidden-yenc', 'The text holds a file encoded with yEnc. Attach the file instead.')
  if (/^\(This file must be converted with BinHex/m.test(text))
    fatal('hidden-binhex', 'The text holds a file encoded with BinHex. Attach the file instead.')
  if (/^--\S[^\r\n]*\r?\n(?:[ \t]*\r?\n)?content-[a-z-]+[ \t]*:/im.test(text))
    fatal(
      'hidden-part',
      'The text holds something that some programs show as another part of the message, perhaps an attachment.',
    )
  if (/^content-transfer-encoding[ \t]*:[^\r\n]*(?:\r?\n[^\r\n]+){0,8}\r?\n\r?\n[A-Za-z0-9+/=]{20,}/im.test(text))
    fatal('hidden-encoded', 'The text holds an encoded file that some programs show as an attachment.')
  if (text.includes('begin')) {
    for (const match of text.matchAll(uuBegin)) {
      if (match[0].startsWith('begin-base64')) {
        fatal('hidden-base64', 'The text holds an encoded file. Attach the file instead.')
        continue
      }
      const lines = text.slice(match.index + match[0].length + 1).split('\n', 100_000)
      const stop = lines.findIndex((line) => /^end[ \t]*\r?$/.test(line))
      const body = (stop < 0 ? lines : lines.slice(0, stop)).map((line) => line.replace(/\r$/, ''))
      // "begin 644 to ..." in prose is not a file: the next line must look encoded.
      if (!/^[\x20-\x60]{1,62}$/.test(body[0] ?? '')) continue
      if (found.length >= 20) {
        fatal('hidden-many', 'The text holds many encoded files. Attach them instead.')
        break
      }
      const decoding = decodeUuencode(body)
      if (decoding.bytes === undefined || stop < 0)
        fatal('hidden-uuencode', 'The text holds an encoded file that is cut short. Attach the file instead.')
      else found.push({ name: match[1]!, bytes: decoding.bytes })
    }
  }
  return found
}

const usual =
  /^(?:[ \t\r\n]|this is (?:a|an) (?:multi-?part message in mime format|openpgp\/mime signed message[^\n]*|multi-?part[^\n]*message)\.?|this message is in mime format\.[^\n]*)*$/i

/** What stands before the first and after the last boundary: shown by old programs, skipped by new ones. */
export function outsideText(bytes: Buffer, part: string, defects: Defect[]): string {
  const text = bytes.toString('latin1').trim()
  if (text === '' || usual.test(text)) return ''
  if (
    /^(?:--\S|content-[a-z-]+[ \t]*:|begin(?:-base64)? [0-7]{3}|=ybegin )/im.test(text) ||
    /[A-Za-z0-9+/]{60,}/.test(text)
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
