import { sql, type Tx } from '../../platform/index.ts'

export interface PasswordRow {
  readonly id: string
  readonly hash: string | null
  readonly expiresAt: Date | null
}

export const passwordOf = (tx: Tx, username: string): Promise<PasswordRow | undefined> =>
  tx.maybe<PasswordRow>(sql`select id, password_hash as hash, password_expires_at as "expiresAt" from people.user_account
    where username = ${username} and closed_at is null`)

export async function setPassword(tx: Tx, id: string, hash: string, now: Date, expiresAt?: Date): Promise<void> {
  await tx.run(
    sql`update people.user_account set password_hash = ${hash}, password_set_at = ${now}, password_expires_at = ${expiresAt ?? null} where id = ${id}::uuid`,
  )
}

export interface AuthenticatorRow {
  readonly sealed: Buffer
  readonly confirmedAt: Date | null
  readonly lastStep: number
}

/** The row is locked, so that two codes given at once are judged one after the other. */
export const authenticatorOf = (tx: Tx, user: string): Promise<AuthenticatorRow | undefined> =>
  tx.maybe<AuthenticatorRow>(
    sql`select sealed, confirmed_at as "confirmedAt", last_step as "lastStep" from people.authenticator where user_id = ${user}::uuid for update`,
  )

/** Begins an authenticator; one that is confirmed is replaced only by `dropAuthenticator` first. */
export async function beginAuthenticator(tx: Tx, user: string, sealed: Buffer): Promise<void> {
  await tx.run(sql`insert into people.authenticator (user_id, sealed) values (${user}::uuid, ${sealed})
    on conflict (user_id) do update set sealed = excluded.sealed, last_step = 0 where people.authenticator.confirmed_at is null`)
}

export async function useStep(tx: Tx, user: string, step: number, now: Date): Promise<void> {
  await tx.run(
    sql`update people.authenticator set last_step = ${step}, confirmed_at = coalesce(confirmed_at, ${now}) where user_id = ${user}::uuid`,
  )
}

export async function dropAuthenticator(tx: Tx, user: string): Promise<void> {
  await tx.run(sql`delete from people.authenticator where user_id = ${user}::uuid`)
}

export interface PasskeyRow {
  readonly id: string
  readonly userId: string
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: string[]
  readonly label: string
  readonly addedAt: Date
  readonly lastUsedAt: Date | null
}
const PASSKEY = sql`id, user_id as "userId", public_key as "publicKey", counter, transports, label, added_at as "addedAt", last_used_at as "lastUsedAt"`

export const passkeysOf = (tx: Tx, user: string): Promise<PasskeyRow[]> =>
  tx.query<PasskeyRow>(sql`select ${PASSKEY} from people.passkey where user_id = ${user}::uuid order by added_at`)

export const passkeyById = (tx: Tx, id: string): Promise<PasskeyRow | undefined> =>
  tx.maybe<PasskeyRow>(sql`select ${PASSKEY} from people.passkey where id = ${id} for update`)

export async function addPasskey(tx: Tx, key: Omit<PasskeyRow, 'lastUsedAt'>): Promise<boolean> {
  return (
    (await tx.run(sql`insert into people.passkey (id, user_id, public_key, counter, transports, label, added_at)
      values (${key.id}, ${key.userId}::uuid, ${key.publicKey}, ${key.counter}, ${key.transports}::text[], ${key.label}, ${key.addedAt}) on conflict (id) do nothing`)) ===
    1
  )
}

export async function usePasskey(tx: Tx, id: string, counter: number, now: Date): Promise<void> {
  await tx.run(sql`update people.passkey set counter = ${counter}, last_used_at = ${now} where id = ${id}`)
}

export async function dropPasskey(tx: Tx, user: string, id: string): Promise<boolean> {
  return (await tx.run(sql`delete from people.passkey where id = ${id} and user_id = ${user}::uuid`)) === 1
}

export async function askPasskey(
  tx: Tx,
  session: string,
  challenge: string,
  kind: 'add' | 'sign-in',
  now: Date,
): Promise<void> {
  await tx.run(sql`delete from people.passkey_question where asked_at < ${new Date(now.getTime() - 600_000)}`)
  await tx.run(sql`insert into people.passkey_question (session, challenge, kind, asked_at) values (${session}, ${challenge}, ${kind}, ${now})
    on conflict (session) do update set challenge = excluded.challenge, kind = excluded.kind, asked_at = excluded.asked_at`)
}

/** Takes the question that was asked within the last five minutes; it is answered once. */
export async function takeQuestion(
  tx: Tx,
  session: string,
  kind: 'add' | 'sign-in',
  now: Date,
): Promise<string | undefined> {
  const found = await tx.query<{
    challenge: string
  }>(sql`delete from people.passkey_question where session = ${session} and kind = ${kind}
    and asked_at > ${new Date(now.getTime() - 300_000)} returning challenge`)
  return found[0]?.challenge
}

export interface Bucket {
  readonly failures: number
  readonly lastAt: Date
}
export const bucketOf = (tx: Tx, bucket: string): Promise<Bucket | undefined> =>
  tx.maybe<Bucket>(sql`select failures, last_at as "lastAt" from people.wrong_password where bucket = ${bucket}`)

export async function countFailure(tx: Tx, bucket: string, now: Date, forgetAfter: number): Promise<void> {
  await tx.run(sql`insert into people.wrong_password as w (bucket, failures, last_at) values (${bucket}, 1, ${now})
    on conflict (bucket) do update set last_at = ${now}, failures = case when w.last_at < ${new Date(now.getTime() - forgetAfter)} then 1 else w.failures + 1 end`)
}

export async function forgetFailures(tx: Tx, bucket: string): Promise<void> {
  await tx.run(sql`delete from people.wrong_password where bucket = ${bucket}`)
}
