/** Whether a protocol wants the sender's copy out of the mailbox. Pure. */
import type { Protocol, Route } from '../../protocols/index.ts'
import { channelDecision } from '../facts/index.ts'
import type { Seen } from '../queue/index.ts'

const byMail: readonly Route[] = ['internal-email', 'secure-email', 'encrypted-attachment']

/**
 * The rules that ask for it (CUM-23, CUM-32). What was handed in as e-mail stands in the sender's mailbox whichever way it went on: so every
 * way of e-mail is asked about, and for a recipient to whom none is open, the sender's own mailbox is.
 */
export function owesTidying({ disclosure, decision }: Seen, protocol: Protocol): readonly string[] {
  if (disclosure === undefined || decision === undefined) return []
  const cites = new Set<string>()
  for (const party of [...disclosure.to, disclosure.from])
    for (const route of byMail)
      for (const owed of channelDecision({ ...disclosure, to: [party], route }, protocol, decision.protocol.on)
        .obligations)
        if (owed.id === 'remove-from-mailboxes') for (const one of owed.cites) cites.add(one)
  return [...cites]
}
