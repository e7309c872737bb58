import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import yauzl from 'yauzl'
import type { ZipCipher } from '../../platform/index.ts'
import { safeNames } from './neutral-names.ts'
import {
  type Budget,
  checkSize,
  decrypted,
  defaultBudget,
  listEntries,
  RefusedArchive,
  rawBytes,
  unlock,
  type ZipEntry,
} from './open-zip.ts'

export interface Unpacked {
  readonly path: string
  readonly bytes: number
}

export type UnpackAnswer =
  | { readonly unpacked: readonly Unpacked[]; readonly encrypted: boolean }
  | { readonly refused: string }

/**
 * Unpacks a zip into a new folder: all of it or nothing. AES-256 only, where encrypted; the seal of each entry is checked
 * before a byte of it is opened. `password` is asked for once, if needed. Refuses what is more than the budget, links,
 * paths that lead outside and damaged archives, with a sentence for the person.
 */
export async function unpackArchive(
  archive: string,
  folder: string,
  password: () => Promise<string>,
  budget: Budget = defaultBudget,
): Promise<UnpackAnswer> {
  const file = await open(archive, 'r')
  const parts = `${folder}.part`
  try {
    const { size } = await file.stat()
    const zip = await yauzl.fromFdPromise(file.fd, { autoClose: false })
    const entries = await listEntries(zip, size, budget)
    if (entries.length === 0) throw new RefusedArchive('The archive is empty.')
    const encrypted = entries.some((entry) => entry.encrypted)
    const secret = encrypted ? await password() : ''
    await mkdir(parts, { mode: 0o700 })
    const spending = { budget, archiveSize: size, spent: 0 }
    const unpacked =
      (await extractInner(zip, entries, secret, parts, spending)) ??
      (await extractAll(zip, entries, secret, parts, spending))
    await rename(parts, folder)
    return { unpacked, encrypted }
  } catch (error) {
    await rm(parts, { recursive: true, force: true })
    const refused = sentenceFor(error)
    if (refused === undefined) throw error
    return { refused }
  } finally {
    await file.close().catch(() => {})
  }
}

interface Spending {
  readonly budget: Budget
  readonly archiveSize: number
  spent: number
}

// What Safehaven packed with names that tell: one stored, encrypted inner zip. It is read in place, never written out.
async function extractInner(
  zip: yauzl.ZipFile,
  entries: readonly ZipEntry[],
  secret: string,
  folder: string,
  spending: Spending,
) {
  const [only, second] = entries
  if (!only?.encrypted || second || only.method !== 0 || only.path.join('/') !== 'document-1.zip') return undefined
  const cipher = await unlock(zip, only, secret)
  const size = only.size
  const inner = await yauzl
    .fromRandomAccessReaderPromise(new DecryptedReader(zip, only.entry, cipher), size, { autoClose: false })
    .catch(() => undefined)
  if (!inner) return undefined
  return extractAll(inner, await listEntries(inner, size, spending.budget), secret, folder, spending)
}

class DecryptedReader extends yauzl.RandomAccessReader {
  readonly #bytes: (start: number, end: number) => AsyncIterable<Buffer>
  constructor(zip: yauzl.ZipFile, entry: yauzl.Entry, cipher: ZipCipher) {
    super()
    this.#bytes = (start, end) => decrypted(zip, entry, cipher, start, end)
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#bytes(start, end), { objectMode: false })
  }
}

async function extractAll(
  zip: yauzl.ZipFile,
  entries: readonly ZipEntry[],
  secret: string,
  folder: string,
  spending: Spending,
) {
  const unpacked: Unpacked[] = []
  const names = safeNames(entries.map(({ path }) => path.at(-1)!))
  for (const [index, entry] of entries.entries()) {
    const folders = entry.path.slice(0, -1).map((part) => safeNames([part])[0]!)
    const path = join(...folders, names[index]!)
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 })
    unpacked.push({ path, bytes: await extract(zip, entry, secret, join(folder, path), spending) })
  }
  return unpacked
}

async function extract(
  zip: yauzl.ZipFile,
  entry: ZipEntry,
  secret: string,
  path: string,
  spending: Spending,
): Promise<number> {
  const {
    entry: { compressedSize: packed },
  } = entry
  const source = entry.encrypted
    ? Readable.from(decrypted(zip, entry.entry, await unlock(zip, entry, secret), 0, packed - 28), {
        objectMode: false,
      })
    : await rawBytes(zip, entry.entry, 0, packed)
  const bytes = entry.method === 8 ? source.compose<Readable>(createInflateRaw({ chunkSize: 256 << 10 })) : source
  const file = await open(path, 'wx', 0o600)
  let size = 0
  let crc = 0
  try {
    for await (const piece of bytes) {
      size += piece.length
      spending.spent += piece.length
      checkSize(spending.spent, spending.archiveSize, spending.budget)
      if (size > entry.size) break
      crc = crc32(piece, crc)
      await file.writeFile(piece)
    }
    // AE-2 writes no CRC: the seal has already spoken for those bytes.
    const checked = !entry.encrypted || entry.entry.crc32 !== 0
    if (size !== entry.size || (checked && crc !== entry.entry.crc32)) {
      throw new RefusedArchive('The archive is damaged: a document is not as long or not the same as it says.')
    }
    return size
  } finally {
    await file.close()
  }
}

function sentenceFor(error: unknown): string | undefined {
  if (error instanceof RefusedArchive) return error.sentence
  if (!(error instanceof Error) || error instanceof TypeError) return undefined
  const { code } = error as NodeJS.ErrnoException
  if (code?.startsWith('Z_')) return 'The archive is damaged: a document in it cannot be opened.'
  // yauzl and its inflater throw plain errors for every malformed archive; the system's own carry an `errno`.
  if ((error as NodeJS.ErrnoException).errno !== undefined) return undefined
  return /invalid relative path|absolute path|invalid characters/.test(error.message)
    ? 'The archive holds a file that would be written outside its folder. It is not opened.'
    : 'This is not a zip archive that can be opened, or it is damaged.'
}
