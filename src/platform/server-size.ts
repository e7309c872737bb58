import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

const MB = 1024 * 1024

/** What a machine has to give, in bytes. */
export interface Room {
  readonly memory: number
  /** On the disk where the data lies. */
  readonly free: number
}

/**
 * Settings of the embedded server that go by the machine: an index that does not fit into what PostgreSQL keeps of it is read and written page by page,
 * and a log that is full too soon writes every page whole again. What a commit promises is none of them.
 */
export function sizeFlags({ memory, free }: Room): string[] {
  return [
    `shared_buffers=${megabytes(memory / 4, 128, 2048)}`,
    `effective_cache_size=${megabytes(memory / 2, 256, 65_536)}`,
    `maintenance_work_mem=${megabytes(memory / 32, 64, 512)}`,
    `max_wal_size=${megabytes(free / 16, 1024, 4096)}`,
    'checkpoint_timeout=15min',
  ]
}

const megabytes = (bytes: number, least: number, most: number): string =>
  `${Math.round(Math.min(Math.max(bytes / MB, least), most))}MB`

/** What the machine, or the container that this process is kept in, has to give beside what lies in `folder`. */
export function roomAt(folder: string): Room {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY)
  try {
    const { bavail, bsize } = statfsSync(folder)
    return { memory, free: bavail * bsize }
  } catch {
    return { memory, free: 0 }
  }
}
