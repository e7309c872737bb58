import { type FileHandle, open, rm } from 'node:fs/promises'
import { isNeutralName, neutralName, safeNames } from './neutral-names.ts'
import { type Entry, writeZip } from './write-zip.ts'

/** A document to be packed. `size` in bytes; `read` gives exactly that many. */
export interface PackedDocument {
  readonly name: string
  readonly size: number
  read(): AsyncIterable<Buffer>
}

/**
 * Several documents go in one archive (CUM-50), which stock 7-Zip opens (CUM-55).
 * An AES-256 zip whose table of contents tells nothing (CUM-48..50): documents with neutral names stand in it as they are;
 * as soon as one name is not neutral, all stand under their own names in an inner zip, `document-1.zip`, which is
 * encrypted whole. Zip never hides names, so this is the only way the recipient gets them back and nobody else sees them.
 */
export function packDocuments(
  documents: readonly PackedDocument[],
  password: string,
  time: Date,
): AsyncGenerator<Buffer> {
  const names = safeNames(documents.map((document) => document.name))
  const entries: Entry[] = documents.map((document, index) => ({
    name: names[index]!,
    atMost: document.size,
    compress: 'auto',
    read: () => document.read(),
  }))
  const neutral = documents.every((document) => isNeutralName(document.name))
  if (neutral && new Set(names).size === names.length) return writeZip(entries, time, password)
  const total = documents.reduce((sum, document) => sum + document.size, 0)
  const inner: Entry = {
    name: neutralName(1, 'inner.zip'),
    atMost: total + Math.ceil(total / 256) + documents.length * 1024 + 1024,
    compress: 'store',
    read: () => writeZip(entries, time),
  }
  return writeZip([inner], time, password)
}

/** Writes the pieces to a new file, one write always under way; the file is removed again if anything fails. */
export async function writeFileFrom(pieces: AsyncIterable<Buffer>, path: string): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let size = 0
  let under: Promise<unknown> = Promise.resolve()
  try {
    for await (const piece of pieces) {
      await under
      under = writeWhole(file, piece)
      under.catch(() => {})
      size += piece.length
    }
    await under
    await file.sync()
    await file.close()
    return size
  } catch (error) {
    await under.catch(() => {})
    await file.close().catch(() => {})
    await rm(path, { force: true })
    throw error
  }
}

async function writeWhole(file: FileHandle, piece: Buffer): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await file.write(piece, at)).bytesWritten
}

/** The bytes of an open file, read one block ahead. Throws when the file is not `size` bytes long at the end. */
export async function* readBlocks(file: FileHandle, size: number, block = 256 << 10): AsyncGenerator<Buffer> {
  let position = 0
  const next = () => file.read(Buffer.allocUnsafe(block), 0, block, position)
  let ahead = next()
  for (;;) {
    const { bytesRead, buffer } = await ahead
    if (bytesRead === 0) break
    position += bytesRead
    ahead = next()
    ahead.catch(() => {})
    yield buffer.subarray(0, bytesRead)
  }
  if (position !== size) throw new Error('the file changed while it was packed')
}
