import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import PDFDocument from 'pdfkit'
import { describe, expect, it } from 'vitest'
import { lookInside, typeOf, Work, workLimits } from './index.ts'
import { makeZip, noise } from './zip.cases.ts'

const secret = Buffer.from('Julia Smith, NHS 943 476 5919')
const look = (bytes: Buffer, name = 'file') => lookInside(bytes, `attachments/1/${name}`)
const textOf = (bytes: Buffer) =>
  look(bytes)
    .pieces.map((piece) => piece.text)
    .join('\n')
const xml = (name: string, content: string) => ({ name, content: Buffer.from(content) })
const document = (...parts: { name: string; content: Buffer }[]) =>
  makeZip([xml('[Content_Types].xml', '<Types/>'), ...parts])
const pdf = (build: (doc: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}) =>
  new Promise<Buffer>((resolve) => {
    const doc = new PDFDocument(options)
    const pieces: Buffer[] = []
    doc.on('data', (piece: Buffer) => pieces.push(piece))
    doc.on('end', () => resolve(Buffer.concat(pieces)))
    build(doc)
    doc.end()
  })

describe('CUM-28, CUM-49: what protects a zip', () => {
  it('AES-256 counts, and its inner names are seen', () => {
    const found = look(makeZip([{ name: 'Julia Smith.doc', lock: 'aes-256' }]))
    expect(found.encrypted).toBe('aes-256')
    expect(found.inside.map((file) => file.name)).toEqual(['Julia Smith.doc'])
  })
  it('AES-128 and ZipCrypto are weak', () => {
    expect(look(makeZip([{ name: 'a', lock: 'aes-128' }])).encrypted).toBe('weak')
    expect(look(makeZip([{ name: 'a', lock: 'crypto' }])).encrypted).toBe('weak')
  })
  it('one plain file among encrypted ones leaves it unprotected', () => {
    expect(
      look(
        makeZip([
          { name: 'a', lock: 'aes-256' },
          { name: 'b', content: secret },
        ]),
      ).encrypted,
    ).toBe(false)
    expect(
      look(
        makeZip([
          { name: 'a', lock: 'aes-256' },
          { name: 'b', lock: 'crypto' },
        ]),
      ).encrypted,
    ).toBe('weak')
  })
  it('a file that only claims to be encrypted is not', () => {
    expect(
      look(makeZip([{ name: 'a', lock: 'aes-256', content: Buffer.from('plain words '.repeat(500)), claimedSize: -1 }]))
        .encrypted,
    ).toBe(false)
  })
})

describe('a zip that contradicts itself is not read', () => {
  const cases: Record<string, Buffer> = {
    'a file with two names': makeZip([{ name: 'a.txt', localName: 'b.txt' }]),
    'bytes hidden before its files': makeZip([{ name: 'a.txt' }], { before: secret }),
    'bytes hidden between its files': makeZip([{ name: 'a.txt' }, { name: 'b.txt' }], { gap: secret }),
    'files that overlap': makeZip([{ name: 'a.txt' }, { name: 'a.txt', overlap: true }]),
    'bytes after its end': Buffer.concat([makeZip([{ name: 'a.txt' }]), secret]),
    'a file larger than it says': makeZip([{ name: 'a.txt', content: secret, claimedSize: 3 }]),
    'a claim of four gigabytes': makeZip([{ name: 'a.txt', claimedSize: 0xffffffff }]),
    'two lists of files': Buffer.concat([makeZip([{ name: 'a.txt' }]), makeZip([{ name: 'b.txt' }])]),
  }
  for (const [what, bytes] of Object.entries(cases))
    it(what, () => expect(look(bytes).problems.filter((problem) => problem.kind === 'unsafe')).not.toEqual([]))
})

