import { readFile } from 'node:fs/promises'
import { type House, signatureHolds, sql, system, type Tx } from '../platform/index.ts'
import { chainOn, chainStart, type EntryText, entryColumns, HEAD_PURPOSE, headContent, leafOf } from './leaf.ts'
import { headsFile, LATE } from './seal.ts'

export interface Verdict {
  readonly whole: boolean
  /** Entries that are chained and signed. */
  readonly sealed: number
  /** Entries of the last moments, still to be sealed. */
  readonly waiting: number
  /** The first that is not as it was sealed. */
  readonly first?: Flaw
}

export interface Flaw {
  /** Its place in the chain, where it has one. */
  readonly seq?: number
  readonly entry?: number
  readonly why: string
}

interface LinkRow extends EntryText {
  readonly seq: number
  readonly entry: number
  readonly leaf: Buffer
  readonly chain: Buffer
}

interface HeadRow {
  readonly seq: number
  readonly chain: Buffer
  readonly at: Date
  readonly public_key: string
  readonly signature: Buffer
}

const BATCH = 5_000

/** Proves the whole log against its chain, its signed heads and the heads kept beside the database; or names the first entry that is not as it was. */
export function verifyLog(house: House): Promise<Verdict> {
  return house.database.transaction(system, (tx) => verifyIn(house, tx), {
    isolation: 'repeatable read',
    readOnly: true,
    statementTimeout: 0,
  })
}

async function verifyIn(house: House, tx: Tx): Promise<Verdict> {
  const heads = new Map(
    (await tx.query<HeadRow>(sql`select seq, chain, at, public_key, signature from audit.head`)).map((head) => [
      head.seq,
      head,
    ]),
  )
  const outside = await readHeads(headsFile(house.config.dataDir))
  const keys = house.secrets.publicKeys(HEAD_PURPOSE)
  const { waiting } = await tx.one<{ waiting: number }>(
    sql`select count(*)::int as waiting from audit.entry e where not exists (select from audit.link l where l.entry = e.id)`,
  )
  let chain = chainStart()
  let seq = 0
  let signedTo = 0
  const verdict = (first?: Flaw): Verdict => ({
    whole: first === undefined,
    sealed: seq,
    waiting,
    ...(first === undefined ? {} : { first }),
  })
  for (;;) {
    const rows =
      await tx.query<LinkRow>(sql`select l.seq, l.entry, l.leaf, l.chain, ${entryColumns} from audit.link l left join audit.entry e on e.id = l.entry
      where l.seq > ${seq} order by l.seq limit ${BATCH}`)
    for (const row of rows) {
      const flaw = flawOf(row, seq + 1, chain)
      if (flaw) return verdict(flaw)
      chain = row.chain
      seq = row.seq
      const head = heads.get(seq)
      if (head !== undefined) {
        if (!headHolds(head, chain, keys))
          return verdict({
            seq: signedTo + 1,
            why: `The signature over entries ${signedTo + 1} to ${seq} is not ours: they were written anew.`,
          })
        signedTo = seq
      }
      if (outside.has(seq) && outside.get(seq) !== chain.toString('hex'))
        return verdict({
          seq,
          entry: row.entry,
          why: 'The chain up to here differs from the head kept beside the database.',
        })
    }
    if (rows.length < BATCH) break
  }
  const furthest = Math.max(0, ...outside.keys())
  if (furthest > seq)
    return verdict({
      seq: seq + 1,
      why: `Entries ${seq + 1} to ${furthest} were sealed and are gone from the end of the log.`,
    })
  if (signedTo < seq)
    return verdict({ seq: signedTo + 1, why: `Entries ${signedTo + 1} to ${seq} are chained but not signed.` })
  const stray = await tx.maybe<{
    id: number
  }>(sql`select e.id from audit.entry e where e.id <= (select coalesce(max(entry), 0) - ${LATE} from audit.link)
    and not exists (select from audit.link l where l.entry = e.id) order by e.id limit 1`)
  return verdict(stray && { entry: stray.id, why: 'The entry was never sealed and is too old to be late.' })
}

function flawOf(row: LinkRow, expected: number, chain: Buffer): Flaw | undefined {
  if (row.seq !== expected) return { seq: expected, why: 'This place of the chain is gone.' }
  const place = { seq: row.seq, entry: row.entry }
  if (row.id === null) return { ...place, why: 'The entry is gone from the log.' }
  if (!leafOf(row).equals(row.leaf)) return { ...place, why: 'The entry was altered after it was sealed.' }
  if (!chainOn(chain, row.leaf).equals(row.chain))
    return { ...place, why: 'The chain does not lead here from the entry before.' }
  return undefined
}

const headHolds = (head: HeadRow, chain: Buffer, keys: readonly string[]): boolean =>
  head.chain.equals(chain) &&
  keys.includes(head.public_key) &&
  signatureHolds(head.public_key, headContent(head.seq, head.chain, head.at), head.signature)

async function readHeads(path: string): Promise<Map<number, string>> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const heads = new Map<number, string>()
  for (const line of text.split('\n')) {
    try {
      const { seq, chain } = JSON.parse(line) as { seq: number; chain: string }
      heads.set(seq, chain)
    } catch {
      // An empty line, or one half written when the power went: the database has that head too.
    }
  }
  return heads
}
