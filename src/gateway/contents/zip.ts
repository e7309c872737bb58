/** A zip archive's own list of entries, checked against the entries themselves (APPNOTE 6.3.10; AE-1 and AE-2 of WinZip). */
import { anyText, utf8 } from '../reading/charset.ts'
import type { Protection } from './types.ts'

export interface ZipEntry {
  readonly name: string
  readonly directory: boolean
  readonly method: number
  readonly encrypted: Protection
  readonly size: number
  readonly data: Buffer
  readonly comment: string
}

export type Zip =
  | { readonly entries: readonly ZipEntry[]; readonly comment: string; readonly fault?: undefined }
  | { readonly fault: string; readonly entries: readonly ZipEntry[] }

const most = 3000

/** Reads the central directory; any contradiction between it and the entries is a fault, for programs differ in which they believe. */
export function readZip(bytes: Buffer): Zip {
  const entries: ZipEntry[] = []
  const fault = (why: string): Zip => ({ fault: why, entries })
  const end = endRecord(bytes)
  if (typeof end === 'string') return fault(end)
  const { count, size, offset, comment, at: endAt } = end
  if (count > most) return fault('it holds more files than this gateway takes')
  if (offset + size !== endAt) return fault('bytes are hidden after its list of files')
  const claimed: [from: number, to: number][] = []
  let at = offset
  for (let i = 0; i < count; i++) {
    if (at + 46 > endAt || bytes.readUInt32LE(at) !== 0x02014b50) return fault('its list of files is broken')
    const flags = bytes.readUInt16LE(at + 8)
    const method = bytes.readUInt16LE(at + 10)
    const packed = bytes.readUInt32LE(at + 20)
    const unpacked = bytes.readUInt32LE(at + 24)
    const nameLength = bytes.readUInt16LE(at + 28)
    const extraLength = bytes.readUInt16LE(at + 30)
    const commentLength = bytes.readUInt16LE(at + 32)
    const attributes = bytes.readUInt32LE(at + 38)
    const local = bytes.readUInt32LE(at + 42)
    const next = at + 46 + nameLength + extraLength + commentLength
    if (next > endAt) return fault('its list of files is broken')
    if (packed === 0xffffffff || unpacked === 0xffffffff || local === 0xffffffff)
      return fault('it claims files of more than four gigabytes')
    const rawName = bytes.subarray(at + 46, at + 46 + nameLength)
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    const entryComment = anyText(bytes.subarray(next - commentLength, next))
    at = next
    if (local + 30 > offset || bytes.readUInt32LE(local) !== 0x04034b50)
      return fault('its list names a file that is not there')
    const localNameLength = bytes.readUInt16LE(local + 26)
    const dataAt = local + 30 + localNameLength + bytes.readUInt16LE(local + 28)
    const described = (flags & 8) !== 0
    if (dataAt + packed > offset) return fault('one of its files is cut short')
    if (!rawName.equals(bytes.subarray(local + 30, local + 30 + localNameLength)))
      return fault('one of its files has two names')
    if (bytes.readUInt16LE(local + 8) !== method || (bytes.readUInt16LE(local + 6) & 1) !== (flags & 1))
      return fault('it describes one of its files in two ways')
    const localPacked = bytes.readUInt32LE(local + 18)
    if (!(described && localPacked === 0) && localPacked !== packed) return fault('it gives one of its files two sizes')
    const tail = described ? descriptorLength(bytes, dataAt + packed, packed) : 0
    claimed.push([local, dataAt + packed + tail])
    const data = bytes.subarray(dataAt, dataAt + packed)
    const name = nameOf(rawName, (flags & 0x800) !== 0)
    if (name.includes('\0')) return fault('one of its files has a name with a zero byte')
    const directory = name.endsWith('/') || (attributes & 16) !== 0
    if (directory && packed > 28) return fault('something is hidden in one of its folders')
    entries.push({
      name,
      directory,
      method: realMethod(method, extra),
      encrypted: protection(flags, method, extra, data),
      size: unpacked,
      data,
      comment: entryComment,
    })
  }
  if (at !== endAt) return fault('bytes are hidden in its list of files')
  claimed.sort((a, b) => a[0] - b[0])
  let reached = 0
  for (const [from, to] of claimed) {
    if (from < reached) return fault('its files overlap')
    if (from > reached) return fault('bytes are hidden between its files')
    reached = to
  }
  if (reached !== offset) return fault('bytes are hidden between its files')
  return { entries, comment }
}

