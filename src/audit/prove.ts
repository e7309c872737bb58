import { signatureHolds, sql, type Tx } from '../platform/index.ts'
import { chainOn, chainStart, type EntryText, entryColumns, headContent, leafOf } from './leaf.ts'

/** That an entry stood in the log when its head was signed; checked by anyone with `proofHolds`, without the log. Hashes in hex. */
export interface Proof {
  readonly entry: EntryText
  readonly seq: number
  /** The chain before the entry. */
  readonly before: string
  /** The leaves after it, up to the head. */
  readonly after: readonly string[]
  readonly head: {
    readonly seq: number
    readonly chain: string
    readonly at: string
    readonly publicKey: string
    readonly signature: string
  }
}

/** The proof of one entry, or undefined while it is not yet sealed. */
export async function prove(tx: Tx, entry: number): Promise<Proof | undefined> {
  const row = await tx.maybe<EntryText & { seq: number }>(
    sql`select l.seq, ${entryColumns} from audit.link l join audit.entry e on e.id = l.entry where e.id = ${entry}`,
  )
  if (row === undefined) return undefined
  const { seq, ...text } = row
  const head = await tx.maybe<{ seq: number; chain: Buffer; at: Date; public_key: string; signature: Buffer }>(
    sql`select seq, chain, at, public_key, signature from audit.head where seq >= ${seq} order by seq limit 1`,
  )
  if (head === undefined) return undefined
  const before = await tx.maybe<{ chain: Buffer }>(sql`select chain from audit.link where seq = ${seq - 1}`)
  const after = await tx.query<{ leaf: Buffer }>(
    sql`select leaf from audit.link where seq > ${seq} and seq <= ${head.seq} order by seq`,
  )
  return {
    entry: text,
    seq,
    before: (before?.chain ?? chainStart()).toString('hex'),
    after: after.map(({ leaf }) => leaf.toString('hex')),
    head: {
      seq: head.seq,
      chain: head.chain.toString('hex'),
      at: head.at.toISOString(),
      publicKey: head.public_key,
      signature: head.signature.toString('base64url'),
    },
  }
}

/** Whether a proof holds under a public key that its reader trusts. */
export function proofHolds(proof: Proof, trusted: string): boolean {
  const leaves = [leafOf(proof.entry), ...proof.after.map((leaf) => Buffer.from(leaf, 'hex'))]
  const chain = leaves.reduce((before: Buffer, leaf) => chainOn(before, leaf), Buffer.from(proof.before, 'hex'))
  const { head } = proof
  return (
    head.seq === proof.seq + proof.after.length &&
    chain.toString('hex') === head.chain &&
    head.publicKey === trusted &&
    signatureHolds(trusted, headContent(head.seq, chain, new Date(head.at)), Buffer.from(head.signature, 'base64url'))
  )
}
