import { type Context, newId, sql, type Tx } from '../../platform/index.ts'

export type ReturnedKind =
  | 'delivered'
  | 'relayed'
  | 'delayed'
  | 'failed'
  | 'displayed'
  | 'automatic'
  | 'reply'
  | 'unclear'

export interface Returned {
  readonly id: string
  readonly at: Date
  readonly senderUser: string
  readonly message: string | null
  readonly place: number | null
  readonly dispatch: string | null
  readonly kind: ReturnedKind
  readonly address: string
  readonly detail: string
}

export interface NewReturned {
  readonly agency: string
  readonly senderUser: string
  readonly message?: string
  readonly place?: number
  readonly dispatch?: string
  readonly attempt?: number
  readonly kind: ReturnedKind
  readonly address: string
  readonly detail: string
  readonly digest: string
  /** Kept for replies and automatic answers, sealed. */
  readonly raw?: Buffer
}

const COLUMNS = sql`id, at, sender_user as "senderUser", message, place, dispatch, kind, address, detail`

/** Keeps what came back; undefined: the same came before. */
export async function insertReturned(
  { tx, secrets, now }: Pick<Context, 'tx' | 'secrets' | 'now'>,
  one: NewReturned,
): Promise<string | undefined> {
  const id = newId()
  const sealed = one.raw === undefined ? null : secrets.seal('gateway.returned', one.raw, id)
  const added =
    await tx.run(sql`insert into gateway.returned (id, at, agency, sender_user, message, place, dispatch, attempt, kind, address, detail, digest, sealed_raw)
    values (${id}::uuid, ${now}, ${one.agency}, ${one.senderUser}, ${one.message ?? null}::uuid, ${one.place ?? null}, ${one.dispatch ?? null}::uuid,
      ${one.attempt ?? null}, ${one.kind}, ${one.address}, ${one.detail}, ${one.digest}, ${sealed}) on conflict (digest) do nothing`)
  return added === 1 ? id : undefined
}

/** What came back for a message, the oldest first. */
export const returnedFor = (tx: Tx, message: string): Promise<Returned[]> =>
  tx.query(sql`select ${COLUMNS} from gateway.returned where message = ${message}::uuid order by at, id`)

/** What came back for a dispatch, the oldest first. */
export const returnedForDispatch = (tx: Tx, dispatch: string): Promise<Returned[]> =>
  tx.query(sql`select ${COLUMNS} from gateway.returned where dispatch = ${dispatch}::uuid order by at, id`)

export const returnedCount = async (tx: Tx, target: { message?: string; dispatch?: string }): Promise<number> =>
  (
    await tx.one<{ count: number }>(sql`select count(*) as count from gateway.returned
      where message = ${target.message ?? null}::uuid or dispatch = ${target.dispatch ?? null}::uuid`)
  ).count

/** The newest replies to what this user sent. */
export const repliesTo = (tx: Tx, user: string, limit: number): Promise<Returned[]> =>
  tx.query(
    sql`select ${COLUMNS} from gateway.returned where sender_user = ${user} and kind in ('reply', 'automatic') order by at desc limit ${limit}`,
  )

export const findReturned = (tx: Tx, id: string): Promise<Returned | undefined> =>
  tx.maybe(sql`select ${COLUMNS} from gateway.returned where id = ${id}::uuid`)

export async function readReturned(
  { tx, secrets }: Pick<Context, 'tx' | 'secrets'>,
  id: string,
): Promise<Buffer | undefined> {
  const { sealed } = await tx.one<{ sealed: Buffer | null }>(
    sql`select sealed_raw as sealed from gateway.returned where id = ${id}::uuid`,
  )
  return sealed === null ? undefined : secrets.open('gateway.returned', sealed, id)
}
