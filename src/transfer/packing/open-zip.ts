import type { Readable } from 'node:stream'
import type yauzl from 'yauzl'
import { sameBytes, type ZipCipher, zipCipher, zipCipherSizes } from '../../platform/index.ts'
import { methods } from './zip-records.ts'

/** Why an archive is not opened; `sentence` is for the person who tried. */
export class RefusedArchive extends Error {
  readonly sentence: string
  constructor(sentence: string) {
    super(sentence)
    this.sentence = sentence
  }
}

/** What an archive may cost at most. Bytes are those that come out. */
export interface Budget {
  readonly bytes: number
  readonly entries: number
  /** Bytes out for each byte in, once more than 64 MiB come out. */
  readonly ratio: number
}

export const defaultBudget: Budget = { bytes: 8 * 2 ** 30, entries: 10_000, ratio: 250 }

export interface ZipEntry {
  readonly path: readonly string[]
  readonly size: number
  readonly encrypted: boolean
  readonly method: 0 | 8
  readonly entry: yauzl.Entry
}

/** Reads and checks the whole table of contents before anything else is read. Throws `RefusedArchive`. */
export async function listEntries(zip: yauzl.ZipFile, archiveSize: number, budget: Budget): Promise<ZipEntry[]> {
  if (zip.entryCount > budget.entries) throw new RefusedArchive(`The archive holds more than ${budget.entries} files.`)
  const entries: ZipEntry[] = []
  const names = new Set<string>()
  let total = 0
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue
    const checked = checkEntry(entry)
    total += checked.size
    checkSize(total, archiveSize, budget)
    const key = checked.path.join('/').normalize('NFC').toLowerCase()
    if (names.has(key)) throw new RefusedArchive('The archive holds two files of the same name.')
    names.add(key)
    entries.push(checked)
  }
  checkNoOverlap(entries)
  return entries
}

/** Throws `RefusedArchive` when what comes out is more than the budget allows. */
export function checkSize(total: number, archiveSize: number, budget: Budget): void {
  if (total > budget.bytes) {
    throw new RefusedArchive(
      `The archive opens to more than ${Math.floor(budget.bytes / 2 ** 20)} MiB. It is not opened.`,
    )
  }
  if (total > 64 * 2 ** 20 && total / archiveSize > budget.ratio) {
    throw new RefusedArchive(
      'The archive opens to far more than it holds, as archives made to do harm do. It is not opened.',
    )
  }
}

/** The cipher of an encrypted entry, its seal checked over every byte, so that nothing altered is ever opened. */
export async function unlock(zip: yauzl.ZipFile, { entry }: ZipEntry, password: string): Promise<ZipCipher> {
  const { salt, verifier, tag } = zipCipherSizes
  const overhead = salt + verifier + tag
  if (entry.compressedSize < overhead) throw new RefusedArchive('The archive is damaged: ask for it to be sent again.')
  const head = await wholeOf(await rawBytes(zip, entry, 0, salt + verifier))
  const cipher = await zipCipher(password, head.subarray(0, salt))
  if (!sameBytes(cipher.verifier, head.subarray(salt))) {
    throw new RefusedArchive('The password does not open this archive. Check each sign with the sender by telephone.')
  }
  const end = entry.compressedSize - tag
  for await (const piece of await rawBytes(zip, entry, salt + verifier, end)) cipher.authenticate(piece)
  const seal = await wholeOf(await rawBytes(zip, entry, end, entry.compressedSize))
  if (!sameBytes(cipher.tag(), seal)) {
    throw new RefusedArchive(
      'The archive was altered or damaged on its way, or the password is wrong. Ask for it to be sent again.',
    )
  }
  return cipher
}

/** Decrypted, still deflated bytes of an unlocked entry, from `start` to `end` of them. */
export async function* decrypted(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  cipher: ZipCipher,
  start: number,
  end: number,
) {
  const before = zipCipherSizes.salt + zipCipherSizes.verifier
  let position = start
  for await (const piece of await rawBytes(zip, entry, before + start, before + end)) {
    yield cipher.cross(piece, position)
    position += piece.length
  }
}

/** The bytes of an entry as they stand in the archive. */
export async function rawBytes(zip: yauzl.ZipFile, entry: yauzl.Entry, start: number, end: number): Promise<Readable> {
  return zip.openReadStreamPromise(entry, { decodeFileData: false, start, end })
}

async function wholeOf(stream: Readable): Promise<Buffer> {
  return Buffer.concat(await stream.toArray())
}

function checkEntry(entry: yauzl.Entry): ZipEntry {
  const kind = (entry.externalFileAttributes >>> 16) & 0xf000
  if (kind !== 0 && kind !== 0x8000)
    throw new RefusedArchive('The archive holds a link or device, not a document. It is not opened.')
  const path = entry.fileName.split('/')
  if (
    path.length > 20 ||
    entry.fileName.length > 4000 ||
    path.some((part) => part === '' || part === '.' || part === '..')
  ) {
    throw new RefusedArchive('The archive holds a file with an impossible name. It is not opened.')
  }
  const encrypted = (entry.generalPurposeBitFlag & 1) !== 0
  const method = encrypted ? aesMethod(entry) : entry.compressionMethod
  if (method !== methods.stored && method !== methods.deflated) {
    throw new RefusedArchive(
      'The archive is packed in a way that is not supported. Ask for a zip with the method Deflate.',
    )
  }
  return { path, size: entry.uncompressedSize, encrypted, method, entry }
}

// Anything weaker than AES-256 is refused: CUM-28 and CUM-49 know no other, and the old zip cipher is no protection.
function aesMethod(entry: yauzl.Entry): number {
  const field = entry.extraFields.find(({ id }) => id === 0x9901)?.data
  if (entry.compressionMethod !== methods.aes || field === undefined || field.length < 7) {
    throw new RefusedArchive(
      'The archive is locked with a weak or unknown cipher. Ask for a zip encrypted with AES-256.',
    )
  }
  if (field.readUInt8(4) !== 3) {
    throw new RefusedArchive('The archive is locked with less than AES-256. Ask for a zip encrypted with AES-256.')
  }
  return field.readUInt16LE(5)
}

// Entries that share bytes turn kilobytes into petabytes (the overlapping kind of bomb).
function checkNoOverlap(entries: readonly ZipEntry[]): void {
  const ordered = [...entries].sort((a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader)
  let end = 0
  for (const { entry } of ordered) {
    if (entry.relativeOffsetOfLocalHeader < end) {
      throw new RefusedArchive(
        'Files of the archive lie over one another, as in archives made to do harm. It is not opened.',
      )
    }
    end = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameRaw.length + entry.compressedSize
  }
}
