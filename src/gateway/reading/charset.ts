/** Decoding of named character sets. What Node's own decoder does not know, or what hides text, is not decoded. */

/** UTF-7 and the escape-driven sets hide markup from readers that do not know them; UTF-16 and 32 without a mark are guesses. */
const never = new Set([
  'utf-7',
  'unicode-1-1-utf-7',
  'utf7',
  'utf-32',
  'utf-32le',
  'utf-32be',
  'x-user-defined',
  'replacement',
  'hz-gb-2312',
])

export function knownCharset(label: string): string | undefined {
  const name = label.trim().toLowerCase()
  if (name === '' || name === 'us-ascii' || name === 'ascii' || name === 'ansi_x3.4-1968') return 'us-ascii'
  if (never.has(name)) return undefined
  try {
    return new TextDecoder(name).encoding
  } catch {
    return undefined
  }
}

/** Returns undefined when the bytes are not text of that set. */
export function decodeCharset(bytes: Uint8Array, label: string): string | undefined {
  const name = knownCharset(label)
  if (name === undefined) return undefined
  if (name === 'us-ascii') {
    for (const byte of bytes) if (byte > 127) return utf8(bytes) ?? Buffer.from(bytes).toString('latin1')
    return Buffer.from(bytes).toString('latin1')
  }
  if (name === 'utf-8') return utf8(bytes)
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Text whatever the bytes: for looking through, never for deciding what another program sees. */
export function anyText(bytes: Uint8Array): string {
  if (bytes.length > 1 && bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes.length > 1 && bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return utf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes)
}
