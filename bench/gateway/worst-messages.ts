// Messages that cost their reader most: each was the worst of its kind that could be thought of.
import { deflateSync, gzipSync } from 'node:zlib'
import { makeZip } from '../../src/gateway/contents/zip.cases.ts'

const head =
  'From: Bev Hill <b.hill@cumbria.gov.uk>\r\nTo: Ed Roe <ed.roe@lakes.example.org>\r\nSubject: x\r\nMIME-Version: 1.0\r\n'
const text = (body: string) => Buffer.from(`${head}\r\n${body}`)
const html = (body: string) => Buffer.from(`${head}Content-Type: text/html\r\n\r\n${body}`)
const file = (bytes: Buffer) =>
  Buffer.from(
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\nContent-Type: application/octet-stream; name=20120910.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n--b--\r\n`,
  )
const about = 'Julia Smith, born 3 April 2012, NHS number 943 476 5919, lives at 4 Mill Lane, Carlisle CA3 8NA. '
const document = (name: string, xml: string, ...more: { name: string; content: Buffer }[]) =>
  file(
    makeZip([
      { name: '[Content_Types].xml', content: Buffer.from('<T/>') },
      { name, content: Buffer.from(xml) },
      ...more,
    ]),
  )
const pdf = (commands: string, streams: number) => {
  const packed = deflateSync(Buffer.from(commands))
  const object = (i: number) =>
    Buffer.concat([
      Buffer.from(`${i + 1} 0 obj<</Filter/FlateDecode/Length ${packed.length}>>stream\n`),
      packed,
      Buffer.from('\nendstream endobj\n'),
    ])
  return file(Buffer.concat([Buffer.from('%PDF-1.4\n'), ...Array.from({ length: streams }, (_, i) => object(i))]))
}
const rawPdf = (body: string) => file(Buffer.from(`%PDF-1.4\n${body}`))
const nested = Array.from(
  { length: 10_000 },
  (_, i) => `Content-Type: multipart/mixed; boundary=b${i}x\r\n\r\n--b${i}x\r\n`,
).join('')

export const worstMessages: Record<string, () => Buffer> = {
  '200,000 parts': () =>
    Buffer.from(
      `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n\r\n'.repeat(200_000)}--b--\r\n`,
    ),
  '10,000 containers in each other': () => Buffer.from(head + nested),
  '10,000 messages in each other': () => Buffer.from(head + 'Content-Type: message/rfc822\r\n\r\n'.repeat(10_000)),
  '25 MB file': () => file(Buffer.alloc(25_000_000, 7)),
  'names in 2.9 MB of text': () => text(`${about}\r\n`.repeat(29_000)),
  'names in a 10 MB text file': () => file(Buffer.from(about.repeat(100_000))),
  'HTML: tags': () => html('<div>\r\n'.repeat(400_000)),
  'HTML: attributes': () => html('<a title="x" href="y">\r\n'.repeat(120_000)),
  'HTML: less-than signs': () => html(`${'<'.repeat(25)}\r\n`.repeat(100_000)),
  'HTML: open comments': () => html('<!--\r\n'.repeat(400_000)),
  'beginnings of threads': () => text('On a b c d\r\n'.repeat(240_000)),
  'blank lines of spaces': () => text(`${' '.repeat(900)}\r\n`.repeat(3000)),
  'zip of 300 MB': () => file(makeZip([{ name: 'z', content: Buffer.alloc(300_000_000) }])),
  'zip that claims 84 GB': () =>
    file(
      makeZip(
        Array.from({ length: 20 }, (_, i) => ({
          name: `${i}`,
          content: Buffer.alloc(1000),
          claimedSize: 4_200_000_000,
        })),
      ),
    ),
  'zip of overlapping files': () =>
    file(
      makeZip(Array.from({ length: 2000 }, (_, i) => ({ name: 'a', content: Buffer.alloc(10_000), overlap: i > 0 }))),
    ),
  'zip of 2,900 files': () =>
    file(makeZip(Array.from({ length: 2900 }, (_, i) => ({ name: `${i}.txt`, content: Buffer.from(about) })))),
  'zip of 60,000 files': () =>
    file(makeZip(Array.from({ length: 60_000 }, (_, i) => ({ name: `${i}`, content: Buffer.from('x') })))),
  'gzip of 200 MB': () => file(gzipSync(Buffer.alloc(200_000_000))),
  'Word: 15 MB of paragraphs': () => document('word/document.xml', '<w:p><w:t>x</w:t></w:p>'.repeat(600_000)),
  'Word: a million deletions': () => document('word/document.xml', '<w:delText>'.repeat(1_000_000)),
  'Word: picture descriptions': () => document('word/document.xml', '<w:p title="a" descr="b">'.repeat(500_000)),
  'Excel: half a million cells': () =>
    document('xl/worksheets/sheet1.xml', '<c t="s"><v>0</v></c>'.repeat(500_000), {
      name: 'xl/sharedStrings.xml',
      content: Buffer.from('<si><t>x</t></si>'.repeat(300_000)),
    }),
  'Excel: cells that never close': () =>
    document('xl/worksheets/sheet1.xml', '<c>'.repeat(2_000_000), {
      name: 'xl/sharedStrings.xml',
      content: Buffer.from('<si>'.repeat(1_000_000)),
    }),
  'PDF: 12 MB of drawing': () => pdf('(x) Tj '.repeat(1_700_000), 1),
  'PDF: 9,000 streams': () => pdf('(x) Tj ', 9000),
  'PDF: half a million objects': () => rawPdf('1 0 obj<<>>endobj\n'.repeat(500_000)),
  'PDF: brackets in brackets': () => rawPdf('1 0 obj['.repeat(1_000_000)),
  'PDF: strings that never close': () => rawPdf('1 0 obj ('.repeat(1_000_000)),
  'rich text: escapes': () => file(Buffer.from(`{\\rtf1${"\\'e9".repeat(2_000_000)}`)),
  '18 MB of nothing known': () =>
    file(Buffer.concat([Buffer.from([0, 1, 2, 3]), Buffer.from('abc'.repeat(6_000_000))])),
  '500 recipients': () =>
    Buffer.from(
      `${head.replace('Ed Roe <ed.roe@lakes.example.org>', Array.from({ length: 499 }, (_, i) => `a${i}@d${i}.example`).join(',\r\n '))}\r\n${about}`,
    ),
}
