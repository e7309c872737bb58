// Reads a backup part by part, and checks each against the sum that stands at its end.
import { sha256Stream } from '../crypto.ts'
import type { Secrets } from '../secrets.ts'
import type { Closing, Manifest, PartSum } from './contents.ts'
import { type Frame, type FrameKind, readFrames, strange } from './frames.ts'
import { BackupRefused } from './refused.ts'
import { readSealed } from './sealed-stream.ts'

export interface Part {
  readonly kind: 'B' | 'T' | 'F'
  readonly name: string
  readonly columns: readonly string[]
  /** Its content; to be read to the end before the next part is asked for. */
  content(): AsyncGenerator<Buffer>
}

export interface Parts {
  readonly manifest: Manifest
  /** Each part in turn. */
  each(): AsyncGenerator<Part>
  /** What stood at the end, once `each` has ended. Throws BackupRefused where parts are not those that were written. */
  closing(): Closing
  /** Lets go of the file. */
  close(): Promise<void>
}

/** Opens a backup and reads its front. Throws BackupRefused. */
export async function openParts(path: string, secrets: Secrets): Promise<Parts> {
  const frames = readFrames(readSealed(path, secrets))
  const next = async (): Promise<Frame> => {
    const { done, value } = await frames.next()
    if (done) throw strange()
    return value
  }
  const close = async () => void (await frames.return(undefined))
  const manifest = await (async () => {
    const front = documentOf<Manifest>(await next(), 'M')
    if (front.format !== 1) throw strange()
    return front
  })().catch(async (error) => {
    await close()
    throw error
  })
  const seen: PartSum[] = []
  let closing: Closing | undefined

  async function* contentOf(name: string): AsyncGenerator<Buffer> {
    const hash = sha256Stream()
    let bytes = 0
    for (;;) {
      const frame = await next()
      if (frame.kind === 'X') return
      if (frame.kind === 'E') {
        const said = documentOf<PartSum>(frame, 'E')
        if (said.name !== name || said.bytes !== bytes || said.sha256 !== hash.hex()) throw unlike()
        seen.push(said)
        return
      }
      if (frame.kind !== 'D') throw strange()
      hash.add(frame.content)
      bytes += frame.content.length
      yield frame.content
    }
  }

  return {
    manifest,
    close,
    async *each() {
      for (;;) {
        const frame = await next()
        if (frame.kind === 'Z') {
          closing = documentOf<Closing>(frame, 'Z')
          if (!(await frames.next()).done) throw strange()
          return
        }
        if (frame.kind !== 'B' && frame.kind !== 'T' && frame.kind !== 'F') throw strange()
        const { name, columns = [] } = documentOf<{ name: string; columns?: string[] }>(frame, frame.kind)
        yield { kind: frame.kind, name, columns, content: () => contentOf(name) }
      }
    },
    closing() {
      if (closing === undefined) throw unlike()
      const { missing, parts } = closing
      const whole = seen.filter((one) => !missing.includes(one.name))
      if (whole.length !== parts.length) throw unlike()
      parts.forEach((part, index) => {
        const { name, bytes, sha256 } = whole[index]!
        if (part.name !== name || part.bytes !== bytes || part.sha256 !== sha256) throw unlike()
      })
      return closing
    },
  }
}

function documentOf<Document>(frame: Frame, kind: FrameKind): Document {
  if (frame.kind !== kind) throw strange()
  return JSON.parse(frame.content.toString('utf8')) as Document
}

export const unlike = (): BackupRefused =>
  new BackupRefused('damaged', 'This backup does not hold what it says that it holds. Take another copy of it.')
