import { type Context, sql, type Tx } from '../../platform/index.ts'

export interface Mailbox {
  readonly userId: string
  readonly host: string
  readonly port: number
  readonly name: string
  readonly workedAt: Date | null
  readonly triedAt: Date | null
  readonly trouble: string
}

export interface Tidying {
  readonly message: string
  readonly reference: string
  readonly state: 'not-owed' | 'owed' | 'done'
  readonly cites: readonly string[]
  readonly due: Date
  readonly messageId: string | null
  readonly doneAt: Date | null
  readonly doneBy: string | null
  readonly detail: string
}

const BOX = sql`user_id as "userId", host, port, name, worked_at as "workedAt", tried_at as "triedAt", trouble`
const TIDYING = sql`t.message, m.reference, t.state, t.cites, t.due, t.message_id as "messageId", t.done_at as "doneAt", t.done_by as "doneBy", t.detail`

export const mailboxOf = (tx: Tx, user: string): Promise<Mailbox | undefined> =>
  tx.maybe(sql`select ${BOX} from gateway.mailbox where user_id = ${user}`)

export async function keepMailbox(
  ctx: Context,
  box: { host: string; port: number; name: string; password: string },
): Promise<void> {
  const sealed = ctx.secrets.seal('gateway.mailbox', box.password, ctx.actor.id)
  await ctx.tx.run(sql`insert into gateway.mailbox (user_id, agency, host, port, name, sealed_password, made_at)
    values (${ctx.actor.id}, ${ctx.actor.agency}, ${box.host}, ${box.port}, ${box.name}, ${sealed}, ${ctx.now})
    on conflict (user_id) do update set host = excluded.host, port = excluded.port, name = excluded.name, sealed_password = excluded.sealed_password,
      made_at = excluded.made_at, worked_at = null, tried_at = null, trouble = ''`)
}

export const forgetMailbox = (tx: Tx, user: string): Promise<number> =>
  tx.run(sql`delete from gateway.mailbox where user_id = ${user}`)

export async function mailboxPassword(
  { tx, secrets }: Pick<Context, 'tx' | 'secrets'>,
  user: string,
): Promise<string | undefined> {
  const row = await tx.maybe<{ sealed: Buffer }>(
    sql`select sealed_password as sealed from gateway.mailbox where user_id = ${user}`,
  )
  return row && secrets.open('gateway.mailbox', row.sealed, user).toString('utf8')
}

export const noteMailbox = (tx: Tx, user: string, now: Date, trouble: string): Promise<number> =>
  tx.run(sql`update gateway.mailbox set tried_at = ${now}, trouble = ${trouble},
    worked_at = case when ${trouble} = '' then ${now}::timestamptz else worked_at end where user_id = ${user}`)

/** Messages that went and of which nobody has looked whether their sender's copy is to go. */
export const unlooked = (tx: Tx, most: number): Promise<{ id: string }[]> =>
  tx.query(sql`select m.id from gateway.message m where m.state = 'done' and m.sealed_raw is not null
    and not exists (select from gateway.tidying t where t.message = m.id) order by m.at limit ${most}`)

export interface NewTidying {
  readonly message: string
  readonly agency: string
  readonly senderUser: string
  readonly owed: boolean
  readonly cites: readonly string[]
  readonly due: Date
  readonly messageId: string | undefined
}

export const insertTidying = (tx: Tx, one: NewTidying): Promise<number> =>
  tx.run(sql`insert into gateway.tidying (message, agency, sender_user, state, cites, due, message_id)
    values (${one.message}::uuid, ${one.agency}, ${one.senderUser}, ${one.owed ? 'owed' : 'not-owed'}, ${[...one.cites]}::text[], ${one.due}, ${one.messageId ?? null})
    on conflict do nothing`)

/** What this user's mailbox still holds, the most urgent first. */
export const owedBy = (tx: Tx, user: string, most: number): Promise<Tidying[]> =>
  tx.query(sql`select ${TIDYING} from gateway.tidying t join gateway.message m on m.id = t.message
    where t.sender_user = ${user} and t.state = 'owed' order by t.due limit ${most}`)

export const tidyingOf = (tx: Tx, message: string): Promise<Tidying | undefined> =>
  tx.maybe(
    sql`select ${TIDYING} from gateway.tidying t join gateway.message m on m.id = t.message where t.message = ${message}::uuid and t.state <> 'not-owed'`,
  )

/** Users with a connected mailbox and a copy in it that is to go. */
export const mailboxesWithWork = (tx: Tx): Promise<Mailbox[]> =>
  tx.query(sql`select ${BOX} from gateway.mailbox b where exists (select from gateway.tidying t
    where t.sender_user = b.user_id and t.state = 'owed' and t.message_id is not null) order by tried_at nulls first limit 500`)

export const settleTidying = (tx: Tx, message: string, by: string, now: Date, detail: string): Promise<number> =>
  tx.run(
    sql`update gateway.tidying set state = 'done', done_at = ${now}, done_by = ${by}, detail = ${detail} where message = ${message}::uuid and state = 'owed'`,
  )
