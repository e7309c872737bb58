import { dayAndTime, partyLines, Sheet, type SheetFacts } from './sheet.ts'

/** The record of who was spoken to, how they were known, and what was said (BOU-5). */
export function telephoneRecord(facts: SheetFacts): Promise<Buffer> {
  const { sender, recipient, reference, on } = facts
  const sheet = new Sheet({
    title: `Telephone call ${reference}`,
    marking: 'Confidential',
    footer: `Reference ${reference}`,
  })
  sheet.heading('Telephone call: who was spoken to')
  sheet.paragraph(
    'Nothing is said before the first three boxes are ticked. If one cannot be, end the call and ring back on a number from the directory.',
  )
  sheet.field('Reference', reference, 1).field('Prepared', dayAndTime(on), 1)
  sheet.field('To be told', partyLines({ ...recipient, postal: '' }))
  sheet.field('Number from the directory', recipient.telephone, 2)
  sheet.field('Told by', partyLines({ ...sender, postal: '' }))
  sheet.gap().check('I rang the number in the directory, or rang back on it. A number the caller gave does not count.')
  sheet.check('The person said their name and role, and both are the ones above.')
  sheet.check('The person has a part in this case, and needs to know this for it.')
  sheet.check('Nobody who has no need to know could listen, here or there.')
  sheet.check('Only what the decision lets through was said.')
  sheet.field('How the person was known', undefined).field('What was said', undefined).field('', undefined)
  sheet.field('What will be done with it', undefined).field('', undefined)
  sheet.gap().table(['Spoken to', 'Day and time', 'My name', 'Signature'], [4, 3, 4, 4], [['', '', '', '']])
  return sheet.finish()
}
