/** Transfer encodings, read strictly: what decoders would skip or guess at is a defect, not a detail. */

export type Decoding =
  | { readonly bytes: Buffer; readonly fault?: undefined }
  | { readonly bytes?: undefined; readonly fault: string }

/** Standard base64 in lines; nothing but its alphabet and line ends, padding at the end only. `body` has no bare CR. */
export function decodeBase64(body: Buffer): Decoding {
  let end = body.length
  while (end > 0 && isSpace(body[end - 1]!)) end--
  let start = 0
  while (start < end && isSpace(body[start]!)) start++
  let padding = 0
  while (end > start && body[end - 1] === 61 && padding < 3) {
    padding++
    end--
  }
  const dense = body.subarray(start, end)
  let breaks = 0
  for (let at = dense.indexOf(10); at >= 0; at = dense.indexOf(10, at + 1)) breaks += dense[at - 1] === 13 ? 2 : 1
  const characters = dense.length - breaks
  if (padding > 2 || (characters + padding) % 4 !== 0)
    return { fault: 'is cut short (its base64 has the wrong length)' }
  const expected = Math.floor((characters * 3) / 4)
  const bytes = Buffer.from(dense.toString('latin1'), 'base64')
  // The decoder skips what is no base64, so whatever it skipped is missing in the length; it takes two letters more.
  if (bytes.length !== expected || dense.includes(45) || dense.includes(95))
    return { fault: 'holds characters that do not belong in base64' }
  // Bits that a decoder throws away could carry another meaning.
  if (padding > 0) {
    const tail = dense
      .toString('latin1', Math.max(0, dense.length - 20))
      .replace(/[\r\n]/g, '')
      .slice(padding - 4)
    if (Buffer.from(tail, 'base64').toString('base64').replace(/=+$/, '') !== tail)
      return { fault: 'ends in bits that decoders treat differently' }
  }
  return { bytes }
}

export function looseBase64(text: string): Buffer {
  return Buffer.from(text.replace(/[^A-Za-z0-9+/]/g, ''), 'base64')
}

function isSpace(byte: number): boolean {
  return byte === 10 || byte === 13 || byte === 32 || byte === 9
}

/** Quoted-printable (RFC 2045 §6.7). Space before the end of a line is dropped, as the RFC says. */
export function decodeQuotedPrintable(body: Buffer): Decoding {
  // A message saved with bare line feeds grows by a byte a line.
  let feeds = 0
  for (const byte of body) if (byte === 10) feeds++
  const out = Buffer.allocUnsafe(body.length + feeds)
  let to = 0
  let kept = 0
  const length = body.length
  for (let i = 0; i < length; i++) {
    const byte = body[i]!
    if (byte === 61) {
      let j = i + 1
      while (j < length && (body[j] === 32 || body[j] === 9)) j++
      const soft = j >= length ? length : body[j] === 10 ? j : body[j] === 13 && body[j + 1] === 10 ? j + 1 : -1
      if (soft >= 0) {
        i = soft
        kept = to
        continue
      }
      const high = hex(body[i + 1])
      const low = hex(body[i + 2])
      if (high < 0 || low < 0) return { fault: 'holds a broken escape (quoted-printable)' }
      out[to++] = high * 16 + low
      kept = to
      i += 2
    } else if (byte === 10 || byte === 13) {
      if (byte === 13 && body[i + 1] !== 10) {
        out[to++] = byte
        kept = to
        continue
      }
      to = kept
      if (byte === 13) i++
      out[to++] = 13
      out[to++] = 10
      kept = to
    } else {
      out[to++] = byte
      if (byte !== 32 && byte !== 9) kept = to
    }
  }
  return { bytes: out.subarray(0, kept) }
}

function hex(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 48 && byte <= 57) return byte - 48
  if (byte >= 65 && byte <= 70) return byte - 55
  if (byte >= 97 && byte <= 102) return byte - 87
  return -1
}

/** One uuencoded run of lines. */
export function decodeUuencode(lines: readonly string[]): Decoding {
  const out: Buffer[] = []
  for (const line of lines) {
    const count = (line.charCodeAt(0) - 32) & 63
    if (count === 0) break
    const needed = Math.ceil(count / 3) * 4
    if (line.length - 1 < needed - 3) return { fault: 'is cut short (uuencoded)' }
    const bytes = Buffer.alloc(Math.ceil(count / 3) * 3)
    for (let i = 0, o = 0; o < bytes.length; i += 4, o += 3) {
      const value = (k: number) => (((line.charCodeAt(1 + i + k) || 32) - 32) & 63) >>> 0
      bytes[o] = (value(0) << 2) | (value(1) >> 4)
      bytes[o + 1] = ((value(1) & 15) << 4) | (value(2) >> 2)
      bytes[o + 2] = ((value(2) & 3) << 6) | value(3)
    }
    out.push(bytes.subarray(0, count))
  }
  return { bytes: Buffer.concat(out) }
}
