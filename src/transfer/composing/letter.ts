import { Sheet, type SheetFacts } from '../sheets/sheet.ts'

/** The letter as a PDF, "Confidential" on every page: for post, for hand, and as an attachment. */
export function letterSheet(facts: SheetFacts, letter: string): Promise<Buffer> {
  const { sender, recipient, reference } = facts
  const sheet = new Sheet({ title: `Letter ${reference}`, marking: 'Confidential', footer: `Reference ${reference}` })
  sheet.paragraph([sender.name, sender.agency, sender.postal].filter(Boolean).join('\n'), {}, 8)
  sheet
    .gap()
    .paragraph([recipient.name, recipient.role, recipient.agency, recipient.postal].filter(Boolean).join('\n'), {}, 10)
  sheet.gap(16).flow(letter)
  return sheet.finish()
}
