// A call that carries an Idempotency-Key is done once: a repeat gets the same answer, also when both come at once.
import { type Context, Fault, sha256Hex, sql } from '../platform/index.ts'

const PURPOSE = 'api.answered-request'

export interface Answered {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Runs `work` once for this actor and key. The row is claimed in the call's own transaction, so that a repeat waits for it. */
export async function once(
  ctx: Context,
  key: string,
  asked: unknown,
  work: () => Promise<Answered>,
  keeps: (answered: Answered) => boolean,
): Promise<Answered> {
  if (key.length < 8 || key.length > 200)
    throw new Fault('api.key-malformed', 'An Idempotency-Key has 8 to 200 characters.', { status: 400 })
  const fingerprint = sha256Hex(JSON.stringify(asked))
  const bound = `${ctx.actor.id} ${key}`
  const mine = await ctx.tx.run(
    sql`insert into platform.answered_request (actor, key, fingerprint, at) values (${ctx.actor.id}, ${key}, ${fingerprint}, ${ctx.now}) on conflict do nothing`,
  )
  if (mine === 0) {
    const before = await ctx.tx.one<{ fingerprint: string; status: number; sealed: Buffer }>(
      sql`select fingerprint, status, sealed from platform.answered_request where actor = ${ctx.actor.id} and key = ${key}`,
    )
    if (before.fingerprint !== fingerprint)
      throw new Fault(
        'api.key-reused',
        'This Idempotency-Key came before with another request. Use a new key for a new request.',
        { status: 422 },
      )
    return { status: before.status, ...JSON.parse(ctx.secrets.open(PURPOSE, before.sealed, bound).toString()) }
  }
  const answered = await work()
  if (keeps(answered)) {
    const sealed = ctx.secrets.seal(
      PURPOSE,
      JSON.stringify({ body: answered.body ?? null, headers: answered.headers }),
      bound,
    )
    await ctx.tx.run(
      sql`update platform.answered_request set status = ${answered.status}, sealed = ${sealed} where actor = ${ctx.actor.id} and key = ${key}`,
    )
  }
  return answered
}
