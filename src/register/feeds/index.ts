import { annexA } from './annex-a.ts'
import { cin } from './cin.ts'
import { cla } from './cla.ts'
import { csv } from './csv.ts'
import type { Feed } from './feed.ts'

/** The feeds. A new format is one file and one entry here; the shared suite tests it unasked. */
export const feeds: readonly Feed[] = [csv, cin, cla, annexA]

export function feedNamed(format: string): Feed | undefined {
  return feeds.find((one) => one.format === format)
}
