import { statfs } from 'node:fs/promises'

/** Bytes that stay free on the disk of the data folder: the database needs room to go on, and to start again. */
export const usualReserve = 64 * 1024 * 1024
const looksAgainAfter = 250

/** Whether the disk has room for a message, so that a full one is answered before anything is begun. */
export class RoomLeft {
  private readonly folder: string
  private readonly reserve: number
  private free: Promise<number> | undefined
  private lookedAt = 0

  constructor(folder: string, reserve = usualReserve) {
    this.folder = folder
    this.reserve = reserve
  }

  /** A message is written several times over: to the log of the database, to its table, and as files where it is converted. */
  async for(bytes: number): Promise<boolean> {
    return (await this.look()) > this.reserve + 4 * bytes
  }

  private look(): Promise<number> {
    const now = performance.now()
    if (this.free === undefined || now - this.lookedAt > looksAgainAfter) {
      this.lookedAt = now
      // Where the system does not tell, the database and the disk still say so themselves.
      this.free = statfs(this.folder).then(
        ({ bavail, bsize }) => bavail * bsize,
        () => Number.POSITIVE_INFINITY,
      )
    }
    return this.free
  }
}
