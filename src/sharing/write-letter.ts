import type { Decision, Disclosure } from '../protocols/index.ts'
import { letterOf } from './rules/letter.ts'
import type { Row } from './store/disclosures.ts'

/** The letter of a disclosure, as its sender would sign it. */
export function senderLetter(row: Row, disclosure: Disclosure, decision: Decision, day: string): string {
  if (row.form === 'program') return disclosure.message?.body ?? ''
  const { from } = disclosure
  return letterOf(row.draft, decision, {
    form: row.form,
    reference: row.reference,
    day,
    sender: {
      name: from.name ?? row.decidedByName ?? row.changedByName,
      role: from.role,
      agency: from.agency,
      telephone: from.telephone,
    },
  })
}
