import { type Context, newId } from '../../platform/index.ts'
import { findProtocol } from '../../protocols/index.ts'
import { dispatch, type SentDocument } from '../../transfer/index.ts'
import { checkers } from '../checking/index.ts'
import { carriedBy } from './carried.ts'
import { changeRecipient, readRaw } from './store.ts'
import type { MessageRow, RecipientRow, Seen } from './types.ts'

const largestFile = 40 * 1024 * 1024

/**
 * Hands one recipient's copy to the custody chain, by the portal or as an encrypted attachment, whichever the protocol holds open; in the
 * caller's transaction, so that it is handed over once. False: no such way is open, and nothing was done.
 */
export async function convertFor(
  ctx: Context,
  row: MessageRow,
  seen: Seen,
  recipient: RecipientRow,
  why: string,
): Promise<boolean> {
  const { disclosure, decision } = seen
  const party = disclosure?.to[recipient.place]
  const protocol = decision && findProtocol(decision.protocol.id)
  if (disclosure === undefined || party === undefined || decision === undefined || protocol === undefined) return false
  const carried = carriedBy(disclosure, party, protocol, decision.protocol.on)
  if (carried === undefined) return false
  const raw = await readRaw(ctx, row.id)
  if (raw === undefined) return false
  const { letter, files } = await checkers().withMessage(raw, (held) => held.ask({ kind: 'letter' }))
  const id = newId()
  const changed = await changeRecipient(
    ctx.tx,
    recipient,
    { state: 'converted', way: 'transfer', route: carried.route, consignment: id, detail: why },
    ctx.now,
  )
  if (!changed) return true
  const documents: SentDocument[] = []
  for (const { name, type, bytes } of files) {
    const kept = await ctx.blobs.keep(ctx.tx, bytes, largestFile)
    documents.push({ blobId: kept.id, name, type, size: kept.size })
  }
  const { party: from, agencyName } = seen.sender
  await dispatch(ctx, {
    id,
    disclosure: carried.disclosure,
    decision: carried.decision,
    ...(row.decision === null ? {} : { decisionId: row.decision }),
    sender: {
      userId: row.senderUser,
      name: row.senderName,
      agency: row.agency,
      agencyName,
      address: row.senderAddress,
      ...(from.telephone === undefined ? {} : { telephone: from.telephone }),
      ...(from.postal === undefined ? {} : { postal: from.postal }),
    },
    documents,
    letter,
    recipients: [{ index: 0, party: carried.disclosure.to[0]!, route: carried.route }],
  })
  return true
}
