/** Encoded words (RFC 2047): how names and subjects carry other scripts. */
import { decodeCharset } from './charset.ts'
import { looseBase64 } from './transfer.ts'

const encodedWord = /=\?([^?\s]{1,64})\?([bBqQ])\?([^?\r\n]*)\?=/g
const between = /(=\?[^?\s]+\?[bBqQ]\?[^?]*\?=)[ \t]+(?==\?[^?\s]+\?[bBqQ]\?[^?]*\?=)/g

export interface Decoded {
  readonly text: string
  /** A word was there that cannot be decoded, or that programs decode in different ways. */
  readonly unclear: boolean
}

/** Decodes every encoded word in a value. Words that cannot be decoded stay as written and mark the result unclear. */
export function decodeWords(value: string): Decoded {
  if (!value.includes('=?')) return { text: value, unclear: false }
  let unclear = false
  const text = value
    .replace(between, '$1')
    .replace(encodedWord, (whole, label: string, encoding: string, body: string) => {
      const charset = label.split('*')[0] ?? ''
      const bytes = encoding.toLowerCase() === 'b' ? base64Word(body) : quotedWord(body)
      // Without a byte order mark programs disagree about UTF-16, so a name in it is two names.
      const decoded = /^utf-?16/i.test(charset) || bytes === undefined ? undefined : decodeCharset(bytes, charset)
      if (decoded === undefined || hasControl(decoded)) {
        unclear = true
        return whole
      }
      return decoded
    })
  return { text, unclear }
}

function base64Word(body: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body) || body.length % 4 !== 0) return undefined
  return Buffer.from(body, 'base64')
}

function quotedWord(body: string): Buffer | undefined {
  if (/=(?![0-9A-Fa-f]{2})/.test(body) || /[^\x21-\x7e]/.test(body.replaceAll(' ', ''))) return undefined
  const text = body
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(text, 'latin1')
}

/** Every text that a careless decoder could make of it: for looking through, never for deciding. */
export function looseWords(value: string): string[] {
  const found: string[] = []
  for (const match of value.matchAll(/=\?([^?\s]{1,64})\?([bBqQ])\?([^?\r\n]*)\?=?/g)) {
    const bytes =
      match[2]!.toLowerCase() === 'b'
        ? looseBase64(match[3]!)
        : Buffer.from(
            match[3]!.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
            'latin1',
          )
    found.push(bytes.toString('latin1').replaceAll('\0', ''))
  }
  return found
}

export function hasControl(text: string): boolean {
  return /[\x00-\x08\x0a-\x1f\x7f]/.test(text)
}
