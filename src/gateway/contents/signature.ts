/** What a file is, by its first bytes and not by its name. */

const signatures: readonly (readonly [type: string, bytes: string, offset?: number])[] = [
  ['application/zip', '504b0304'],
  ['application/zip', '504b0506'],
  ['application/zip', '504b0708'],
  ['application/pdf', '255044462d'],
  ['application/x-cfb', 'd0cf11e0a1b11ae1'],
  ['application/x-7z-compressed', '377abcaf271c'],
  ['application/vnd.rar', '526172211a07'],
  ['application/gzip', '1f8b'],
  ['application/x-bzip2', '425a68'],
  ['application/x-xz', 'fd377a585a00'],
  ['application/zstd', '28b52ffd'],
  ['application/vnd.ms-cab-compressed', '4d534346'],
  ['application/x-arj', '60ea'],
  ['application/x-lzh-compressed', '2d6c68', 2],
  ['application/x-ace', '2a2a4143452a2a', 7],
  ['application/x-iso9660-image', '4344303031', 0x8001],
  ['application/x-tar', '7573746172', 257],
  ['application/vnd.ms-tnef', '789f3e22'],
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e470d0a1a0a'],
  ['image/gif', '47494638'],
  ['image/tiff', '49492a00'],
  ['image/tiff', '4d4d002a'],
  ['image/bmp', '424d'],
  ['image/vnd.microsoft.icon', '00000100'],
  ['text/rtf', '7b5c7274'],
  ['application/x-msdownload', '4d5a'],
  ['application/x-elf', '7f454c46'],
  ['application/ogg', '4f676753'],
  ['audio/mpeg', '494433'],
  ['audio/flac', '664c6143'],
  ['video/x-matroska', '1a45dfa3'],
  ['video/x-flv', '464c56'],
  ['application/vnd.ms-outlook-pst', '2142444e'],
  ['application/vnd.sqlite3', '53514c69746520666f726d6174203300'],
  ['application/x-ms-shortcut', '4c0000000114'],
  ['application/postscript', '25215053'],
  ['application/pgp-encrypted', '8502'],
  ['application/onenote', 'e4525c7b8cd8a74d'],
  ['application/x-wps', '2e524d46'],
]
const prepared = signatures.map(([type, hex, offset = 0]) => ({ type, bytes: Buffer.from(hex, 'hex'), offset }))

/** A media type; `text/plain` and its kin for text; `application/octet-stream` for what nothing here knows. */
export function typeOf(bytes: Buffer): string {
  if (bytes.length === 0) return 'text/plain'
  for (const signature of prepared) {
    const { offset, bytes: expected } = signature
    if (
      bytes.length >= offset + expected.length &&
      bytes.compare(expected, 0, expected.length, offset, offset + expected.length) === 0
    ) {
      if (signature.type === 'image/bmp' && bytes.length > 6 && bytes.readUInt32LE(2) !== bytes.length) continue
      if (signature.type === 'application/x-msdownload' && looksLikeText(bytes)) continue
      return signature.type
    }
  }
  const head = bytes.toString('latin1', 0, Math.min(bytes.length, 1024))
  if (head.startsWith('RIFF'))
    return (
      ({ WEBP: 'image/webp', WAVE: 'audio/wav', 'AVI ': 'video/x-msvideo' } as Record<string, string>)[
        head.slice(8, 12)
      ] ?? 'application/octet-stream'
    )
  if (head.slice(4, 8) === 'ftyp')
    return /^(heic|heix|hevc|mif1|msf1|avif)/.test(head.slice(8, 12)) ? 'image/heic' : 'video/mp4'
  // A PDF may begin after other bytes: readers look through the first kilobyte.
  if (head.includes('%PDF-')) return 'application/pdf'
  if (/^-----BEGIN PGP MESSAGE/m.test(head)) return 'application/pgp-encrypted'
  if (!looksLikeText(bytes)) return 'application/octet-stream'
  const start = head
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .slice(0, 200)
    .toLowerCase()
  if (/^<(!doctype html|html|head|body)/.test(start) || /<html[\s>]/.test(start)) return 'text/html'
  if (start.startsWith('<svg') || (start.startsWith('<?xml') && head.includes('<svg'))) return 'image/svg+xml'
  if (start.startsWith('<?xml')) return 'application/xml'
  if (start.startsWith('begin:vcalendar')) return 'text/calendar'
  if (start.startsWith('begin:vcard')) return 'text/vcard'
  if (
    /^(?:[a-z][a-z0-9-]{1,40}: ?[^\n]*\n(?:[ \t][^\n]*\n)*){3}/i.test(head) &&
    /^(from|to|subject|received|message-id|mime-version|return-path): /im.test(head)
  )
    return 'message/rfc822'
  return 'text/plain'
}

/** No control bytes but those of text, in 8-bit sets or in UTF-16. */
export function looksLikeText(bytes: Buffer): boolean {
  if (bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)))
    return true
  const length = Math.min(bytes.length, 64 * 1024)
  let odd = 0
  for (let i = 0; i < length; i++) {
    const byte = bytes[i]!
    if (byte === 0) return false
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd++
  }
  return odd * 200 <= length
}
