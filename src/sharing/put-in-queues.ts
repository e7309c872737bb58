import { directoryEntry } from '../people/index.ts'
import type { Context } from '../platform/index.ts'
import type { PastDecision, Route } from '../protocols/index.ts'
import { initialsAndAges } from './rules/letter.ts'
import type { Row } from './store/disclosures.ts'
import { addReport } from './store/reports.ts'
import { senderLetter } from './write-letter.ts'

/** Routes by which a report reaches a hub at once; by any other the queue shows that paper is on its way, and nothing of what it says. */
const ELECTRONIC: ReadonlySet<Route> = new Set<Route>([
  'internal-email',
  'secure-email',
  'portal',
  'encrypted-attachment',
  'register',
])

/** Puts a referral or police report that has gone out into the intake queue of each agency of the house that receives it (MPS-7). */
export async function putInQueues(ctx: Context, row: Row, { decision, disclosure, on }: PastDecision): Promise<void> {
  if (row.form === 'program') return
  const seen = new Set<string>([row.agency])
  for (const [index, recipient] of row.draft.recipients.entries()) {
    const entry = await directoryEntry(ctx, recipient.entryId)
    const route = decision.route ?? decision.recipients[index]?.route
    if (entry?.agency === undefined || seen.has(entry.agency) || route === undefined) continue
    if (entry.kind !== 'social-care' && entry.kind !== 'police') continue
    seen.add(entry.agency)
    await addReport(ctx, {
      disclosure: row.id,
      reference: row.reference,
      form: row.form,
      route,
      fromAgency: row.agency,
      fromAgencyName: disclosure.from.agency ?? row.agency,
      fromName: disclosure.from.name ?? row.changedByName,
      toAgency: entry.agency,
      rag:
        row.draft.report?.rag ??
        (disclosure.risk === 'imminent-harm' ? 'red' : disclosure.risk === 'significant-harm' ? 'amber' : 'green'),
      content: ELECTRONIC.has(route) ? senderLetter(row, disclosure, decision, on) : null,
      about: initialsAndAges(row.draft, on),
    })
  }
}