describe('what is packed to exhaust its reader', () => {
  it('a bomb of 300 MB in 300 KB is refused', () => {
    const found = look(makeZip([{ name: 'z', content: Buffer.alloc(300_000_000) }]))
    expect(found.problems[0]?.code).toBe('beyond-unpacked')
  })
  it('zips within zips are refused beyond a few', () => {
    let bytes = makeZip([{ name: 'a.txt' }])
    for (let i = 0; i < 20; i++) bytes = makeZip([{ name: 'inner.zip', content: bytes, stored: true }])
    expect(look(bytes).problems[0]?.kind).toBe('unsafe')
  })
  it('many files that each unpack a little are refused together', () => {
    const found = look(
      makeZip(Array.from({ length: 200 }, (_, i) => ({ name: `${i}.txt`, content: Buffer.alloc(500_000, 32) }))),
    )
    expect(found.problems.some((problem) => problem.code === 'beyond-unpacked')).toBe(true)
  })
  it('a gzip bomb is refused', () =>
    expect(look(gzipSync(Buffer.alloc(100_000_000))).problems[0]?.code).toBe('beyond-unpacked'))
  it.each([
    ['of brackets in brackets', () => Buffer.from(`%PDF-1.4\n${'1 0 obj['.repeat(200_000)}`)],
    ['of half a million numbers', () => Buffer.from(`%PDF-1.4\n${`1 0 obj[${'1 '.repeat(5_000)}]\n`.repeat(100)}`)],
    [
      'of thousands of small pieces',
      () => {
        const packed = deflateSync(Buffer.from('(x) Tj'))
        const piece = Buffer.concat([
          Buffer.from(`1 0 obj<</Filter/FlateDecode/Length ${packed.length}>>stream\n`),
          packed,
          Buffer.from('\nendstream endobj\n'),
        ])
        return Buffer.concat([Buffer.from('%PDF-1.4\n'), ...Array.from({ length: 4_100 }, () => piece)])
      },
    ],
  ])('a PDF %s is refused before it costs more than others', (_what, build) => {
    const found = look(build())
    expect(found.problems.map(({ kind, sentence }) => `${kind}: ${sentence}`).join()).toMatch(
      /^unsafe: .*more (?:objects|pieces) than this gateway takes/,
    )
  })
  it('text beyond the budget is said to be unread, never passed over', () => {
    const work = new Work({ ...workLimits, entries: 10, depth: 3, textCharacters: 1000, markupCharacters: 1000 })
    expect(lookInside(Buffer.from('word '.repeat(1000)), 'attachments/1/long.txt', work).problems[0]?.code).toBe(
      'too-much-text',
    )
  })
})

