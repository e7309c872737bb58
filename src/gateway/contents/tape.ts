/** tar: names and files, one after another. */

export interface TapeEntry {
  readonly name: string
  readonly bytes: Buffer
}

/** Undefined when a header does not add up. */
export function readTar(bytes: Buffer): TapeEntry[] | undefined {
  const entries: TapeEntry[] = []
  let longName: string | undefined
  for (let at = 0; at + 512 <= bytes.length; ) {
    const header = bytes.subarray(at, at + 512)
    if (header.every((byte) => byte === 0)) break
    const size = parseInt(text(header, 124, 12).trim() || '0', 8)
    let sum = 256
    for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += header[i]!
    if (
      !Number.isSafeInteger(size) ||
      size < 0 ||
      at + 512 + size > bytes.length ||
      parseInt(text(header, 148, 8).trim(), 8) !== sum
    )
      return undefined
    const body = bytes.subarray(at + 512, at + 512 + size)
    const kind = String.fromCharCode(header[156]!)
    if (kind === 'L') longName = text(body, 0, body.length)
    else if (kind === 'x' || kind === 'g') longName = /\d+ path=([^\n]*)\n/.exec(body.toString('utf8'))?.[1] ?? longName
    else {
      const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : ''
      const name = longName ?? (prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`)
      if (kind !== '5') entries.push({ name, bytes: body })
      longName = undefined
    }
    at += 512 + Math.ceil(size / 512) * 512
  }
  return entries
}

function text(bytes: Buffer, from: number, length: number): string {
  const piece = bytes.subarray(from, from + length)
  const nul = piece.indexOf(0)
  return piece.toString('utf8', 0, nul < 0 ? piece.length : nul)
}
