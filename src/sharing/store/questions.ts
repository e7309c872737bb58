import { type Context, sql, type Tx } from '../../platform/index.ts'

/** What an adviser or manager is asked, with what they may know. An adviser never learns who it is about (BEX-3). */
export interface Asked {
  readonly id: string
  readonly disclosure: string
  readonly kind: 'advice' | 'manager-authorisation' | 'harm-balance'
  readonly askedAt: Date
  readonly askedBy: string
  readonly askedByName: string
  readonly askedOf: string
  readonly askedOfName: string
  readonly question: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly answer: string | null
  readonly agreed: boolean | null
  readonly answeredAt: Date | null
  readonly answeredByName: string | null
  readonly seenAt: Date | null
}

const COLUMNS = sql`id, disclosure, kind, asked_at as "askedAt", asked_by as "askedBy", asked_by_name as "askedByName", asked_of as "askedOf", asked_of_name as "askedOfName", question, facts, answer, agreed,
  answered_at as "answeredAt", answered_by_name as "answeredByName", seen_at as "seenAt"`

export async function addQuestion(
  { tx, actor, now }: Context,
  asked: Pick<Asked, 'id' | 'disclosure' | 'kind' | 'askedOf' | 'askedOfName' | 'question' | 'facts'>,
): Promise<void> {
  await tx.run(sql`insert into sharing.question (id, disclosure, agency, kind, asked_at, asked_by, asked_by_name, asked_of, asked_of_name, question, facts)
    values (${asked.id}::uuid, ${asked.disclosure}::uuid, ${actor.agency ?? ''}, ${asked.kind}, ${now}, ${actor.id}, ${actor.name}, ${asked.askedOf}, ${asked.askedOfName}, ${asked.question}, ${JSON.stringify(asked.facts)})
    on conflict (id) do nothing`)
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

export const questionById = async (tx: Tx, id: string): Promise<Asked | undefined> =>
  UUID.test(id) ? tx.maybe<Asked>(sql`select ${COLUMNS} from sharing.question where id = ${id}::uuid`) : undefined

export const questionsOf = (tx: Tx, disclosure: string): Promise<Asked[]> =>
  tx.query<Asked>(sql`select ${COLUMNS} from sharing.question where disclosure = ${disclosure}::uuid order by asked_at`)

/** What waits for this person's answer, and the last that they answered. */
export const inboxOf = (tx: Tx, person: string, kinds: readonly Asked['kind'][]): Promise<Asked[]> =>
  tx.query<Asked>(sql`select ${COLUMNS} from sharing.question where asked_of = ${person} and kind = any(${[...kinds]}::text[])
    order by answered_at is not null, case when answered_at is null then asked_at end, answered_at desc limit 100`)

/** Answers that came back to whoever asked and were not looked at yet. */
export const unseenAnswers = (tx: Tx, asker: string): Promise<Asked[]> =>
  tx.query<Asked>(
    sql`select ${COLUMNS} from sharing.question where asked_by = ${asker} and answered_at is not null and seen_at is null order by answered_at`,
  )

export const markSeen = ({ tx, now }: Context, disclosure: string, asker: string): Promise<number> =>
  tx.run(
    sql`update sharing.question set seen_at = ${now} where disclosure = ${disclosure}::uuid and asked_by = ${asker} and answered_at is not null and seen_at is null`,
  )

/** Gives the answer, once; false when somebody has answered already. */
export const answerQuestion = async (
  { tx, actor, now }: Context,
  id: string,
  answer: string,
  agreed?: boolean,
): Promise<boolean> =>
  (await tx.run(sql`update sharing.question set answer = ${answer}, agreed = ${agreed ?? null}, answered_at = ${now}, answered_by = ${actor.id}, answered_by_name = ${actor.name}
    where id = ${id}::uuid and answered_at is null`)) === 1
