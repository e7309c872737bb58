/** Rich text as Outlook packs it ([MS-OXRTFCP]): a window of 4096 bytes that begins filled with usual words. */

const usual =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx'

/** Undefined: it contradicts itself, or would be longer than `limit`. */
export function unpackRichText(bytes: Buffer, limit: number): string | undefined {
  if (bytes.length < 16) return undefined
  const size = bytes.readUInt32LE(4)
  const kind = bytes.readUInt32LE(8)
  if (size > limit) return undefined
  if (kind === 0x414c454d) return bytes.toString('latin1', 16, 16 + size)
  if (kind !== 0x75465a4c) return undefined
  const window = Buffer.alloc(4096)
  window.write(usual, 'latin1')
  let place = usual.length
  const out = Buffer.alloc(size)
  let written = 0
  for (let at = 16; at < bytes.length; ) {
    const flags = bytes[at++]!
    for (let bit = 0; bit < 8 && at < bytes.length; bit++) {
      if ((flags & (1 << bit)) === 0) {
        const one = bytes[at++]!
        if (written >= size) return undefined
        out[written++] = one
        window[place] = one
        place = (place + 1) & 4095
        continue
      }
      if (at + 2 > bytes.length) return undefined
      const pair = bytes.readUInt16BE(at)
      at += 2
      const from = pair >> 4
      if (from === place) return written === size ? out.toString('latin1') : undefined
      for (let step = 0; step < (pair & 15) + 2; step++) {
        if (written >= size) return undefined
        const one = window[(from + step) & 4095]!
        out[written++] = one
        window[place] = one
        place = (place + 1) & 4095
      }
    }
  }
  return written === size ? out.toString('latin1') : undefined
}
