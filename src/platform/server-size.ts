import { statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

const MB = 1024 * 1024

/**
 * Settings of the embedded server that go by the machine: an index that does not fit into what PostgreSQL keeps of it is read and written page by page,
 * and a log that is full too soon writes every page whole again. What a commit promises is none of them.
 */
export function sizeFlags(folder: string): string[] {
  const memory = memoryOf() / MB
  const shared = within(memory / 4, 128, 2048)
  return [
    `shared_buffers=${shared}MB`,
    `effective_cache_size=${within(memory / 2, 256, 65_536)}MB`,
    `maintenance_work_mem=${within(memory / 32, 64, 512)}MB`,
    `max_wal_size=${within(freeOn(folder) / MB / 16, 1024, 4096)}MB`,
    'checkpoint_timeout=15min',
  ]
}

const within = (wanted: number, least: number, most: number): number =>
  Math.round(Math.min(Math.max(wanted, least), most))

/** Bytes that this process may use: of the machine, or of the container it is kept in. */
function memoryOf(): number {
  const bound = process.constrainedMemory() || Number.POSITIVE_INFINITY
  return Math.min(totalmem(), bound)
}

function freeOn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}
