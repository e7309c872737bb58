import { crc32 } from 'node:zlib'
import { type ZipCipher, zipCipher, zipCipherSizes } from '../../platform/index.ts'
import { deflateBlocks, deflatedShare } from './deflate.ts'
import { centralHeader, descriptor, endOfArchive, largest32, localHeader, type Record } from './zip-records.ts'

export interface Entry {
  readonly name: string
  /** The largest number of bytes that `read` may give; absent: unknown, and written wide. */
  readonly atMost?: number
  /** `auto` deflates what a first look shows to shrink; `store` keeps the bytes. */
  readonly compress: 'auto' | 'store'
  /** The bytes, in blocks of any size. */
  read(): AsyncIterable<Buffer>
}

const level = 6
const blockSize = 256 << 10
// Photographs and most PDFs shrink by less than a fiftieth: not worth the time.
const worthDeflating = 0.98
// Deflate adds at most 5 bytes in 16 KiB, and the seal 28.
const narrowLimit = Math.floor(largest32 * 0.999)

/**
 * A zip archive as a stream of bytes, encrypted with AES-256 (AE-2) where a password is given. Holds a few blocks in
 * memory, whatever the size. Sizes follow each entry, so nothing is ever gone back to and it can be sent while written.
 */
export async function* writeZip(entries: Iterable<Entry>, time: Date, password?: string): AsyncGenerator<Buffer> {
  const written: Record[] = []
  let offset = 0
  for (const entry of entries) {
    const cipher = password === undefined ? undefined : await zipCipher(password)
    for await (const piece of writeEntry(entry, time, offset, cipher, (record) => written.push(record))) {
      offset += piece.length
      yield piece
    }
  }
  const start = offset
  for (const record of written) {
    const header = centralHeader(record)
    offset += header.length
    yield header
  }
  yield endOfArchive(written.length, offset - start, start)
}

async function* writeEntry(
  entry: Entry,
  time: Date,
  offset: number,
  cipher: ZipCipher | undefined,
  done: (record: Record) => void,
): AsyncGenerator<Buffer> {
  const blocks = gather(entry.read())[Symbol.asyncIterator]()
  const first = await blocks.next()
  const head = first.done ? Buffer.alloc(0) : first.value
  const deflated = entry.compress === 'auto' && (await deflatedShare(head, level)) < worthDeflating
  const opening = {
    name: Buffer.from(entry.name, 'utf8'),
    method: deflated ? 8 : 0,
    encrypted: cipher !== undefined,
    wide: entry.atMost === undefined || entry.atMost > narrowLimit,
    time,
  } as const
  yield localHeader(opening)

  let unpacked = 0
  let packed = 0
  let crc = 0
  const source = async function* () {
    for (let step: IteratorResult<Buffer> = first; !step.done; step = await blocks.next()) {
      unpacked += step.value.length
      if (!cipher) crc = crc32(step.value, crc)
      if (step.value.length > 0) yield step.value
    }
  }
  if (cipher) yield Buffer.concat([cipher.salt, cipher.verifier])
  for await (const piece of deflated ? deflateBlocks(source(), level) : source()) {
    const bytes = cipher ? cipher.cross(piece, packed) : piece
    cipher?.authenticate(bytes)
    packed += bytes.length
    yield bytes
  }
  if (cipher) yield cipher.tag()
  if (entry.atMost !== undefined && unpacked > entry.atMost) throw new Error(`${entry.name} grew while it was packed`)
  const seal = cipher ? zipCipherSizes.salt + zipCipherSizes.verifier + zipCipherSizes.tag : 0
  const record = { ...opening, offset, crc, packed: packed + seal, unpacked }
  yield descriptor(record)
  done(record)
}

// Deflating a few bytes at a time costs speed and size: pieces are gathered to blocks of 256 KiB.
async function* gather(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    if (held.length === 0 && piece.length >= blockSize) {
      yield piece
      continue
    }
    held.push(piece)
    size += piece.length
    if (size < blockSize) continue
    yield Buffer.concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(held)
}
