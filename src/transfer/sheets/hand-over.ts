import { day, partyLines, Sheet, type SheetFacts } from './sheet.ts'

/** The sheet that goes with papers carried by hand: signed out, handed to the named person, returned (BEX-47, MPS-10). */
export function handOverSheet(facts: SheetFacts, documents: readonly string[]): Promise<Buffer> {
  const { sender, recipient, reference, on } = facts
  const sheet = new Sheet({
    title: `Sign-out and hand-over ${reference}`,
    marking: 'Confidential',
    footer: `Reference ${reference}`,
  })
  sheet.heading('Sign-out and hand-over')
  sheet.paragraph(
    'Carry this only because it is necessary, in a locked case or sealed envelope. Never leave it unattended. Give it to the person named here and to nobody else; bring back what was not handed over the same day.',
  )
  sheet.field('Reference', reference, 1).field('Prepared on', day(on), 1)
  sheet.field('From', partyLines({ ...sender, postal: '' }))
  sheet.field('For', partyLines(recipient))
  sheet.field('What is carried', documents.join('\n') || 'One sealed envelope')
  sheet.gap().heading('Signed out', 13)
  sheet.table(['Carried by', 'Day and time', 'Signature'], [4, 3, 4], [['', '', '']])
  sheet.gap().heading('Handed over', 13)
  sheet.check('I saw proof of identity of the person who took it (kind of proof, not its number):')
  sheet.table(['Taken by (name in capitals)', 'Day and time', 'Signature'], [4, 3, 4], [['', '', '']])
  sheet.gap().heading('Returned, where it was not handed over', 13)
  sheet.table(['Returned by', 'Day and time', 'Taken back by', 'Signature'], [4, 3, 4, 4], [['', '', '', '']])
  return sheet.finish()
}
