import { type Context, sql, type Tx } from '../../platform/index.ts'
import type { Check, CheckAnswer } from '../answer.ts'
import { ANSWER, QUESTION, type SealedQuestion } from '../sealed.ts'

/** An enquiry as both sides may read it: who, when, why. What was typed and answered stays sealed. */
export interface Enquiry {
  readonly id: string
  readonly at: Date
  readonly asker: string
  readonly askerName: string
  readonly agency: string
  readonly agencyName: string
  readonly purpose: string
  readonly ground: string | null
  readonly consent: string | null
  readonly needToKnow: string
  readonly outcome: string
  readonly flag: string | null
}
interface Sealed {
  readonly sealedQuestion: Buffer
  readonly sealedAnswer: Buffer
}

const COLUMNS = sql`enquiry.id, enquiry.at, enquiry.asker, asker_name as "askerName", enquiry.agency, agency_name as "agencyName", purpose, ground, consent,
  need_to_know as "needToKnow", outcome, flag`

export const enquiryById = (tx: Tx, id: string): Promise<(Enquiry & Sealed) | undefined> =>
  tx.maybe(
    sql`select ${COLUMNS}, sealed_question as "sealedQuestion", sealed_answer as "sealedAnswer" from register.enquiry where id = ${id} and disposed_at is null`,
  )

/** What this user asked last, with what they typed: it was theirs. */
export async function ownEnquiries(ctx: Context, limit: number): Promise<(Enquiry & { readonly check: Check })[]> {
  const rows = await ctx.tx.query<Enquiry & Sealed>(
    sql`select ${COLUMNS}, sealed_question as "sealedQuestion" from register.enquiry where asker = ${ctx.actor.id} and disposed_at is null order by at desc limit ${limit}`,
  )
  return rows.map(({ sealedQuestion, ...row }) => ({ ...row, check: openQuestion(ctx, row.id, sealedQuestion).check }))
}

export const openQuestion = (ctx: Pick<Context, 'secrets'>, id: string, sealed: Buffer): SealedQuestion =>
  JSON.parse(ctx.secrets.open(QUESTION, sealed, id).toString()) as SealedQuestion
export const openAnswer = (ctx: Pick<Context, 'secrets'>, id: string, sealed: Buffer): CheckAnswer =>
  JSON.parse(ctx.secrets.open(ANSWER, sealed, id).toString()) as CheckAnswer

/** Who asked about these entries before, the newest first, at most 20 for each (WY-25). Needs to stand past the wall. */
export async function enquiriesInto(tx: Tx, entries: readonly number[]): Promise<Map<number, Enquiry[]>> {
  if (entries.length === 0) return new Map()
  const rows = await tx.query<
    Enquiry & { readonly entry: number }
  >(sql`select entry, last.* from unnest(${[...entries]}::bigint[]) as entry
    cross join lateral (select ${COLUMNS} from register.enquiry_entry met join register.enquiry on enquiry.id = met.enquiry_id
      where met.entry_id = entry order by met.at desc limit 20) as last order by last.at desc`)
  const found = new Map<number, Enquiry[]>()
  for (const { entry, ...row } of rows) found.set(entry, [...(found.get(entry) ?? []), row])
  return found
}
