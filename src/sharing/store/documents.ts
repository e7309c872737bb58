import { type Context, newId, sql, type Tx } from '../../platform/index.ts'
import type { Upload } from '../../web/index.ts'

/** A document that goes with a disclosure, or a signed consent form (BEX-25), which stays. */
export interface Kept {
  readonly id: string
  readonly blobId: string
  readonly kind: 'document' | 'consent-form'
  readonly person: string | null
  readonly name: string
  readonly type: string
  readonly size: number
  readonly addedAt: Date
}

const COLUMNS = sql`id, blob as "blobId", kind, person, name, type, size, added_at as "addedAt"`

export async function addDocument(
  ctx: Context,
  disclosure: string,
  upload: Upload,
  kind: Kept['kind'],
  person?: string,
): Promise<void> {
  await ctx.blobs.claim(ctx.tx, upload)
  await ctx.tx.run(sql`insert into sharing.document (id, disclosure, agency, blob, kind, person, name, type, size, added_at, added_by)
    values (${newId()}::uuid, ${disclosure}::uuid, ${ctx.actor.agency ?? ''}, ${upload.id}, ${kind}, ${person ?? null}, ${upload.name}, ${upload.type}, ${upload.size}, ${ctx.now}, ${ctx.actor.id})`)
}

export const documentsOf = (tx: Tx, disclosure: string): Promise<Kept[]> =>
  tx.query<Kept>(
    sql`select ${COLUMNS} from sharing.document where disclosure = ${disclosure}::uuid order by added_at, name`,
  )

export async function removeDocument(ctx: Context, disclosure: string, id: string): Promise<void> {
  const found = (await documentsOf(ctx.tx, disclosure)).find((one) => one.id === id)
  if (found === undefined) return
  await ctx.tx.run(sql`delete from sharing.document where id = ${id}::uuid`)
  await ctx.blobs.drop(ctx.tx, found.blobId)
}
