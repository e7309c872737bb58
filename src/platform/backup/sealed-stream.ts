// One sealed file that is written and read from front to end: a header, then pieces of AES-256-GCM that can be neither exchanged nor cut off.
import { open } from 'node:fs/promises'
import { hmacSha256, openPiece, randomOctets, sealPiece } from '../crypto.ts'
import { errorCode, Fault } from '../problems.ts'
import type { Secrets } from '../secrets.ts'
import { BackupRefused } from './refused.ts'

const MAGIC = Buffer.from('SAFEHAVEN-BACKUP-1\n')
const PURPOSE = 'platform.backup'
const SALT = 32
const TAG = 16
const PIECE = 256 * 1024

// Every file has a key of its own, from SAFEHAVEN_SECRET and a salt; the whole header goes into it, so that a changed header opens nothing.
const keyOf = (secrets: Secrets, header: Buffer, keyId: string): Buffer =>
  hmacSha256(secrets.key(PURPOSE, keyId).key, header)

export interface SealedWriter {
  write(bytes: Uint8Array): Promise<void>
  /** Seals the last piece and brings everything to disk; gives the size in bytes. */
  end(): Promise<number>
  /** Lets go of it without an end: what was written cannot be restored. */
  abandon(): Promise<void>
}

/** Opens a new file at `path`; throws when one is there. Writes 19 + 4 + 32 bytes of header, then pieces of 256 KiB + 16. */
export async function sealedWriter(path: string, secrets: Secrets): Promise<SealedWriter> {
  const file = await open(path, 'wx', 0o600)
  const { id } = secrets.key(PURPOSE)
  const header = Buffer.concat([MAGIC, Buffer.from(id, 'hex'), randomOctets(SALT)])
  const key = keyOf(secrets, header, id)
  const waiting = Buffer.allocUnsafe(PIECE)
  let filled = 0
  let index = 0
  let size = header.length
  // A disk may take less than it was given.
  const put = async (bytes: Buffer) => {
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
    size += bytes.length
  }
  for (let at = 0; at < header.length; ) at += (await file.write(header, at)).bytesWritten
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        // A full piece is sealed only when more comes: the last one is sealed as the last.
        if (filled === PIECE) {
          await put(sealPiece(key, index++, false, waiting))
          filled = 0
        }
        const taken = Math.min(PIECE - filled, bytes.length - at)
        waiting.set(bytes.subarray(at, at + taken), filled)
        filled += taken
        at += taken
      }
    },
    async end() {
      await put(sealPiece(key, index, true, waiting.subarray(0, filled)))
      await file.sync()
      await file.close()
      return size
    },
    abandon: () => file.close().catch(() => {}),
  }
}

/** The content of a sealed file, piece by piece, each proved before it is given. Throws BackupRefused where it is not what was written. */
export async function* readSealed(path: string, secrets: Secrets): AsyncGenerator<Buffer> {
  const file = await open(path, 'r')
  try {
    const header = Buffer.alloc(MAGIC.length + 4 + SALT)
    await readFully(file, header)
    if (!header.subarray(0, MAGIC.length).equals(MAGIC))
      throw new BackupRefused('not-a-backup', 'This file is not a backup that Safehaven made.')
    const keyId = header.subarray(MAGIC.length, MAGIC.length + 4).toString('hex')
    const key = keyFrom(secrets, header, keyId)
    let held = await nextPiece(file)
    for (let index = 0; ; index++) {
      const after = held.length === PIECE + TAG ? await nextPiece(file) : Buffer.alloc(0)
      const last = after.length === 0
      yield openOne(key, index, last, held)
      if (last) return
      held = after
    }
  } finally {
    await file.close()
  }
}

type OpenFile = Awaited<ReturnType<typeof open>>

async function readFully(file: OpenFile, into: Buffer): Promise<number> {
  let filled = 0
  while (filled < into.length) {
    const { bytesRead } = await file.read(into, filled, into.length - filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}

async function nextPiece(file: OpenFile): Promise<Buffer> {
  const piece = Buffer.allocUnsafe(PIECE + TAG)
  return piece.subarray(0, await readFully(file, piece))
}

function keyFrom(secrets: Secrets, header: Buffer, keyId: string): Buffer {
  try {
    return keyOf(secrets, header, keyId)
  } catch (error) {
    if (errorCode(error) !== 'platform.key-unknown' && !(error instanceof Fault)) throw error
    throw new BackupRefused(
      'other-secret',
      'This backup was sealed with another SAFEHAVEN_SECRET. Set the one of the hub that made it; a demo keeps its own in the file demo-secret of its data folder.',
    )
  }
}

function openOne(key: Buffer, index: number, last: boolean, sealed: Buffer): Buffer {
  try {
    if (sealed.length < TAG) throw new Error('too short')
    return openPiece(key, index, last, sealed)
  } catch {
    throw new BackupRefused(
      'damaged',
      'This backup is not whole: it was cut short, altered or damaged after it was made. Take another copy of it.',
    )
  }
}
