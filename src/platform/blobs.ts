import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sql from 'sql-template-tag'
import { hmacSha256, newToken, openPiece, sealPiece, sha256Stream } from './crypto.ts'
import type { Tx } from './database.ts'
import { errorCode, Fault } from './problems.ts'
import type { Secrets } from './secrets.ts'

/** A file that is kept: `id` finds it, `size` in bytes and `sha256` (hex) are those of its content. */
export interface Kept {
  readonly id: string
  readonly size: number
  readonly sha256: string
}

/** Files, each sealed under a key of its own, outside the database. */
export interface Blobs {
  /**
   * Writes content to disk (synced) without yet claiming it: it is swept after a day unless `claim` is committed. Throws Fault `platform.file-too-large` (413)
   * past `limit` bytes and leaves nothing.
   */
  store(content: AsyncIterable<Uint8Array>, limit: number): Promise<Kept>
  /** Claims stored files in the caller's transaction. */
  claim(tx: Tx, kept: Kept): Promise<void>
  /** `store` and `claim` at once, for content at hand. */
  keep(tx: Tx, content: AsyncIterable<Uint8Array> | Uint8Array, limit?: number): Promise<Kept>
  /** The content as a stream; every piece is proved before it is given. Throws Fault `platform.file-missing`. */
  read(id: string): Promise<Readable>
  /** The whole content, for small files. */
  readAll(id: string): Promise<Buffer>
  /** Gives up the claim in the caller's transaction; the file itself goes with the next sweep after commit. */
  drop(tx: Tx, id: string): Promise<void>
  /** Removes a stored file that was never claimed. */
  discard(id: string): Promise<void>
  /** Puts back a file under the id that it had, sealed anew; what lies there is overwritten. Unclaimed. */
  putBack(id: string, content: AsyncIterable<Uint8Array>): Promise<Kept>
  /** Removes files older than a day that nobody claims; gives their number. */
  sweep(tx: Tx, now: Date): Promise<number>
}

const PIECE = 64 * 1024
const MAGIC = Buffer.from('SHB1')
const DAY = 24 * 3_600_000
/** What may be kept of one file unless the caller says otherwise: 25 MB. */
export const FILE_LIMIT = 25 * 1024 * 1024

export function openBlobs(dataDir: string, secrets: Secrets): Blobs {
  const folder = join(dataDir, 'files')
  const pathOf = (id: string) => {
    if (!/^[\w-]{22}$/.test(id)) throw missing()
    return join(folder, id.slice(0, 2), id)
  }
  const keyOf = (id: string, keyId?: string) => {
    const { id: used, key } = secrets.key('platform.files', keyId)
    return { keyId: used, key: hmacSha256(key, id) }
  }
  const place = async (id: string, content: AsyncIterable<Uint8Array>, limit: number): Promise<Kept> => {
    const path = pathOf(id)
    await mkdir(join(folder, id.slice(0, 2)), { recursive: true, mode: 0o700 })
    const half = `${path}.half`
    try {
      const { size, sha256 } = await writeSealed(half, content, limit, keyOf(id))
      await rename(half, path)
      await syncFolder(join(folder, id.slice(0, 2)))
      return { id, size, sha256 }
    } catch (error) {
      await rm(half, { force: true })
      throw errorCode(error) === 'ENOSPC'
        ? new Fault('platform.disk-full', 'There is no room left on the disk for this file.', {
            status: 503,
            cause: error,
          })
        : error
    }
  }
  const blobs: Blobs = {
    store: (content, limit) => place(newToken(16), content, limit),
    async putBack(id, content) {
      await rm(`${pathOf(id)}.half`, { force: true })
      return place(id, content, Number.POSITIVE_INFINITY)
    },
    claim: async (tx, kept) => {
      await tx.run(
        sql`insert into platform.blob (id, size, sha256, kept_at) values (${kept.id}, ${kept.size}, ${kept.sha256}, now())`,
      )
    },
    async keep(tx, content, limit = FILE_LIMIT) {
      const kept = await blobs.store(content instanceof Uint8Array ? Readable.from([content]) : content, limit)
      await blobs.claim(tx, kept)
      return kept
    },
    async read(id) {
      const path = pathOf(id)
      await stat(path).catch(() => {
        throw missing()
      })
      return Readable.from(openSealed(path, (keyId) => keyOf(id, keyId).key))
    },
    async readAll(id) {
      const pieces: Uint8Array[] = []
      for await (const piece of await blobs.read(id)) pieces.push(piece as Uint8Array)
      return Buffer.concat(pieces)
    },
    drop: async (tx, id) => {
      await tx.run(sql`delete from platform.blob where id = ${id}`)
    },
    discard: (id) => rm(pathOf(id), { force: true }),
    async sweep(tx, now) {
      let swept = 0
      // A backup that is being written still reads files that its snapshot knows; the next night sweeps them.
      const { free } = await tx.one<{ free: boolean }>(
        sql`select pg_try_advisory_xact_lock(hashtext('safehaven.files')) as free`,
      )
      if (!free) return 0
      for (const group of await readdir(folder).catch(() => [])) {
        const names = await readdir(join(folder, group)).catch(() => [])
        const claimed = new Set(
          (await tx.query<{ id: string }>(sql`select id from platform.blob where id = any(${names})`)).map(
            (row) => row.id,
          ),
        )
        for (const name of names) {
          const path = join(folder, group, name)
          const age = now.getTime() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? now.getTime())
          if (claimed.has(name) || age < DAY) continue
          await rm(path, { force: true })
          swept++
        }
      }
      return swept
    },
  }
  return blobs
}

