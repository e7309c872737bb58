/** The bytes after DATA: guarded against smuggling, bounded in size for one message and for all that are under way together. */
import { limits, StreamGuard } from '../reading/index.ts'
import { Refused } from './replies.ts'

/** Bytes that all messages under way may hold together. */
const mostUnderWay = 400 * 1024 * 1024
let underWay = 0

export const largestMessage = limits.messageBytes

/**
 * The whole message, or a thrown `Refused`. The stream's dots are undone already; that takes away dots only, never a CR, LF or NUL, of which
 * each false end of message holds one, so what is read here tells all of them. It reads to the end in any case: nothing of a refused message is
 * left over to be taken for commands.
 */
export async function receive(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const guard = new StreamGuard()
  const pieces: Buffer[] = []
  let size = 0
  let refused: Refused | undefined
  const drop = () => {
    underWay -= size
    pieces.length = 0
    size = 0
  }
  try {
    for await (const piece of stream) {
      if (refused !== undefined) continue
      const fault = guard.look(piece)
      if (fault !== undefined) refused = new Refused(550, `5.7.1 MAIL-WIRE ${fault.sentence}`)
      else if (size + piece.length > largestMessage)
        refused = new Refused(
          552,
          `5.3.4 This message is larger than ${largestMessage} bytes. Send its files through Safehaven instead.`,
        )
      else if (underWay + piece.length > mostUnderWay)
        refused = new Refused(452, '4.3.1 Too much mail is under way at this moment. It is taken in a few minutes.')
      if (refused !== undefined) {
        drop()
        continue
      }
      pieces.push(piece)
      size += piece.length
      underWay += piece.length
    }
    const fault = guard.end()
    if (refused === undefined && fault !== undefined) refused = new Refused(550, `5.7.1 MAIL-WIRE ${fault.sentence}`)
    if (refused !== undefined) throw refused
    return Buffer.concat(pieces)
  } finally {
    drop()
  }
}