/** Is there a zip's list of files at the end of a file that begins as something else? Many programs would open it. */
export function hidesZip(bytes: Buffer): boolean {
  const lowest = Math.max(0, bytes.length - 66_000)
  for (
    let at = bytes.lastIndexOf('PK\x05\x06', bytes.length, 'latin1');
    at >= lowest;
    at = at === 0 ? -1 : bytes.lastIndexOf('PK\x05\x06', at - 1, 'latin1')
  ) {
    if (at + 22 > bytes.length) continue
    const list = at - bytes.readUInt32LE(at + 12)
    if (bytes.readUInt16LE(at + 10) > 0 && list >= 0 && bytes.readUInt32LE(list) === 0x02014b50) return true
  }
  return false
}

interface End {
  count: number
  size: number
  offset: number
  comment: string
  at: number
}

function endRecord(bytes: Buffer): End | string {
  const lowest = Math.max(0, bytes.length - 65_557)
  let found: End | undefined
  for (let at = bytes.length - 22; at >= lowest; at--) {
    if (bytes[at] !== 0x50 || bytes.readUInt32LE(at) !== 0x06054b50) continue
    if (at + 22 + bytes.readUInt16LE(at + 20) !== bytes.length) continue
    if (found !== undefined) return 'it has two lists of files'
    found = {
      count: bytes.readUInt16LE(at + 10),
      size: bytes.readUInt32LE(at + 12),
      offset: bytes.readUInt32LE(at + 16),
      comment: anyText(bytes.subarray(at + 22)),
      at,
    }
    if (
      bytes.readUInt16LE(at + 4) !== 0 ||
      bytes.readUInt16LE(at + 6) !== 0 ||
      bytes.readUInt16LE(at + 8) !== found.count
    )
      return 'it is one of several pieces'
    if (found.offset === 0xffffffff || found.count === 0xffff) return 'it claims more than this gateway takes'
  }
  return found ?? 'its list of files is missing'
}

/** After data whose size was not known beforehand: with or without a signature. */
function descriptorLength(bytes: Buffer, at: number, packed: number): number {
  if (at + 16 <= bytes.length && bytes.readUInt32LE(at) === 0x08074b50 && bytes.readUInt32LE(at + 8) === packed)
    return 16
  if (at + 24 <= bytes.length && bytes.readUInt32LE(at) === 0x08074b50) return 24
  if (at + 12 <= bytes.length && bytes.readUInt32LE(at + 4) === packed) return 12
  return 0
}

function nameOf(raw: Buffer, isUtf8: boolean): string {
  return (isUtf8 ? utf8(raw) : undefined) ?? utf8(raw) ?? raw.toString('latin1')
}

function aesExtra(extra: Buffer): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 0x9901 && length >= 7 && at + 4 + length <= extra.length)
      return extra.subarray(at + 4, at + 4 + length)
    at += 4 + length
  }
  return undefined
}

function realMethod(method: number, extra: Buffer): number {
  return method === 99 ? (aesExtra(extra)?.readUInt16LE(5) ?? 99) : method
}

/** AES-256 only when the strength says so and the bytes look encrypted; ZipCrypto and everything else is weak. */
function protection(flags: number, method: number, extra: Buffer, data: Buffer): Protection {
  if ((flags & 1) === 0) return false
  if (method !== 99) return 'weak'
  const aes = aesExtra(extra)
  if (aes === undefined || aes[4] !== 3 || data.length < 28) return 'weak'
  return looksRandom(data.subarray(18, data.length - 10)) ? 'aes-256' : false
}

/** Encrypted bytes use every value alike; a file that only claims to be encrypted does not. */
export function looksRandom(data: Buffer): boolean {
  if (data.length < 512) return true
  const sample = data.subarray(0, 65_536)
  const counts = new Uint32Array(256)
  for (const byte of sample) counts[byte]!++
  let chi = 0
  const expected = sample.length / 256
  for (const count of counts) chi += (count - expected) ** 2 / expected
  return chi < 600
}
