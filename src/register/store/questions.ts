import { type Context, newId, sql, type Tx } from '../../platform/index.ts'

export const KEEPER_ANSWERS = ['known', 'not-known', 'telephone'] as const
export type KeeperAnswer = (typeof KEEPER_ANSWERS)[number]

/** What a keeper is asked where the register itself may not answer, and what came of it. */
export interface KeeperQuestion {
  readonly id: string
  readonly enquiry: string
  readonly authority: string
  readonly asker: string
  readonly askerName: string
  readonly agency: string
  readonly agencyName: string
  readonly words: string | null
  readonly askedAt: Date
  readonly dueAt: Date
  readonly answer: KeeperAnswer | null
  readonly answerWords: string | null
  readonly answeredByName: string | null
  readonly answeredAt: Date | null
}

const COLUMNS = sql`id, enquiry_id as enquiry, authority, asker, asker_name as "askerName", agency, agency_name as "agencyName", words, asked_at as "askedAt", due_at as "dueAt",
  answer, answer_words as "answerWords", answered_by_name as "answeredByName", answered_at as "answeredAt"`

/** Needs to stand past the wall: the row belongs to the authority asked. Gives the id, or undefined when this was asked already. */
export async function addQuestion(
  ctx: Context,
  asked: { enquiry: string; authority: string; words?: string | undefined; dueAt: Date },
): Promise<string | undefined> {
  const id = newId()
  const added =
    await ctx.tx.run(sql`insert into register.question (id, enquiry_id, authority, asker, asker_name, agency, agency_name, words, asked_at, due_at)
    values (${id}, ${asked.enquiry}, ${asked.authority}, ${ctx.actor.id}, ${ctx.actor.name}, ${ctx.actor.agency ?? ''}, ${ctx.actor.agencyName ?? ''}, ${asked.words ?? null}, ${ctx.now}, ${asked.dueAt})
    on conflict (enquiry_id, authority) do nothing`)
  return added === 1 ? id : undefined
}

/** What was asked about one enquiry; row security shows the asker theirs, and a keeper what was asked of them. */
export const questionsOf = (tx: Tx, enquiry: string): Promise<KeeperQuestion[]> =>
  tx.query<KeeperQuestion>(
    sql`select ${COLUMNS} from register.question where enquiry_id = ${enquiry} order by asked_at, id`,
  )

export const questionById = (tx: Tx, id: string): Promise<KeeperQuestion | undefined> =>
  tx.maybe<KeeperQuestion>(sql`select ${COLUMNS} from register.question where id = ${id}`)

/** A keeper's inbox: what waits, the most urgent first, then what was answered last. */
export const inboxOf = (tx: Tx, authority: string, limit = 100): Promise<KeeperQuestion[]> =>
  tx.query<KeeperQuestion>(sql`select ${COLUMNS} from register.question where authority = ${authority}
    order by answered_at is not null, case when answered_at is null then due_at end, answered_at desc, id limit ${limit}`)

/** How many questions wait for the keepers of a register, and how many of them are late. */
export const waitingQuestions = (
  tx: Tx,
  authority: string,
  now: Date,
): Promise<{ readonly waiting: number; readonly overdue: number }> =>
  tx.one(sql`select count(*)::int as waiting, (count(*) filter (where due_at < ${now}))::int as overdue from register.question
    where authority = ${authority} and answered_at is null`)

/** What this user has asked keepers; what waits first. */
export const askedBy = (ctx: Context, limit = 20): Promise<KeeperQuestion[]> =>
  ctx.tx.query<KeeperQuestion>(sql`select ${COLUMNS} from register.question where asker = ${ctx.actor.id}
    order by answered_at is not null, coalesce(answered_at, asked_at) desc, id limit ${limit}`)

/** Gives the answer, once; false when somebody has answered already. */
export const answerQuestion = async (ctx: Context, id: string, answer: KeeperAnswer, words: string): Promise<boolean> =>
  (await ctx.tx.run(sql`update register.question set answer = ${answer}, answer_words = ${words}, answered_by = ${ctx.actor.id}, answered_by_name = ${ctx.actor.name}, answered_at = ${ctx.now}
    where id = ${id} and answered_at is null`)) === 1

/** Questions whose clock has run out without an answer, and of which nobody was told yet; they count as told from now. */
export const takeOverdue = (tx: Tx, now: Date): Promise<KeeperQuestion[]> =>
  tx.query<KeeperQuestion>(sql`update register.question set overdue_told_at = ${now} where answered_at is null and overdue_told_at is null and due_at < ${now}
    returning ${COLUMNS}`)
