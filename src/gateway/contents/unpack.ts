/** Decompression within the message's budget. */
import { constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { Exhausted, type Work } from './work.ts'

function within(work: Work, run: (most: number) => Buffer): Buffer | undefined {
  const most = work.unpackedLeft
  if (most === 0) throw new Exhausted('it unpacks to more than this gateway takes')
  try {
    const bytes = run(most)
    // Opening costs something however little comes out.
    work.spendBytes(Math.max(4096, bytes.length))
    return bytes
  } catch (error) {
    if (error instanceof Exhausted) throw error
    if (error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Exhausted('it unpacks to more than this gateway takes')
    return undefined
  }
}

/** Each returns undefined when the bytes are not what they should be. */
export const inflateRaw = (work: Work, bytes: Buffer) =>
  within(work, (most) => inflateRawSync(bytes, { maxOutputLength: most }))
export const gunzip = (work: Work, bytes: Buffer) =>
  within(work, (most) => gunzipSync(bytes, { maxOutputLength: most }))

/** Zlib streams as PDFs carry them, cut short or with a wrong checksum as often as not. */
export const inflateZlib = (work: Work, bytes: Buffer) =>
  within(work, (most) => inflateSync(bytes, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH }))
