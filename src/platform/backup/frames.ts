// What stands in a backup, as a row of frames: one byte of kind, four of length, then the content.
import { BackupRefused } from './refused.ts'

/** M manifest · B a file beside the database · T a table · F a kept file · D content of the one before · E its end · X it broke off · Z the end of everything. */
export type FrameKind = 'M' | 'B' | 'T' | 'F' | 'D' | 'E' | 'X' | 'Z'
export interface Frame {
  readonly kind: FrameKind
  readonly content: Buffer
}

const LARGEST = 1 << 20

/** The bytes of one part's content, cut into frames that fit. */
export function* framesOf(kind: FrameKind, content: Uint8Array): Generator<Buffer> {
  for (let at = 0; at === 0 || at < content.length; at += LARGEST) {
    const piece = content.subarray(at, at + LARGEST)
    const head = Buffer.alloc(5)
    head.write(kind, 0, 'latin1')
    head.writeUInt32BE(piece.length, 1)
    yield head
    yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
  }
}

export const jsonFrame = (kind: FrameKind, document: unknown): Generator<Buffer> =>
  framesOf(kind, Buffer.from(JSON.stringify(document)))

/** The frames in a stream of bytes. Throws BackupRefused where the stream ends within one. */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let waiting: Buffer = Buffer.alloc(0)
  for await (const piece of source) {
    waiting = waiting.length === 0 ? piece : Buffer.concat([waiting, piece])
    let at = 0
    while (waiting.length - at >= 5) {
      const length = waiting.readUInt32BE(at + 1)
      if (length > LARGEST) throw strange()
      if (waiting.length - at - 5 < length) break
      const kind = waiting.toString('latin1', at, at + 1) as FrameKind
      yield { kind, content: waiting.subarray(at + 5, at + 5 + length) }
      at += 5 + length
    }
    waiting = waiting.subarray(at)
  }
  if (waiting.length > 0) throw strange()
}

// Every piece was proved before, so this is another version's work and not damage.
export const strange = (): BackupRefused =>
  new BackupRefused('other-version', 'This backup is written in a way that this version of Safehaven does not read.')
