import { sql, type Tx } from '../../platform/index.ts'

export interface MailPassword {
  readonly id: string
  readonly kind: 'user' | 'relay'
  readonly agency: string
  readonly userId: string
  /** What is signed in with. */
  readonly name: string
  readonly label: string
  readonly hash: string
  readonly madeAt: Date
  readonly usedAt: Date | null
}

const COLUMNS = sql`id, kind, agency, user_id as "userId", name, label, hash, made_at as "madeAt", used_at as "usedAt"`

export const mailPasswordNamed = (tx: Tx, name: string): Promise<MailPassword | undefined> =>
  tx.maybe<MailPassword>(sql`select ${COLUMNS} from gateway.mail_password where name = ${name} and ended_at is null`)

export const mailPasswordsOf = (tx: Tx, user: string): Promise<MailPassword[]> =>
  tx.query<MailPassword>(
    sql`select ${COLUMNS} from gateway.mail_password where user_id = ${user} and ended_at is null order by made_at`,
  )

export async function addMailPassword(tx: Tx, made: Omit<MailPassword, 'usedAt'>): Promise<void> {
  await tx.run(sql`insert into gateway.mail_password (id, kind, agency, user_id, name, label, hash, made_at)
    values (${made.id}::uuid, ${made.kind}, ${made.agency}, ${made.userId}, ${made.name}, ${made.label}, ${made.hash}, ${made.madeAt})`)
}

export async function endMailPassword(tx: Tx, user: string, id: string, now: Date): Promise<boolean> {
  return (
    (await tx.run(sql`update gateway.mail_password set ended_at = ${now}
      where id = ${id}::uuid and user_id = ${user} and ended_at is null`)) === 1
  )
}

export async function markUsed(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.run(sql`update gateway.mail_password set used_at = ${now}
    where id = ${id}::uuid and (used_at is null or used_at < ${new Date(now.getTime() - 3_600_000)})`)
}
