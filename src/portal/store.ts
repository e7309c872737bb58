import { type Context, fingerprint, newId, newToken, type Secrets, sql, type Tx } from '../platform/index.ts'

/** Everyone outside signs in anew. */
export async function endSittings(tx: Tx): Promise<void> {
  await tx.run(sql`delete from portal.sitting`)
}

/** What lies in the portal for one recipient. */
export interface Carried {
  readonly reference: string
  readonly senderName: string
  readonly senderAgency: string
  readonly senderTelephone?: string
  readonly recipientName: string
  readonly letter: string
  readonly documents: readonly {
    readonly blobId: string
    readonly name: string
    readonly type: string
    readonly size: number
  }[]
  /** What the recipient is asked to keep to, in sentences. */
  readonly conditions: readonly string[]
}

export interface Message {
  readonly id: string
  readonly dispatchId: string
  readonly address: string
  readonly carried: Carried
  readonly codeTries: number
  readonly codeToldAt: Date | null
  readonly codeToldBy: string | null
  readonly invitedAt: Date | null
  readonly verifiedAt: Date | null
  readonly openedAt: Date | null
  readonly actedAt: Date | null
  readonly recalledAt: Date | null
  readonly expiresAt: Date
}

/** A wrong code may be tried this often; then the sender gives a new one. */
export const CODE_TRIES = 5

const PURPOSE = 'portal.message'
const columns = sql`id, dispatch_id as "dispatchId", address, sealed, code_tries as "codeTries", code_told_at as "codeToldAt", code_told_by as "codeToldBy",
  invited_at as "invitedAt", verified_at as "verifiedAt", opened_at as "openedAt", acted_at as "actedAt", recalled_at as "recalledAt", expires_at as "expiresAt"`

type Row = Omit<Message, 'carried'> & { readonly sealed: Buffer }

function read(secrets: Secrets, row: Row | undefined): Message | undefined {
  if (row === undefined) return undefined
  const { sealed, ...rest } = row
  return { ...rest, carried: JSON.parse(secrets.open(PURPOSE, sealed, row.id).toString('utf8')) as Carried }
}

/** Puts a message there, or finds the one that the dispatch already has; gives the link's token the first time only. */
export async function putMessage(
  ctx: Context,
  found: { dispatchId: string; agency: string; address: string; carried: Carried; code: string; expiresAt: Date },
): Promise<{ id: string; token: string } | undefined> {
  const id = newId()
  const token = newToken()
  const made =
    await ctx.tx.run(sql`insert into portal.message (id, dispatch_id, agency, address, sealed, link_fingerprint, code_sealed, expires_at, created_at)
    values (${id}, ${found.dispatchId}, ${found.agency}, ${found.address.toLowerCase()}, ${ctx.secrets.seal(PURPOSE, JSON.stringify(found.carried), id)}, ${fingerprint(token)},
      ${ctx.secrets.seal('portal.code', found.code, id)}, ${found.expiresAt}, ${ctx.now}) on conflict (dispatch_id) do nothing`)
  return made === 0 ? undefined : { id, token }
}

/** A new link for a message whose invitation has not gone out yet: the old one was never told to anybody. */
export async function renewLink(tx: Tx, dispatchId: string): Promise<{ id: string; token: string } | undefined> {
  const token = newToken()
  const row = await tx.maybe<{ id: string }>(
    sql`update portal.message set link_fingerprint = ${fingerprint(token)} where dispatch_id = ${dispatchId} and invited_at is null returning id`,
  )
  return row && { id: row.id, token }
}

export async function messageByLink(ctx: Context, token: string): Promise<Message | undefined> {
  return read(
    ctx.secrets,
    await ctx.tx.maybe<Row>(sql`select ${columns} from portal.message where link_fingerprint = ${fingerprint(token)}`),
  )
}
export async function messageById(ctx: Context, id: string): Promise<Message | undefined> {
  return read(ctx.secrets, await ctx.tx.maybe<Row>(sql`select ${columns} from portal.message where id = ${id}`))
}
export async function messageOfDispatch(ctx: Context, dispatchId: string): Promise<Message | undefined> {
  return read(
    ctx.secrets,
    await ctx.tx.maybe<Row>(sql`select ${columns} from portal.message where dispatch_id = ${dispatchId}`),
  )
}

