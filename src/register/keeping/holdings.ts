import { type Context, Fault, type HeldRecord, type Holding, holding, type Sought, sql } from '../../platform/index.ts'
import type { Entry } from '../entry.ts'
import { pastTheWall } from '../past-the-wall.ts'
import { soughtPerson } from '../rules/sought.ts'
import { candidatesFor } from '../search.ts'
import { openQuestion } from '../store/enquiries.ts'
import { takeKeysAway } from '../store/file-keys.ts'

/** Nearer than this, somebody is shown to a person who chooses among records. */
const NEAR = 0.02
const YEARS_OF_HISTORY = 6

/** The entries of the own register: what subject access hands out, and what is disposed of when its time is over. */
const entries = holding({
  name: 'register.entry',
  tables: [
    'register.entry',
    'register.match_key',
    'register.filed_under',
    'register.feed',
    'register.feed_exact',
    'register.flaw',
  ],
  retention: {
    text: 'As long as the authority’s register names the person, and then for the years that this authority has set (six unless it says otherwise). Nobody but the authority itself changes that.',
    cites: ['BEX-57', 'BEX-58', 'WY-7'],
  },
  async find(ctx, sought) {
    const ids = await soughtIds(ctx, sought)
    if (ids.length === 0) return []
    // As the reader: of another authority's entries, and of a shielded one that does not name them, nothing comes.
    const rows = await ctx.tx.query<{ id: number; localId: string; authority: string; since: Date; removed: boolean }>(
      sql`select id, local_id as "localId", authority, changed_at as since, removed_at is not null as removed from register.entry
        where id = any(${ids}::bigint[]) and disposed_at is null order by changed_at`,
    )
    return rows.map(
      ({ id, localId, authority, since, removed }): HeldRecord => ({
        id: String(id),
        label: `register entry ${localId} of ${authority}${removed ? ' (no longer in the register)' : ''}`,
        since,
      }),
    )
  },
  async export(ctx, id) {
    const row = await ctx.tx.maybe<{
      authority: string
      localId: string
      version: number
      record: Entry
      parts: object
      changedAt: Date
      removedAt: Date | null
    }>(sql`select authority, local_id as "localId", version, record, parts, changed_at as "changedAt", removed_at as "removedAt"
      from register.entry where id = ${numberFrom(id)} and disposed_at is null`)
    if (row === undefined) return {}
    const enquiries =
      await ctx.tx.query(sql`select met.at, asker_name as "askedBy", agency_name as agency, purpose, ground, shown
      from register.enquiry_entry met join register.enquiry on enquiry.id = met.enquiry_id where met.entry_id = ${numberFrom(id)} order by met.at`)
    const links = await ctx.tx.query(
      sql`select same, because, said_by_name as "saidBy", agency, said_at as "saidAt" from register.verdict where ${numberFrom(id)} in (one, other) order by said_at`,
    )
    const disagreements = await ctx.tx.query(
      sql`select item, who, words, kept_by_name as "keptBy", agency_name as agency, at, settled_at as "settledAt", settled_words as "settledWords"
        from register.disagreement where entry_id = ${numberFrom(id)} order by at`,
    )
    return { ...row, enquiries, links, disagreements }
  },
  async correct() {
    throw new Fault(
      'register.correct-at-source',
      'An entry is corrected in the authority’s own system and fed again; the register then follows, and whoever was shown it is told (BEX-55).',
      { status: 422 },
    )
  },
  async due(ctx) {
    const rows = await ctx.tx.query<{
      id: number
    }>(sql`select id from register.entry join register.standing using (authority)
      where removed_at is not null and disposed_at is null and removed_at <= ${ctx.now}::timestamptz - make_interval(years => years_kept) order by id`)
    return rows.map((row) => String(row.id))
  },
  // The place in the history of enquiries stays, with nothing in it: who asked must remain to be read (WY-25).
  dispose: (ctx, ids) =>
    pastTheWall(ctx.tx, async () => {
      const numbers = ids.map(numberFrom)
      await takeKeysAway(ctx.tx, numbers)
      await ctx.tx.run(sql`delete from register.flaw using register.feed, register.entry where flaw.feed_id = feed.id and feed.authority = entry.authority
        and flaw.local_id = entry.local_id and entry.id = any(${numbers}::bigint[])`)
      return ctx.tx.run(sql`update register.entry set parts = '{}', record = '{}', prepared = '', named = false, local_id = 'disposed of: ' || id,
          disposed_at = ${ctx.now}, version = version + 1
        where id = any(${numbers}::bigint[]) and removed_at is not null and disposed_at is null`)
    }),
})

