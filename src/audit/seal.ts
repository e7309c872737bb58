import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type House, service, sql, system, type Tx } from '../platform/index.ts'
import { chainOn, chainStart, type EntryText, entryColumns, HEAD_PURPOSE, headContent, leafOf } from './leaf.ts'

const BATCH = 5_000
/**
 * Entries are written at the end of their transaction, so one with a lower id may be committed a moment after one with a higher. The sealer looks this far back
 * for such late ones; what is older and unsealed does not belong, and `verifyLog` names it.
 */
export const LATE = 100_000

/** Heads are also written beside the database, so that cutting off the end of the log in the database is noticed. */
export const HEADS_FILE = 'audit-heads.ndjson'
export const headsFile = (dataDir: string): string => join(dataDir, HEADS_FILE)

/** Chains and signs every committed entry that is not yet; gives how many. Several sealers take turns. */
export async function sealLog(house: House): Promise<number> {
  let sealed = 0
  for (;;) {
    const head = await house.database.transaction(system, (tx) => sealBatch(house, tx))
    if (head === undefined) return sealed
    await appendFile(headsFile(house.config.dataDir), `${head.line}\n`, { mode: 0o600 })
    sealed += head.count
    if (head.count < BATCH) return sealed
  }
}

async function sealBatch(house: House, tx: Tx): Promise<{ count: number; line: string } | undefined> {
  await tx.query(sql`select pg_advisory_xact_lock(hashtext('safehaven.audit'))`)
  const last = await tx.maybe<{ seq: number; chain: Buffer }>(
    sql`select seq, chain from audit.link order by seq desc limit 1`,
  )
  const entries = await tx.query<EntryText>(sql`select ${entryColumns} from audit.entry e
    where e.id > (select coalesce(max(entry), 0) - ${LATE} from audit.link) and not exists (select from audit.link l where l.entry = e.id)
    order by e.id limit ${BATCH}`)
  if (entries.length === 0) return undefined
  let chain: Buffer = last?.chain ?? chainStart()
  let seq = last?.seq ?? 0
  const links = entries.map((entry) => {
    const leaf = leafOf(entry)
    chain = chainOn(chain, leaf)
    return { seq: ++seq, entry: entry.id, leaf, chain }
  })
  await tx.run(sql`insert into audit.link (seq, entry, leaf, chain)
    select * from unnest(${links.map((link) => link.seq)}::bigint[], ${links.map((link) => link.entry)}::bigint[], ${links.map((link) => link.leaf)}::bytea[], ${links.map((link) => link.chain)}::bytea[])`)
  const at = house.clock.now()
  const { publicKey, signature } = house.secrets.sign(HEAD_PURPOSE, headContent(seq, chain, at))
  await tx.run(
    sql`insert into audit.head (seq, chain, at, public_key, signature) values (${seq}, ${chain}, ${at}, ${publicKey}, ${signature})`,
  )
  const line = JSON.stringify({
    seq,
    chain: chain.toString('hex'),
    at: at.toISOString(),
    publicKey,
    signature: signature.toString('base64url'),
  })
  return { count: links.length, line }
}

/** Seals as long as the house is open, every two seconds. Its record is the head, not an entry, which would need sealing again. */
export const sealer = service({
  name: 'sealer of the log of acts',
  async start(house) {
    let working: Promise<unknown> = Promise.resolve()
    const timer = setInterval(() => {
      working = working
        .then(() => sealLog(house))
        .catch((error) => house.log.fault('the log of acts could not be sealed', error))
    }, 2_000)
    return {
      async stop() {
        clearInterval(timer)
        await working
        await sealLog(house)
      },
    }
  },
})