export async function codeOf(ctx: Context, id: string): Promise<string> {
  const { code } = await ctx.tx.one<{ code: Buffer }>(
    sql`select code_sealed as code from portal.message where id = ${id}`,
  )
  return ctx.secrets.open('portal.code', code, id).toString('utf8')
}
export async function setCode(ctx: Context, id: string, code: string): Promise<void> {
  await ctx.tx.run(
    sql`update portal.message set code_sealed = ${ctx.secrets.seal('portal.code', code, id)}, code_tries = 0, code_told_at = null, code_told_by = null where id = ${id}`,
  )
}
export async function noteCodeTold(ctx: Context, id: string): Promise<void> {
  await ctx.tx.run(
    sql`update portal.message set code_told_at = ${ctx.now}, code_told_by = ${ctx.actor.name} where id = ${id}`,
  )
}
export async function countCodeTry(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`update portal.message set code_tries = code_tries + 1 where id = ${id}`)
}
export async function noteInvited(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.run(sql`update portal.message set invited_at = ${at} where id = ${id} and invited_at is null`)
}
export async function noteVerified(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.run(
    sql`update portal.message set verified_at = coalesce(verified_at, ${at}), code_tries = 0 where id = ${id}`,
  )
}
export async function noteOpened(tx: Tx, id: string, at: Date): Promise<boolean> {
  return (await tx.run(sql`update portal.message set opened_at = ${at} where id = ${id} and opened_at is null`)) > 0
}
export async function noteActed(tx: Tx, id: string, at: Date): Promise<boolean> {
  return (await tx.run(sql`update portal.message set acted_at = ${at} where id = ${id} and acted_at is null`)) > 0
}
export async function recall(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.run(sql`update portal.message set recalled_at = ${at} where id = ${id} and recalled_at is null`)
  await tx.run(sql`delete from portal.sitting where message_id = ${id}`)
}

export interface Reader {
  readonly passwordHash: string
  readonly wrongTries: number
  readonly waitUntil: Date | null
}
export async function readerOf(tx: Tx, address: string): Promise<Reader | undefined> {
  return tx.maybe<Reader>(
    sql`select password_hash as "passwordHash", wrong_tries as "wrongTries", wait_until as "waitUntil" from portal.reader where address = ${address.toLowerCase()}`,
  )
}
export async function keepReader(tx: Tx, address: string, passwordHash: string, at: Date): Promise<boolean> {
  return (
    (await tx.run(
      sql`insert into portal.reader (address, password_hash, created_at) values (${address.toLowerCase()}, ${passwordHash}, ${at}) on conflict do nothing`,
    )) > 0
  )
}
export async function countWrongPassword(tx: Tx, address: string, waitUntil: Date | null): Promise<void> {
  await tx.run(
    sql`update portal.reader set wrong_tries = wrong_tries + 1, wait_until = ${waitUntil} where address = ${address.toLowerCase()}`,
  )
}
export async function forgiveWrongPasswords(tx: Tx, address: string): Promise<void> {
  await tx.run(
    sql`update portal.reader set wrong_tries = 0, wait_until = null where address = ${address.toLowerCase()}`,
  )
}

/** A sitting ends after 30 minutes without a look, and after 4 hours in any case. */
export async function openSitting(tx: Tx, messageId: string, at: Date): Promise<string> {
  const token = newToken()
  await tx.run(
    sql`insert into portal.sitting (fingerprint, message_id, opened_at, last_seen_at) values (${fingerprint(token)}, ${messageId}, ${at}, ${at})`,
  )
  return token
}
export async function sittingFor(ctx: Context, token: string | undefined, messageId: string): Promise<boolean> {
  if (token === undefined) return false
  const touched =
    await ctx.tx.run(sql`update portal.sitting set last_seen_at = ${ctx.now} where fingerprint = ${fingerprint(token)} and message_id = ${messageId}
    and last_seen_at > ${ctx.now}::timestamptz - interval '30 minutes' and opened_at > ${ctx.now}::timestamptz - interval '4 hours'`)
  return touched > 0
}
export async function endSitting(tx: Tx, token: string): Promise<void> {
  await tx.run(sql`delete from portal.sitting where fingerprint = ${fingerprint(token)}`)
}

export async function noteViewing(ctx: Context, messageId: string, what: string): Promise<void> {
  await ctx.tx.run(sql`insert into portal.viewing (message_id, at, what) values (${messageId}, ${ctx.now}, ${what})`)
}
export async function viewingsOf(tx: Tx, messageId: string): Promise<{ at: Date; what: string }[]> {
  return tx.query(sql`select at, what from portal.viewing where message_id = ${messageId} order by at`)
}

export interface Reply {
  readonly at: Date
  readonly acted: boolean
  readonly words: string
}
export async function keepReply(ctx: Context, messageId: string, words: string, acted: boolean): Promise<void> {
  const id = newId()
  await ctx.tx.run(
    sql`insert into portal.reply (id, message_id, at, acted, sealed) values (${id}, ${messageId}, ${ctx.now}, ${acted}, ${ctx.secrets.seal('portal.reply', words, id)})`,
  )
}
export async function repliesTo(ctx: Context, messageId: string): Promise<Reply[]> {
  const rows = await ctx.tx.query<{ id: string; at: Date; acted: boolean; sealed: Buffer }>(
    sql`select id, at, acted, sealed from portal.reply where message_id = ${messageId} order by at`,
  )
  return rows.map(({ id, at, acted, sealed }) => ({
    at,
    acted,
    words: ctx.secrets.open('portal.reply', sealed, id).toString('utf8'),
  }))
}

/** Messages whose time is over and that nobody need see any more. */
export async function dropExpired(tx: Tx, before: Date): Promise<number> {
  await tx.run(sql`delete from portal.sitting where last_seen_at < ${before}::timestamptz - interval '1 day'`)
  return tx.run(
    sql`update portal.message set recalled_at = ${before} where expires_at < ${before} and recalled_at is null`,
  )
}
