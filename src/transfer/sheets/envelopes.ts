import PDFDocument from 'pdfkit'
import { a4, partyLines, type SheetFacts, type SheetParty } from './sheet.ts'
import { drawText } from './text.ts'

const mm = 72 / 25.4
const c5: [number, number] = [229 * mm, 162 * mm]

/**
 * The outer envelope: full address and return address, and nothing that tells what is inside: no marking, no level, no
 * reference (BEX-48).
 */
export function outerEnvelope(facts: SheetFacts): Promise<Buffer> {
  return paper('Envelope', c5, (document) => {
    address(document, facts.recipient, 90 * mm, 70 * mm, 120 * mm)
    returnAddress(document, facts.sender, 12 * mm, 12 * mm)
  })
}

/** The inner envelope: sealed inside the outer one, marked, for the named person alone (BEX-48, MPS-10). */
export function innerEnvelope(facts: SheetFacts): Promise<Buffer> {
  return paper('Inner envelope', c5, (document) => {
    const at = { x: 12 * mm, width: 205 * mm }
    drawText(document, 'CONFIDENTIAL', { ...at, y: 12 * mm, size: 22, bold: true, lines: 1 })
    const sentence = 'To be opened by the addressee named below and by nobody else.'
    drawText(document, sentence, { ...at, y: 23 * mm, size: 12, lines: 2 })
    address(document, facts.recipient, 60 * mm, 65 * mm, 150 * mm)
    drawText(document, `Reference ${facts.reference}`, { ...at, y: 120 * mm, size: 10, lines: 1 })
    returnAddress(document, facts.sender, 12 * mm, 128 * mm)
  })
}

/** An address label and the return label for the back of the envelope, to be cut out (BOU-10). */
export function addressLabels(facts: SheetFacts): Promise<Buffer> {
  return paper('Labels', a4, (document) => {
    box(document, 25 * mm, 25 * mm, 110 * mm, 62 * mm)
    address(document, facts.recipient, 32 * mm, 32 * mm, 96 * mm)
    box(document, 25 * mm, 105 * mm, 110 * mm, 42 * mm)
    returnAddress(document, facts.sender, 32 * mm, 111 * mm)
    const note = 'Cut along the lines. The upper label goes on the front, the return label on the back of the envelope.'
    drawText(document, note, { x: 25 * mm, y: 155 * mm, width: 150 * mm, size: 9, colour: '#505a5f', lines: 3 })
  })
}

function address(document: PDFKit.PDFDocument, party: SheetParty, x: number, y: number, width: number): void {
  const rest = drawText(document, party.name ?? party.agency ?? '', { x, y, width, size: 14, bold: true, lines: 2 })
  const { name: _, ...others } = party
  drawText(document, partyLines(party.name ? others : { ...others, agency: '' }), {
    x,
    y: rest,
    width,
    size: 13,
    lines: 8,
  })
}

function returnAddress(document: PDFKit.PDFDocument, sender: SheetParty, x: number, y: number): void {
  const { agency = '', postal = '' } = sender
  drawText(document, 'If undelivered, return to:', { x, y, width: 95 * mm, size: 9, bold: true, lines: 1 })
  const lines = [sender.name, agency, postal.replace(/\n/g, ', ')].filter((line) => line).join('\n')
  drawText(document, lines, { x, y: y + 13, width: 95 * mm, size: 9, lines: 6 })
}

function box(document: PDFKit.PDFDocument, x: number, y: number, width: number, height: number): void {
  document.rect(x, y, width, height).lineWidth(0.5).dash(3, {}).strokeColor('#505a5f').stroke().undash()
}

function paper(
  title: string,
  size: readonly [number, number],
  draw: (document: PDFKit.PDFDocument) => void,
): Promise<Buffer> {
  const document = new PDFDocument({
    size: [...size],
    margin: 0,
    lang: 'en-GB',
    info: { Title: title, Producer: 'Safehaven' },
  })
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  draw(document)
  return new Promise((resolve, reject) => {
    document.on('end', () => resolve(Buffer.concat(pieces)))
    document.on('error', reject)
    document.end()
  })
}
