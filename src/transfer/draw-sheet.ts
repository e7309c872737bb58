import { letterSheet } from './composing/letter.ts'
import { sheetFacts } from './composing/parts.ts'
import { statementsFor } from './composing/statements.ts'
import { type Consignment, type Dispatch, recipientOf } from './consignment.ts'
import type { SheetKind } from './routes/route.ts'
import { addressLabels, innerEnvelope, outerEnvelope } from './sheets/envelopes.ts'
import { faxSheets } from './sheets/fax.ts'
import { handOverSheet } from './sheets/hand-over.ts'
import { meetingAgreement } from './sheets/meeting.ts'
import { telephoneRecord } from './sheets/telephone.ts'

export const sheetLabels: Readonly<Record<SheetKind, string>> = {
  letter: 'Letter',
  labels: 'Address label and return label',
  'outer-envelope': 'Outer envelope',
  'inner-envelope': 'Inner envelope',
  fax: 'Fax with its cover sheet',
  'hand-over': 'Sign-out and hand-over sheet',
  meeting: 'Confidentiality agreement',
  telephone: 'Identity check for the call',
}

/** A printable sheet of a dispatch, as PDF. */
export function drawSheet(kind: SheetKind, consignment: Consignment, dispatch: Dispatch, on: Date): Promise<Buffer> {
  const facts = sheetFacts(consignment, dispatch, recipientOf(consignment, dispatch.recipientIndex), on)
  switch (kind) {
    case 'letter':
      return letterSheet(facts, withStatements(consignment))
    case 'labels':
      return addressLabels(facts)
    case 'outer-envelope':
      return outerEnvelope(facts)
    case 'inner-envelope':
      return innerEnvelope(facts)
    case 'fax':
      return faxSheets(facts, consignment.letter, facts.sender.telephone ?? '')
    case 'hand-over':
      return handOverSheet(facts, [
        'One sealed envelope',
        ...consignment.documents.map((_, index) => `Document ${index + 1}`),
      ])
    case 'meeting':
      return meetingAgreement(facts, [facts.sender, facts.recipient])
    case 'telephone':
      return telephoneRecord(facts)
  }
}

// What a recipient must keep to stands under a letter on paper as it does under a message.
const withStatements = ({ letter, decision }: Consignment): string =>
  [letter.trimEnd(), ...statementsFor(decision.obligations).filter((one) => !/email|message/i.test(one))].join('\n\n')