const missing = () => new Fault('platform.file-missing', 'The file is not kept here any more.', { status: 404 })

async function writeSealed(
  path: string,
  content: AsyncIterable<Uint8Array>,
  limit: number,
  sealing: { keyId: string; key: Buffer },
) {
  const file = await open(path, 'wx', 0o600)
  try {
    const hash = sha256Stream()
    let size = 0
    let index = 0
    let waiting = Buffer.alloc(0)
    await file.write(Buffer.concat([MAGIC, Buffer.from(sealing.keyId, 'hex')]))
    for await (const chunk of content) {
      size += chunk.length
      if (size > limit)
        throw new Fault(
          'platform.file-too-large',
          `The file is larger than ${describeSize(limit)}. Split it, or hand it over by another route.`,
          { status: 413 },
        )
      hash.add(chunk)
      waiting = Buffer.concat([waiting, chunk])
      let start = 0
      // The last piece is only known at the end, so one full piece may wait.
      for (; waiting.length - start > PIECE; start += PIECE)
        await file.write(sealPiece(sealing.key, index++, false, waiting.subarray(start, start + PIECE)))
      waiting = waiting.subarray(start)
    }
    await file.write(sealPiece(sealing.key, index, true, waiting))
    await file.sync()
    return { size, sha256: hash.hex() }
  } finally {
    await file.close()
  }
}

async function* openSealed(path: string, keyOf: (keyId: string) => Buffer): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0)
  let key: Buffer | undefined
  let index = 0
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: PIECE * 4 })) {
      waiting = Buffer.concat([waiting, chunk as Buffer])
      if (key === undefined) {
        if (waiting.length < 8) continue
        if (!waiting.subarray(0, 4).equals(MAGIC)) throw new Error('not a sealed file')
        key = keyOf(waiting.subarray(4, 8).toString('hex'))
        waiting = waiting.subarray(8)
      }
      let start = 0
      for (; waiting.length - start > PIECE + 16; start += PIECE + 16)
        yield openPiece(key, index++, false, waiting.subarray(start, start + PIECE + 16))
      waiting = waiting.subarray(start)
    }
    if (key === undefined) throw new Error('not a sealed file')
    const last = openPiece(key, index, true, waiting)
    if (last.length > 0) yield last
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault('platform.file-damaged', 'The file was altered or damaged on disk and is not given out.', { cause })
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** 26214400 as "25 MB". */
export function describeSize(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024
  return `${Number(value.toFixed(1))} ${units[unit]}`
}
