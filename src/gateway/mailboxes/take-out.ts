/** Takes a message out of a mailbox: from what was sent and what was deleted, and from nowhere else. */
import type { ImapFlow } from 'imapflow'

export interface Place {
  readonly host: string
  readonly port: number
  readonly name: string
  readonly password: string
  /** Further authorities whose certificates count (PEM). */
  readonly ca?: string
}

export type TakenOut =
  | { readonly kind: 'done'; readonly found: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: 'trouble'; readonly sentence: string }

const sent = /^(?:sent|sent items|sent messages|gesendet)$/i
const deleted = /^(?:trash|deleted|deleted items|deleted messages|bin)$/i

/** Looks for each Message-ID, and removes it for good. Gives for each the folders it was in; those not found are absent. */
export async function takeOut(place: Place, messageIds: readonly string[]): Promise<TakenOut> {
  const { ImapFlow } = await import('imapflow')
  const { host, port, name, password, ca } = place
  const secure = port !== 143
  const client = new ImapFlow({
    host,
    port,
    secure,
    // Nothing is said before the line is encrypted, and nothing to a server that nobody vouches for.
    ...(secure ? {} : { doSTARTTLS: true }),
    auth: { user: name, pass: password },
    logger: false,
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
  })
  client.on('error', () => {
    // Told by what is awaited.
  })
  try {
    await client.connect()
    if (!client.capabilities.has('UIDPLUS'))
      return {
        kind: 'trouble',
        sentence: 'The mail server cannot remove single messages (UIDPLUS), so this is left to you.',
      }
    const found = new Map<string, string[]>()
    for (const folder of await client.list()) {
      const wanted =
        folder.specialUse === '\\Sent' ||
        folder.specialUse === '\\Trash' ||
        sent.test(folder.name) ||
        deleted.test(folder.name)
      if (wanted) await takeOutOf(client, folder.path, messageIds, found)
    }
    return { kind: 'done', found }
  } catch (error) {
    return { kind: 'trouble', sentence: troubleWith(error) }
  } finally {
    await client.logout().catch(() => client.close())
  }
}

async function takeOutOf(
  client: ImapFlow,
  folder: string,
  messageIds: readonly string[],
  found: Map<string, string[]>,
): Promise<void> {
  const lock = await client.getMailboxLock(folder)
  try {
    for (const messageId of messageIds) {
      const near = await client.search({ header: { 'message-id': messageId } }, { uid: true })
      if (!near || near.length === 0 || near.length > 100) continue
      // Servers search for a part of the field: only the very same one is taken.
      const same: number[] = []
      for (const { uid, envelope } of await client.fetchAll(near, { uid: true, envelope: true }, { uid: true }))
        if (envelope?.messageId?.trim() === messageId) same.push(uid)
      if (same.length === 0) continue
      if (await client.messageDelete(same, { uid: true }))
        found.set(messageId, [...(found.get(messageId) ?? []), folder])
    }
  } finally {
    lock.release()
  }
}

function troubleWith(error: unknown): string {
  const { authenticationFailed, code, message } = error as {
    authenticationFailed?: boolean
    code?: string
    message?: string
  }
  if (authenticationFailed) return 'The mail server does not take the name and password. Enter them again.'
  if (/CERT|SELF_SIGNED|ALTNAME|certificate/i.test(`${code} ${message}`))
    return 'Nobody vouches for the certificate of the mail server. Ask whoever looks after it.'
  return 'The mail server could not be reached. It is tried again.'
}
