import { day, partyLine, Sheet, type SheetFacts, type SheetParty } from './sheet.ts'

/** The confidentiality agreement that everyone at an information-sharing meeting signs (BEX-46, BEX-61). */
export function meetingAgreement(facts: SheetFacts, invited: readonly SheetParty[]): Promise<Buffer> {
  const { sender, reference, on } = facts
  const sheet = new Sheet({
    title: `Confidentiality agreement ${reference}`,
    marking: 'Confidential',
    footer: `Reference ${reference}`,
  })
  sheet.heading('Confidentiality agreement')
  sheet.field('Meeting of', day(on), 1).field('Called by', partyLine(sender), 3)
  sheet.field('Reference', reference, 1)
  sheet.paragraph(
    'This meeting is closed. Only the people invited to it for this case may stay; anyone else leaves before personal information is spoken of.',
  )
  sheet.paragraph('By signing, each of us agrees that')
  for (const promise of [
    'what is said and shown here is used only to protect the child or children it is about, and for no other purpose;',
    'it is passed on to nobody who has no need to know it, and outside this meeting only by the agency that it came from, or with that agency’s agreement;',
    'papers given out are kept locked up or on a secure shared drive, never on a portable or home device, and are given back or destroyed when asked;',
    'a breach, or something that nearly was one, is told to the chair at once.',
  ])
    sheet.paragraph(`•  ${promise}`)
  const rows = invited.map(({ name = '', role = '', agency = '' }) => [
    name,
    [role, agency].filter(Boolean).join(', '),
    '',
    '',
  ])
  sheet
    .gap()
    .table(
      ['Name', 'Role and agency', 'Present', 'Signature'],
      [4, 5, 2, 4],
      [...rows, ...Array(4).fill(['', '', '', ''])],
    )
  return sheet.finish()
}