/** Who asked the registers, about whom, why: found under an entry's id, or under an asker's name. */
const enquiries = holding({
  name: 'register.enquiry',
  tables: [
    'register.enquiry',
    'register.enquiry_entry',
    'register.question',
    'register.notice',
    'register.subscription',
    'register.verdict',
    'register.looked_at',
    'register.disagreement',
  ],
  retention: {
    text: `What was typed and answered is kept sealed for ${YEARS_OF_HISTORY} years; that there was an enquiry, by whom and why, stays in the child’s history.`,
    cites: ['WY-25', 'BEX-57', 'BEX-58'],
  },
  async find(ctx, { subject, givenName, surname }) {
    const asker = [givenName, surname].filter((part) => part !== undefined && part.trim() !== '').join(' ')
    if (subject === undefined && asker === '') return []
    const entry = subject === undefined ? null : numberFrom(subject)
    const rows = await ctx.tx.query<{
      id: string
      at: Date
      askerName: string
    }>(sql`select id, at, asker_name as "askerName" from register.enquiry
      where (${entry}::bigint is null or exists (select from register.enquiry_entry met where met.enquiry_id = enquiry.id and met.entry_id = ${entry}::bigint))
        and (${asker} = '' or lower(asker_name) = lower(${asker})) order by at limit 1000`)
    return rows.map((row): HeldRecord => ({ id: row.id, label: `enquiry by ${row.askerName}`, since: row.at }))
  },
  async export(ctx, id) {
    const row = await ctx.tx.maybe<{
      at: Date
      asker: string
      askerName: string
      agencyName: string
      purpose: string
      ground: string | null
      consent: string | null
      needToKnow: string | null
      outcome: string
      sealed: Buffer
      disposedAt: Date | null
    }>(sql`select at, asker, asker_name as "askerName", agency_name as "agencyName", purpose, ground, consent, need_to_know as "needToKnow", outcome,
        sealed_question as sealed, disposed_at as "disposedAt" from register.enquiry where id::text = ${id}`)
    if (row === undefined) return {}
    const { sealed, asker, disposedAt, ...open } = row
    // What was typed belongs to the asker's agency; the other side sees that, when and why it was asked.
    const own = ctx.actor.kind === 'system' || ctx.actor.id === asker
    const typed = own && disposedAt === null ? { typed: openQuestion(ctx, id, sealed).check.known } : {}
    return { ...open, ...typed }
  },
  async due(ctx) {
    const rows = await ctx.tx.query<{ id: string }>(
      sql`select id from register.enquiry where disposed_at is null and at <= ${ctx.now}::timestamptz - make_interval(years => ${YEARS_OF_HISTORY}) order by at`,
    )
    return rows.map((row) => row.id)
  },
  dispose: (ctx, ids) =>
    pastTheWall(ctx.tx, () =>
      ctx.tx.run(sql`update register.enquiry set sealed_question = '', sealed_answer = '', need_to_know = null, disposed_at = ${ctx.now}
        where id::text = any(${[...ids]}) and disposed_at is null`),
    ),
})

async function soughtIds(ctx: Context, sought: Sought): Promise<number[]> {
  const { subject, givenName, surname, born, nhsNumber } = sought
  if (subject !== undefined) {
    const rows = await ctx.tx.query<{ id: number }>(
      sql`select id from register.entry where id = ${numberFrom(subject)} or (authority = ${ctx.actor.agency ?? ''} and local_id = ${subject})`,
    )
    return rows.map((row) => row.id)
  }
  if ([givenName, surname, nhsNumber].every((part) => part === undefined || part.trim() === '')) return []
  const person = soughtPerson(
    {
      ...(givenName === undefined ? {} : { given: givenName }),
      ...(surname === undefined ? {} : { family: surname }),
      ...(born === undefined ? {} : { born }),
      ...(nhsNumber === undefined ? {} : { nhsNumber }),
    },
    ctx.now.toISOString().slice(0, 10),
  )
  const { candidates } = await pastTheWall(ctx.tx, () => candidatesFor(ctx, person))
  return candidates.filter((one) => one.accepted || one.score.probability >= NEAR).map((one) => one.id)
}

const numberFrom = (id: string): number => (/^\d{1,15}$/.test(id) ? Number(id) : -1)

export const holdings: readonly Holding[] = [entries, enquiries]
