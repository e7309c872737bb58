import { sql, type Tx } from '../../platform/index.ts'

export interface Standing {
  readonly entries: number
  readonly fedAt: Date | null
  readonly codes: readonly string[]
}

/** How each register stands: counts and days, nothing of anyone. */
export async function standings(tx: Tx): Promise<Map<string, Standing>> {
  const rows = await tx.query<Standing & { authority: string }>(
    sql`select authority, entries, fed_at as "fedAt", codes from register.standing`,
  )
  return new Map(rows.map((row) => [row.authority, row]))
}

/** The national codes by which an authority's returns name it. */
export async function keepCodes(tx: Tx, authority: string, codes: readonly string[]): Promise<void> {
  await tx.run(sql`insert into register.standing (authority, codes) values (${authority}, ${[...codes]}::text[])
    on conflict (authority) do update set codes = excluded.codes`)
}
