import { sql, type Tx } from '../../platform/index.ts'

export type Factor = 'authenticator' | 'passkey' | 'oidc'

export interface SessionRow {
  /** The fingerprint of the browser's token. */
  readonly id: string
  readonly userId: string
  /** Absent while the second step is owed. */
  readonly factor: Factor | null
  readonly begunAt: Date
  readonly seenAt: Date
  readonly browser: string | null
  readonly wrongCodes: number
}
const COLUMNS = sql`id, user_id as "userId", factor, begun_at as "begunAt", seen_at as "seenAt", browser, wrong_codes as "wrongCodes"`

export const sessionById = (tx: Tx, id: string): Promise<SessionRow | undefined> =>
  tx.maybe<SessionRow>(sql`select ${COLUMNS} from people.session where id = ${id} and ended_at is null`)

export const sessionsOf = (tx: Tx, user: string): Promise<SessionRow[]> =>
  tx.query<SessionRow>(
    sql`select ${COLUMNS} from people.session where user_id = ${user}::uuid and ended_at is null and factor is not null order by seen_at desc`,
  )

export async function beginSession(
  tx: Tx,
  id: string,
  user: string,
  factor: Factor | undefined,
  browser: string | undefined,
  now: Date,
): Promise<void> {
  await tx.run(sql`insert into people.session (id, user_id, factor, begun_at, seen_at, browser)
    values (${id}, ${user}::uuid, ${factor ?? null}, ${now}, ${now}, ${browser?.slice(0, 300) ?? null})`)
}

export async function touchSession(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.run(sql`update people.session set seen_at = ${now} where id = ${id}`)
}

export async function countWrongCode(tx: Tx, id: string): Promise<number> {
  return (
    await tx.one<{ wrong: number }>(
      sql`update people.session set wrong_codes = wrong_codes + 1 where id = ${id} returning wrong_codes as wrong`,
    )
  ).wrong
}

export async function endSession(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.run(sql`update people.session set ended_at = ${now} where id = ${id} and ended_at is null`)
}

/** Ends a user's sessions, all or all but one; gives how many. */
export const endSessionsOf = (tx: Tx, user: string, now: Date, but?: string): Promise<number> =>
  tx.run(
    sql`update people.session set ended_at = ${now} where user_id = ${user}::uuid and ended_at is null and id is distinct from ${but ?? null}`,
  )

export const endOneOf = (tx: Tx, user: string, id: string, now: Date): Promise<number> =>
  tx.run(
    sql`update people.session set ended_at = ${now} where user_id = ${user}::uuid and id = ${id} and ended_at is null`,
  )

/** Ends everyone's sessions, and sign-ins that are half-way. */
export async function endAllSessions(tx: Tx, now: Date): Promise<void> {
  await tx.run(sql`update people.session set ended_at = ${now} where ended_at is null`)
  await tx.run(sql`delete from people.passkey_question`)
  await tx.run(sql`delete from people.oidc_request`)
}

/** Sessions long over are removed; their acts stay in the log. */
export const sweepSessions = (tx: Tx, before: Date): Promise<number> =>
  tx.run(sql`delete from people.session where seen_at < ${before}`)

export interface TokenRow {
  readonly id: string
  readonly userId: string
  readonly label: string
  readonly permissions: string[]
  readonly madeAt: Date
  readonly expiresAt: Date
  readonly usedAt: Date | null
}
const TOKEN = sql`id, user_id as "userId", label, permissions, made_at as "madeAt", expires_at as "expiresAt", used_at as "usedAt"`

export const tokenByHash = (tx: Tx, hash: string): Promise<TokenRow | undefined> =>
  tx.maybe<TokenRow>(sql`select ${TOKEN} from people.api_token where hash = ${hash} and ended_at is null`)
export const tokensOf = (tx: Tx, user: string): Promise<TokenRow[]> =>
  tx.query<TokenRow>(
    sql`select ${TOKEN} from people.api_token where user_id = ${user}::uuid and ended_at is null order by made_at`,
  )
export async function addToken(tx: Tx, token: Omit<TokenRow, 'usedAt' | 'id'>, hash: string): Promise<void> {
  await tx.run(sql`insert into people.api_token (hash, user_id, label, permissions, made_at, expires_at)
    values (${hash}, ${token.userId}::uuid, ${token.label}, ${token.permissions}::text[], ${token.madeAt}, ${token.expiresAt})`)
}
export const endToken = (tx: Tx, user: string, id: string, now: Date): Promise<number> =>
  tx.run(
    sql`update people.api_token set ended_at = ${now} where user_id = ${user}::uuid and id::text = ${id} and ended_at is null`,
  )
export async function markTokenUsed(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.run(
    sql`update people.api_token set used_at = ${now} where id = ${id}::uuid and (used_at is null or used_at < ${new Date(now.getTime() - 60_000)})`,
  )
}
