/** The byte layouts of a zip archive: APPNOTE 6.3.10 and WinZip's AES extension. Numbers are little-endian. */

export const methods = { stored: 0, deflated: 8, aes: 99 } as const
export const largest32 = 0xffff_ffff

export interface Record {
  readonly name: Buffer
  readonly method: 0 | 8
  readonly encrypted: boolean
  /** Whether sizes are written in 8 bytes; fixed before the entry is read. */
  readonly wide: boolean
  readonly time: Date
  readonly offset: number
  readonly crc: number
  readonly packed: number
  readonly unpacked: number
}

type Opening = Pick<Record, 'name' | 'method' | 'encrypted' | 'wide' | 'time'>

const streamed = 0x0008
const utf8 = 0x0800
const flags = (record: Opening): number =>
  streamed | (record.encrypted ? 1 : 0) | (record.name.some((byte) => byte > 127) ? utf8 : 0)
const version = (record: Opening): number => (record.encrypted ? 51 : record.wide ? 45 : 20)

/** The header before an entry; sizes and CRC follow it in the descriptor, as nobody knows them yet. */
export function localHeader(record: Opening): Buffer {
  const extra = Buffer.concat([record.wide ? wideSizes(0, 0) : none, record.encrypted ? aesField(record) : none])
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  shared(head, 4, record)
  head.writeUInt32LE(record.wide ? largest32 : 0, 18)
  head.writeUInt32LE(record.wide ? largest32 : 0, 22)
  head.writeUInt16LE(record.name.length, 26)
  head.writeUInt16LE(extra.length, 28)
  return Buffer.concat([head, record.name, extra])
}

/** The sizes and CRC that follow an entry. */
export function descriptor(record: Record): Buffer {
  const bytes = Buffer.alloc(record.wide ? 24 : 16)
  bytes.writeUInt32LE(0x08074b50, 0)
  bytes.writeUInt32LE(record.crc, 4)
  if (record.wide) {
    bytes.writeBigUInt64LE(BigInt(record.packed), 8)
    bytes.writeBigUInt64LE(BigInt(record.unpacked), 16)
  } else {
    bytes.writeUInt32LE(record.packed, 8)
    bytes.writeUInt32LE(record.unpacked, 12)
  }
  return bytes
}

/** One entry of the table of contents. */
export function centralHeader(record: Record): Buffer {
  const wide = record.wide || record.offset >= largest32
  const sizes = wide ? wideSizes(record.unpacked, record.packed, record.offset) : none
  const extra = Buffer.concat([sizes, record.encrypted ? aesField(record) : none])
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(version(record), 4)
  shared(head, 6, record)
  head.writeUInt32LE(record.crc, 16)
  head.writeUInt32LE(wide ? largest32 : record.packed, 20)
  head.writeUInt32LE(wide ? largest32 : record.unpacked, 24)
  head.writeUInt16LE(record.name.length, 28)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE(wide ? largest32 : record.offset, 42)
  return Buffer.concat([head, record.name, extra])
}

/** The end of the archive, with its Zip64 form where a number does not fit. */
export function endOfArchive(entries: number, size: number, offset: number): Buffer {
  const wide = entries >= 0xffff || size >= largest32 || offset >= largest32
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(entries, 0xffff), 8)
  end.writeUInt16LE(Math.min(entries, 0xffff), 10)
  end.writeUInt32LE(Math.min(size, largest32), 12)
  end.writeUInt32LE(Math.min(offset, largest32), 16)
  if (!wide) return end
  const end64 = Buffer.alloc(56 + 20)
  end64.writeUInt32LE(0x06064b50, 0)
  end64.writeBigUInt64LE(44n, 4)
  end64.writeUInt16LE(45, 12)
  end64.writeUInt16LE(45, 14)
  end64.writeBigUInt64LE(BigInt(entries), 24)
  end64.writeBigUInt64LE(BigInt(entries), 32)
  end64.writeBigUInt64LE(BigInt(size), 40)
  end64.writeBigUInt64LE(BigInt(offset), 48)
  end64.writeUInt32LE(0x07064b50, 56)
  end64.writeBigUInt64LE(BigInt(offset + size), 64)
  end64.writeUInt32LE(1, 72)
  return Buffer.concat([end64, end])
}

const none = Buffer.alloc(0)

// The fields that stand alike in both headers: version needed, flags, method, time, date.
function shared(head: Buffer, at: number, record: Opening): void {
  head.writeUInt16LE(version(record), at)
  head.writeUInt16LE(flags(record), at + 2)
  head.writeUInt16LE(record.encrypted ? methods.aes : record.method, at + 4)
  const { time } = record
  const year = Math.min(Math.max(time.getUTCFullYear(), 1980), 2107)
  head.writeUInt16LE((time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1), at + 6)
  head.writeUInt16LE(((year - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate(), at + 8)
}

function wideSizes(...numbers: number[]): Buffer {
  const field = Buffer.alloc(4 + numbers.length * 8)
  field.writeUInt16LE(0x0001, 0)
  field.writeUInt16LE(numbers.length * 8, 2)
  numbers.forEach((number, index) => {
    field.writeBigUInt64LE(BigInt(number), 4 + index * 8)
  })
  return field
}

// AE-2 (no CRC that would tell about the content), AES with 256 bits, and the method underneath.
function aesField(record: Opening): Buffer {
  const field = Buffer.alloc(11)
  field.writeUInt16LE(0x9901, 0)
  field.writeUInt16LE(7, 2)
  field.writeUInt16LE(2, 4)
  field.write('AE', 6, 'latin1')
  field.writeUInt8(3, 8)
  field.writeUInt16LE(record.method, 9)
  return field
}
