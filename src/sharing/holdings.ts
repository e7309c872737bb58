import { type Context, type HeldRecord, type Holding, holding, type Sought, type Sql, sql } from '../platform/index.ts'
import { callsOf } from './store/calls.ts'
import { disclosureById, revisionsOf } from './store/disclosures.ts'
import { documentsOf } from './store/documents.ts'
import { questionsOf } from './store/questions.ts'
import { reportById } from './store/reports.ts'

const years = 6
const kept = {
  text: `Kept ${years} years from the last change, shared or not, unless the agency that it came from agrees to another time.`,
  cites: ['BEX-57', 'BEX-58', 'BEX-7'],
}

const pattern = (word: string): string => `%${word.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
const wordsOf = ({ givenName, surname }: Sought): readonly string[] =>
  [givenName, surname].flatMap((part) => part?.trim().split(/\s+/) ?? []).filter((word) => word !== '')

/** What was recorded on the way to a decision; found by a name anywhere in it, and by birthday or NHS number of those it is about. */
const disclosures = holding({
  name: 'sharing.disclosure',
  tables: ['sharing.disclosure', 'sharing.revision', 'sharing.call', 'sharing.document', 'sharing.question'],
  retention: kept,
  async find(ctx, sought) {
    const words = wordsOf(sought)
    const { subject, born, nhsNumber } = sought
    if (words.length === 0 && subject === undefined && born === undefined && nhsNumber === undefined) return []
    const person = (test: Sql) => sql`exists (select from jsonb_array_elements(d.draft->'people') p where ${test})`
    const tests: readonly Sql[] = [
      ...words.map(
        (
          word,
        ) => sql`(lower(d.draft::text) like ${pattern(word)} or exists (select from sharing.call c where c.disclosure = d.id
        and lower(concat_ws(' ', c.told, c.understood, c.decision, c.action, c.spoken_to)) like ${pattern(word)}))`,
      ),
      ...(subject === undefined ? [] : [sql`d.id::text = ${subject}`]),
      ...(born === undefined ? [] : [person(sql`p->>'born' = ${born}`)]),
      ...(nhsNumber === undefined
        ? []
        : [person(sql`regexp_replace(p->>'nhsNumber', '\\s', '', 'g') = ${nhsNumber.replaceAll(/\s/g, '')}`)]),
    ]
    const where = tests.reduce((all, one) => sql`${all} and ${one}`, sql`true`)
    const rows = await ctx.tx.query<{ id: string; reference: string; state: string; since: Date }>(
      sql`select d.id, d.reference, d.state, d.created_at as since from sharing.disclosure d where ${where} order by d.created_at limit 1000`,
    )
    return rows.map(
      ({ id, reference, state, since }): HeldRecord => ({ id, label: `disclosure ${reference} (${state})`, since }),
    )
  },
  async export(ctx, id) {
    const row = await disclosureById(ctx.tx, id)
    if (row === undefined) return {}
    const { draft, reference, state, protocol, createdAt, createdByName, decidedAt, decidedByName, sentAt } = row
    const documents = (await documentsOf(ctx.tx, id)).map(({ name, kind, size, addedAt }) => ({
      name,
      kind,
      size,
      addedAt,
    }))
    return {
      reference,
      state,
      protocol,
      begun: createdAt,
      by: createdByName,
      decided: decidedAt,
      decidedBy: decidedByName,
      sent: sentAt,
      recorded: draft,
      calls: await callsOf(ctx.tx, id),
      documents,
      questions: await questionsOf(ctx.tx, id),
      changes: await revisionsOf(ctx.tx, id),
    }
  },
  due: (ctx) => overdue(ctx, sql`select id from sharing.disclosure where changed_at <= ${limit(ctx)}`),
  async dispose(ctx, ids) {
    for (const id of ids) for (const { blobId } of await documentsOf(ctx.tx, id)) await ctx.blobs.drop(ctx.tx, blobId)
    return ctx.tx.run(sql`delete from sharing.disclosure where id = any(${[...ids]}::uuid[])`)
  },
})

/** What came in to a hub, with what it made of it. */
const reports = holding({
  name: 'sharing.report',
  tables: ['sharing.report'],
  retention: kept,
  async find(ctx, sought) {
    const words = wordsOf(sought)
    if (words.length === 0) return []
    const where = words.reduce(
      (all, word) => sql`${all} and lower(concat_ws(' ', content, understood, action)) like ${pattern(word)}`,
      sql`true`,
    )
    const rows = await ctx.tx.query<{ id: string; reference: string; since: Date }>(
      sql`select id, reference, came_at as since from sharing.report where ${where} order by came_at limit 1000`,
    )
    return rows.map(
      ({ id, reference, since }): HeldRecord => ({ id, label: `report ${reference} that came in`, since }),
    )
  },
  async export(ctx, id) {
    const found = await reportById(ctx.tx, id)
    return found === undefined ? {} : { ...found }
  },
  due: (ctx) => overdue(ctx, sql`select id from sharing.report where coalesce(decided_at, came_at) <= ${limit(ctx)}`),
  dispose: (ctx, ids) => ctx.tx.run(sql`delete from sharing.report where id = any(${[...ids]}::uuid[])`),
})

const limit = (ctx: Context): Sql => sql`${ctx.now}::timestamptz - make_interval(years => ${years})`
const overdue = async (ctx: Context, statement: Sql): Promise<string[]> =>
  (await ctx.tx.query<{ id: string }>(statement)).map((row) => row.id)

export const holdings: readonly Holding[] = [disclosures, reports]
