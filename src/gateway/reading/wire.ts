/**
 * The raw stream after DATA. Where one server ends a message at a sequence that another reads as text, a second message
 * can be smuggled in the first. Everything but `<CR><LF>.<CR><LF>` is refused, and so is every bare CR, bare LF and NUL
 * (RFC 5321 §2.3.8, §4.1.1.4).
 */

export type StreamFault = 'bare-line-feed' | 'bare-carriage-return' | 'nul' | 'smuggled-end'

export interface StreamVerdict {
  readonly fault: StreamFault
  readonly offset: number
  readonly sentence: string
}

const CR = 13
const LF = 10
const DOT = 46

/** The state carried between chunks: the last bytes seen, so that a sequence split over two packets is found. */
export class StreamGuard {
  private previous = LF
  private beforePrevious = CR
  /** Is the last byte seen a dot that stands alone at the start of a line, however that line was begun? */
  private lonelyDot = false
  private seen = 0
  private readonly stuffed: boolean

  /** `stuffed`: the bytes still carry SMTP's doubled dots, so a line of one dot can only be an end of message. */
  constructor(stuffed = false) {
    this.stuffed = stuffed
  }

  /** Looks at the next bytes, without the final `.` line. Returns the first fault, or undefined. */
  look(chunk: Buffer): StreamVerdict | undefined {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!
      const offset = this.seen + i
      if (this.previous === CR && byte !== LF)
        return fault(this.lonelyDot ? 'smuggled-end' : 'bare-carriage-return', offset)
      if (byte === LF && this.previous !== CR) return fault(this.lonelyDot ? 'smuggled-end' : 'bare-line-feed', offset)
      if (byte === 0) return fault('nul', offset)
      if (this.stuffed && byte === LF && this.lonelyDot) return fault('smuggled-end', offset)
      if (byte === DOT && this.previous === LF && this.beforePrevious === CR) this.lonelyDot = true
      else if (byte !== CR) this.lonelyDot = false
      this.beforePrevious = this.previous
      this.previous = byte
    }
    this.seen += chunk.length
    return undefined
  }

  /** After the last byte: a message must end with a whole line. */
  end(): StreamVerdict | undefined {
    return this.previous === CR ? fault('bare-carriage-return', this.seen) : undefined
  }
}

/** The whole stream at once. */
export function checkStream(raw: Buffer, stuffed = false): StreamVerdict | undefined {
  const guard = new StreamGuard(stuffed)
  return guard.look(raw) ?? guard.end()
}

function fault(kind: StreamFault, offset: number): StreamVerdict {
  const what: Record<StreamFault, string> = {
    'bare-line-feed': 'a line that ends without a carriage return',
    'bare-carriage-return': 'a carriage return that ends no line',
    nul: 'a byte of value zero',
    'smuggled-end': 'a false end of message',
  }
  return {
    fault: kind,
    offset,
    sentence: `This message was refused because it holds ${what[kind]} at byte ${offset}, which servers read in different ways. Nothing was sent. Send it again from an ordinary mail program.`,
  }
}
