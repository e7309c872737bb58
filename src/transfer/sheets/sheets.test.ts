import { execFile } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { addressLabels, innerEnvelope, outerEnvelope } from './envelopes.ts'
import { faxSheets } from './fax.ts'
import { handOverSheet } from './hand-over.ts'
import { meetingAgreement } from './meeting.ts'
import { proofSheet } from './proof.ts'
import type { SheetFacts, SheetParty } from './sheet.ts'
import { telephoneRecord } from './telephone.ts'
import { cleanText } from './text.ts'

/** The text of each page, as poppler reads it. */
function pagesOf(pdf: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = execFile('pdftotext', ['-layout', '-', '-'], { maxBuffer: 1 << 24 }, (error, out) =>
      error ? reject(error) : resolve(out.split('\f').slice(0, -1)),
    )
    child.stdin?.end(pdf)
  })
}
const words = (text: string) => text.replace(/\s+/g, ' ').trim()

const sender: SheetParty = {
  name: 'Brenda Hill',
  role: 'Social worker',
  agency: 'Langley Children’s Services',
  postal: 'County Offices, 4 High Street, Langley LA1 2XY',
  telephone: '01632 960111',
}
const recipient: SheetParty = {
  name: 'Amina Hart',
  role: 'Head teacher',
  agency: 'St John’s School',
  postal: 'School Lane, Langley, LA1 9ZZ',
  fax: '01632 960222',
  telephone: '01632 960333',
}
const facts: SheetFacts = { reference: 'K4M-7RX-2H9', sender, recipient, on: new Date('2026-11-21T14:05:00Z') }
const letter = 'Dear Mrs Hart,\n\n'.concat('We write about a pupil of your school. '.repeat(300))

describe('printed sheets', () => {
  it('CUM-42: a fax says Confidential on every page, names sender and recipient, and carries the fixed wording', async () => {
    const pages = await pagesOf(await faxSheets(facts, letter, '01632 960111'))
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages) expect(page.trimStart()).toMatch(/^Confidential/)
    expect(words(pages[0]!)).toContain(
      'The information in the fax is confidential. If you are not the above-named recipient of the fax, you are not authorised to read, keep, copy, alter or disclose the information of this fax as it is prohibited and may be unlawful. Please inform the sender – telephone number 01632 960111 - about this error and return the fax to the above address immediately.',
    )
    expect(pages[0]).toContain('Amina Hart')
    expect(pages[0]).toContain('Brenda Hill')
  })

  it('BEX-49: the fax cover carries the four safe-haven checks', async () => {
    const [cover] = await pagesOf(await faxSheets(facts, letter, '01632 960111'))
    for (const part of [
      'stands in a secure place',
      'number was checked',
      'at the machine and ready',
      'all pages have come',
    ]) {
      expect(words(cover!)).toContain(part)
    }
  })

  it('CUM-38: the letter that was asked for is faxed whole, however long, and nothing else with it', async () => {
    const pages = await pagesOf(await faxSheets(facts, letter, '1'))
    expect(words(pages.join(' ')).match(/a pupil of your school/g)).toHaveLength(300)
  })

  it('BEX-48: the outer envelope has the full address and the return address, and no marking of any kind', async () => {
    const pages = await pagesOf(await outerEnvelope(facts))
    expect(pages).toHaveLength(1)
    expect(words(pages[0]!)).toBe(
      'If undelivered, return to: Brenda Hill Langley Children’s Services County Offices, 4 High Street, Langley LA1 2XY Amina Hart Head teacher St John’s School School Lane Langley LA1 9ZZ',
    )
  })

  it('BEX-48: the inner envelope is marked and for the named person alone', async () => {
    const [page] = await pagesOf(await innerEnvelope(facts))
    expect(words(page!)).toMatch(
      /CONFIDENTIAL To be opened by the addressee named below and by nobody else\..*Amina Hart/,
    )
  })

  it('BOU-10: a return label comes with the address label', async () => {
    const [page] = await pagesOf(await addressLabels(facts))
    expect(page).toContain('If undelivered, return to:')
    expect(page).toContain('Amina Hart')
    expect(page).not.toMatch(/confidential/i)
  })

  it('BEX-47: papers carried by hand are signed out, handed over and returned on one sheet', async () => {
    const [page] = await pagesOf(await handOverSheet(facts, ['document-1.pdf']))
    for (const part of ['Signed out', 'Handed over', 'Returned', 'Never leave it unattended'])
      expect(words(page!)).toContain(part)
  })

  it('BEX-61: everyone invited signs the confidentiality agreement', async () => {
    const [page] = await pagesOf(await meetingAgreement(facts, [recipient, sender]))
    for (const part of ['Amina Hart', 'Brenda Hill', 'Only the people invited', 'Signature'])
      expect(page).toContain(part)
  })

  it('BOU-5: the record of a call asks how the other was identified before anything was said', async () => {
    const [page] = await pagesOf(await telephoneRecord(facts))
    expect(words(page!)).toContain('I rang the number in the directory')
    expect(page).toContain('01632 960333')
  })

  it('a proof of a hundred steps keeps every one, with the table named anew on each page', async () => {
    const steps = Array.from({ length: 100 }, (_, at) => ({
      at: facts.on,
      what: 'Read',
      by: 'Amina Hart',
      detail: `step ${at}`,
    }))
    const pages = await pagesOf(await proofSheet({ ...proof, steps }))
    for (let at = 0; at < 100; at++) expect(pages.join('\n')).toMatch(new RegExp(`step ${at}\\b`))
    for (const page of pages.slice(1, -1)) expect(page).toContain('What happened')
  })

  it('names in other scripts, with direction marks, an emoji or 10,000 signs never push the address off the sheet', async () => {
    const odd: SheetParty = {
      name: 'مريم\u202e علي (ابنة) Zoë 🦊',
      role: 'অধ্যাপক কবির ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ 王小明 תמר <script>alert(1)</script>',
      agency: 'x'.repeat(10_000),
      postal: 'School Lane, LA1 9ZZ',
    }
    const oddFacts = { ...facts, recipient: odd }
    const sheets = [outerEnvelope, innerEnvelope, addressLabels, telephoneRecord] as const
    for (const sheet of sheets) {
      const pages = await pagesOf(await sheet(oddFacts))
      expect(pages).toHaveLength(1)
      if (sheet !== telephoneRecord) expect(words(pages[0]!)).toContain('LA1 9ZZ')
      expect(pages[0]).toMatch(/fox/)
    }
    expect(cleanText('a\u202eb\u0000c\u2066d')).toBe('a b c d')
    expect((await pagesOf(await faxSheets(oddFacts, 'ا'.repeat(50_000), '1'))).length).toBeGreaterThan(5)
  })
})

const proof = {
  ...facts,
  disclosure: 'D-1',
  outcome: 'share',
  level: 'personal',
  protocol: { id: 'uk-2026', version: '1', on: '2026-11-21' },
  route: 'Recorded post',
  items: ['name'],
  withheld: [],
  reasons: [{ text: 'Because.', cites: ['CUM-19'] }],
  documents: [],
  steps: [],
  tasks: [],
}
