// Documents of the length and shape of real referrals: a six-page report as PDF and a form as a Word file. Everyone in them is invented.
import PDFDocument from 'pdfkit'
import { makeZip } from '../src/gateway/contents/zip.cases.ts'

const HEADINGS = [
  'The child and the family',
  'What has happened',
  'What the child says',
  'What other services know',
  'What we have done',
  'What we ask for',
]
const SENTENCES = [
  'The school nurse saw two bruises on the left upper arm on Tuesday and recorded them on a body map.',
  'Robin told the class teacher that an uncle “gets cross at bedtime”, and did not want to go home on Friday.',
  'Attendance fell from 96 per cent in the autumn to 81 per cent since January, mostly on Mondays.',
  'The health visitor has seen the younger sister twice since the move, and both visits were kept.',
  'The mother works nights at the weekend; the grandmother, who used to stay, moved away in the summer.',
  'Housing say that the flat is damp and that a second family has been registered at the same address.',
]

/** A referral report of six pages. */
export function report(): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', margin: 60, info: { Title: 'Report' } })
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  for (const [page, heading] of HEADINGS.entries()) {
    if (page > 0) document.addPage()
    document.fontSize(16).text(heading).moveDown()
    for (let line = 0; line < 24; line += 1) document.fontSize(11).text(SENTENCES[(line + page) % SENTENCES.length]!)
  }
  document.end()
  return new Promise((resolve) => document.on('end', () => resolve(Buffer.concat(pieces))))
}

/** A referral form as Word writes it: a table of questions and answers. */
export function form(): Buffer {
  const row = (question: string, answer: string): string =>
    `<w:tr><w:tc><w:p><w:r><w:t>${question}</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>${answer}</w:t></w:r></w:p></w:tc></w:tr>`
  const rows = HEADINGS.flatMap((heading, index) => [
    row(heading, SENTENCES[index]!),
    row(`${heading}, since when`, 'January'),
  ])
  const body = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:tbl>${rows.join('')}</w:tbl></w:body></w:document>`
  const types =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
  const relations =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
  return makeZip([
    { name: '[Content_Types].xml', content: Buffer.from(types) },
    { name: '_rels/.rels', content: Buffer.from(relations) },
    { name: 'word/document.xml', content: Buffer.from(body) },
  ])
}
