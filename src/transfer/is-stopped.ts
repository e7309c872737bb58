import type { Context } from '../platform/index.ts'
import { disclosureRow } from '../sharing/index.ts'

/** What a person reads who would send what was stopped. */
export const stoppedSentence =
  'Stop: this disclosure is no longer released, for example because consent was withdrawn. Do not send it. Decide it anew first.'

/** Whether a disclosure was stopped after it was handed over and before it went (BEX-26). */
export async function isStopped(ctx: Context, disclosure: string): Promise<boolean> {
  if (!/^[0-9a-f-]{36}$/.test(disclosure)) return false
  const row = await disclosureRow(ctx.tx, disclosure)
  return row !== undefined && (row.stoppedAt !== null || (row.state !== 'decided' && row.state !== 'sent'))
}
