import { dayAndTime, partyLines, Sheet, type SheetFacts } from './sheet.ts'

/** CUM-42, word for word; the sender's telephone number stands where the protocol leaves it open. */
export const faxWording = (telephone: string): string =>
  `The information in the fax is confidential. If you are not the above-named recipient of the fax, you are not authorised to read, keep, copy, alter or disclose the information of this fax as it is prohibited and may be unlawful. Please inform the sender – telephone number ${telephone} - about this error and return the fax to the above address immediately.`

/**
 * The cover sheet and the pages behind it, "Confidential" on every one (CUM-42). `pages` is the text of the letter; only
 * the item asked for belongs in it (CUM-38). The sender's telephone number must be known: the wording names it.
 */
export function faxSheets(facts: SheetFacts, pages: string, telephone: string): Promise<Buffer> {
  const { sender, recipient, reference, on } = facts
  const sheet = new Sheet({
    title: `Fax ${reference}`,
    marking: 'Confidential',
    footer: `Confidential · Reference ${reference}`,
  })
  sheet.heading('Fax')
  sheet.field('For', partyLines({ ...recipient, postal: '' }))
  sheet.field('Fax number', recipient.fax, 2)
  sheet.field('From', partyLines({ ...sender, postal: '' }))
  sheet.field('Address', sender.postal)
  sheet.field('Telephone', telephone, 2)
  sheet.field('Date and time', dayAndTime(on), 1).field('Reference', reference, 1)
  sheet.gap().paragraph(`“${faxWording(telephone)}”`, { bold: true }, 12)
  sheet.gap().heading('Before and after sending', 13)
  sheet.check('The fax machine that receives stands in a secure place (BEX-49).')
  sheet.check('The fax number was checked with the recipient, and again after it was entered (BEX-49, CUM-40).')
  sheet.check('The named recipient is at the machine and ready (BEX-49, CUM-40).')
  sheet.check('The named recipient said that all pages have come (BEX-49, CUM-41).')
  sheet.paragraph('Keep the printed record of the transmission with this sheet (CUM-44).', { size: 9.5 })
  sheet.page()
  sheet.flow(pages)
  return sheet.finish()
}
