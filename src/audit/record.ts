import { join, type RecordActs, sql } from '../platform/index.ts'

/** Writes entries of the log of acts in the caller's transaction. `detail` holds ids and counts, never what a record says. */
export const record: RecordActs = async (tx, entries) => {
  if (entries.length === 0) return
  const rows = entries.map(
    ({ at, actor, act, outcome, subject, detail, reference }) =>
      sql`(${at}, ${actor.id}, ${actor.name}, ${actor.kind}, ${actor.agency ?? null}, ${act}, ${outcome}, ${subject ?? null}, ${detail === undefined ? null : JSON.stringify(detail)}::jsonb, ${reference})`,
  )
  await tx.run(sql`insert into audit.entry (at, actor, actor_name, actor_kind, agency, act, outcome, subject, detail, reference)
    select v.at::timestamptz, v.actor, v.actor_name, v.actor_kind, v.agency, v.act, v.outcome, v.subject, v.detail::jsonb, v.reference
    from (values ${join(rows)}) as v (at, actor, actor_name, actor_kind, agency, act, outcome, subject, detail, reference)`)
}