describe('a document is read with all that it carries', () => {
  it('Word: text, comments, deleted words, headers, notes, properties, links, embedded files', () => {
    const found = textOf(
      document(
        xml(
          'word/document.xml',
          '<w:document><w:p><w:t>shown A</w:t></w:p><w:del w:author="author B"><w:delText>deleted C</w:delText></w:del></w:document>',
        ),
        xml(
          'word/comments.xml',
          '<w:comments><w:comment w:author="author D"><w:t>comment E</w:t></w:comment></w:comments>',
        ),
        xml('word/header1.xml', '<w:hdr><w:t>header F</w:t></w:hdr>'),
        xml('word/footnotes.xml', '<w:t>note G</w:t>'),
        xml('docProps/core.xml', '<dc:title>title H</dc:title><dc:creator>creator I</dc:creator>'),
        xml('word/_rels/document.xml.rels', '<Relationship TargetMode="External" Target="mailto:link-J@x.example"/>'),
        { name: 'word/embeddings/inner.docx', content: document(xml('word/document.xml', '<w:t>embedded K</w:t>')) },
      ),
    )
    for (const words of [
      'shown A',
      'author B',
      'deleted C',
      'author D',
      'comment E',
      'header F',
      'note G',
      'title H',
      'creator I',
      'link-J@x.example',
      'embedded K',
    ])
      expect(found).toContain(words)
  })
  it('Excel: hidden sheets, dates as dates, numbers, comments', () => {
    const found = textOf(
      document(
        xml('xl/workbook.xml', '<workbook><sheets><sheet name="Hidden Tom" state="hidden"/></sheets></workbook>'),
        xml('xl/styles.xml', '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
        xml('xl/sharedStrings.xml', '<sst><si><t>Julia</t></si><si><r><t>Smi</t></r><r><t>th</t></r></si></sst>'),
        xml(
          'xl/worksheets/sheet1.xml',
          '<worksheet><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c s="1"><v>41002</v></c><c><v>9434765919</v></c></row></worksheet>',
        ),
        xml('xl/comments1.xml', '<comments><text><t>a comment</t></text></comments>'),
      ),
    )
    for (const words of ['Hidden Tom', 'Julia\tSmith\t03/04/2012\t9434765919', 'a comment'])
      expect(found).toContain(words)
  })
  it('PDF: pages, properties, notes', async () => {
    const bytes = await pdf(
      (doc) => {
        doc.text('Julia Smith, NHS 943 476 5919')
        doc.note(10, 10, 100, 20, 'a sticky note')
        doc.addPage().text('page two')
      },
      { info: { Title: 'About Julia' } },
    )
    for (const words of ['Julia Smith, NHS 943 476 5919', 'a sticky note', 'page two', 'About Julia'])
      expect(textOf(bytes)).toContain(words)
  })
  it('PDF: a locked one is not relied on, and a picture of a page is said to be unread', async () => {
    const locked = look(await pdf((doc) => doc.text('x'), { userPassword: 'secret', pdfVersion: '1.7' }))
    expect(locked.encrypted).toBe('weak')
    expect(locked.problems[0]?.code).toBe('protected')
  })
  it('rich text, HTML with hidden words, mail within mail, gzip, tar', () => {
    expect(
      textOf(Buffer.from("{\\rtf1{\\fonttbl{\\f0 Arial;}}Julia \\b Smith\\b0\\par caf\\'e9 \\u8211?x}")),
    ).toContain('Julia Smith\ncafé –x')
    const html = textOf(
      Buffer.from(
        '<html><body><p style="display:none">hidden A</p><!-- comment B --><img alt="alt C"><a href="mailto:d@x.example">&#74;ulia</a></body></html>',
      ),
    )
    for (const words of ['hidden A', 'comment B', 'alt C', 'd@x.example', 'Julia']) expect(html).toContain(words)
    expect(
      textOf(Buffer.from('From: a@b.example\r\nTo: c@d.example\r\nSubject: About Julia\r\n\r\nbody of it\r\n')),
    ).toContain('About Julia')
    expect(textOf(gzipSync(secret))).toContain('943 476 5919')
  })
  it('pictures: EXIF words, where it was taken, PNG texts', () => {
    const tiff = Buffer.alloc(120)
    tiff.write('II*\0', 0, 'latin1')
    tiff.writeUInt32LE(8, 4)
    tiff.writeUInt16LE(1, 8)
    tiff.writeUInt16LE(0x010e, 10)
    tiff.writeUInt16LE(2, 12)
    tiff.writeUInt32LE(11, 14)
    tiff.writeUInt32LE(60, 18)
    tiff.write('Julia Smith', 60)
    const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
    const jpeg = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2]),
      exif,
      Buffer.from([0xff, 0xd9]),
    ])
    expect(textOf(jpeg)).toContain('Julia Smith')
    const chunk = (kind: string, body: string) =>
      Buffer.concat([Buffer.from([0, 0, 0, body.length]), Buffer.from(kind + body, 'latin1'), Buffer.alloc(4)])
    expect(
      textOf(
        Buffer.concat([
          Buffer.from('89504e470d0a1a0a', 'hex'),
          chunk('tEXt', 'Author\0Julia Smith'),
          chunk('IEND', ''),
        ]),
      ),
    ).toContain('Julia Smith')
  })
})

describe('a file is what its bytes say', () => {
  const signed: [string, string][] = [
    ['504b0304', 'application/zip'],
    ['255044462d', 'application/pdf'],
    ['d0cf11e0a1b11ae1', 'application/x-cfb'],
    ['377abcaf271c', 'application/x-7z-compressed'],
    ['526172211a07', 'application/vnd.rar'],
    ['ffd8ff', 'image/jpeg'],
  ]
  for (const [hex, type] of signed)
    it(type, () => expect(typeOf(Buffer.concat([Buffer.from(hex, 'hex'), noise(50)]))).toBe(type))
  it('what nothing here can open is said to be unread', () => {
    for (const hex of ['377abcaf271c', '526172211a07', '7f454c46', '00010203'])
      expect(look(Buffer.concat([Buffer.from(hex, 'hex'), noise(900)])).problems[0]?.kind).toBe('unread')
  })
  it('answers whatever the bytes are', () => {
    const heads = [
      '504b0304',
      '504b0506',
      '255044462d312e37',
      'd0cf11e0a1b11ae1',
      '1f8b08',
      '89504e470d0a1a0a',
      'ffd8ffe1',
      '7b5c727466',
      '3c68746d6c3e',
      '49492a00',
      '789f3e22',
    ].map((hex) => Buffer.from(hex, 'hex'))
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 3000 }), (head, tail) =>
        look(Buffer.concat([head, tail])).type.includes('/'),
      ),
      { numRuns: 1500 },
    )
    const base = makeZip([
      { name: 'a.txt', content: secret },
      { name: 'b', lock: 'aes-256' },
    ])
    fc.assert(
      fc.property(fc.nat(base.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(base)
        changed[at] = value
        return look(changed).type.includes('/')
      }),
      { numRuns: 1500 },
    )
  })
})
