/** Zips built byte by byte, honest and otherwise; used by tests only. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface Made {
  readonly name: string
  readonly content?: Buffer
  /** 99 = claims AES of this strength; `crypto` = ZipCrypto. */
  readonly lock?: 'aes-256' | 'aes-128' | 'crypto'
  readonly localName?: string
  readonly stored?: boolean
  readonly claimedSize?: number
  /** Points at the entry before instead of having bytes of its own. */
  readonly overlap?: boolean
}

/** Bytes that look encrypted: every value alike, the same on every run. */
export function noise(length: number): Buffer {
  const out = Buffer.alloc(length)
  let state = 0x2545f491
  for (let i = 0; i < length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    out[i] = state & 255
  }
  return out
}

export function makeZip(
  entries: readonly Made[],
  options: { before?: Buffer; gap?: Buffer; comment?: string } = {},
): Buffer {
  const locals: Buffer[] = options.before === undefined ? [] : [options.before]
  const central: Buffer[] = []
  let at = options.before?.length ?? 0
  let previous = 0
  for (const entry of entries) {
    const content = entry.content ?? Buffer.from('hello')
    const aes = entry.lock?.startsWith('aes')
    const packed =
      entry.lock === undefined
        ? entry.stored
          ? content
          : deflateRawSync(content)
        : entry.content !== undefined && entry.claimedSize === -1
          ? content
          : noise(Math.max(64, content.length + 28))
    const method = aes ? 99 : entry.stored ? 0 : 8
    const flags = entry.lock === undefined ? 0x800 : 0x801
    const extra = aes
      ? Buffer.from([0x01, 0x99, 7, 0, 2, 0, 0x41, 0x45, entry.lock === 'aes-256' ? 3 : 1, 8, 0])
      : Buffer.alloc(0)
    const size = entry.claimedSize !== undefined && entry.claimedSize >= 0 ? entry.claimedSize : content.length
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(51, 4)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(method, 8)
    local.writeUInt32LE(crc32(content), 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    const localName = Buffer.from(entry.localName ?? entry.name)
    local.writeUInt16LE(localName.length, 26)
    local.writeUInt16LE(extra.length, 28)
    const head = Buffer.alloc(46)
    head.writeUInt32LE(0x02014b50, 0)
    head.writeUInt16LE(51, 6)
    head.writeUInt16LE(flags, 8)
    head.writeUInt16LE(method, 10)
    head.writeUInt32LE(crc32(content), 16)
    head.writeUInt32LE(packed.length, 20)
    head.writeUInt32LE(size, 24)
    head.writeUInt16LE(Buffer.byteLength(entry.name), 28)
    head.writeUInt16LE(extra.length, 30)
    head.writeUInt32LE(entry.overlap ? previous : at, 42)
    central.push(head, Buffer.from(entry.name), extra)
    previous = at
    if (entry.overlap) continue
    locals.push(local, localName, extra, packed)
    at += 30 + localName.length + extra.length + packed.length
    if (options.gap !== undefined) {
      locals.push(options.gap)
      at += options.gap.length
    }
  }
  const list = Buffer.concat(central)
  const comment = Buffer.from(options.comment ?? '')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...locals, list, end, comment])
}
