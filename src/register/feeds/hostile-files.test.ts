import { describe, expect, test } from 'vitest'
import { CHILDREN, feedingHouse, NONE } from './feeding-house.fixture.ts'
import { samples, workbook } from './samples.fixture.ts'

const { register } = await feedingHouse()

describe('feeds made of text', { timeout: 60_000 }, () => {
  const texts = samples.filter((one) => one.text)
  test.each(texts)('$name: a byte order mark and the line ends of Windows are no fault', async ({ feed, make }) => {
    const one = await register(feed)
    const bytes = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from(make(CHILDREN).toString().replaceAll('\n', '\r\n')),
    ])
    expect(await one.told(bytes)).toEqual({ ...NONE, added: 3 })
    expect(await one.told(make(CHILDREN))).toEqual({ ...NONE, unchanged: 3 })
  })
  test.each(texts)('$name: another encoding is refused with what to do', async ({ feed, make }) => {
    const one = await register(feed)
    const named = make([{ ...CHILDREN[0]!, id: 'Zoë' }]).toString()
    for (const encoding of ['latin1', 'utf16le'] as const)
      expect(
        await one.told(
          Buffer.concat([
            encoding === 'utf16le' ? Buffer.from([0xff, 0xfe]) : Buffer.alloc(0),
            Buffer.from(named, encoding),
          ]),
        ),
      ).toMatch(/UTF-8/)
    expect(await one.state()).toEqual({})
  })
  test.each(texts)('$name: a NUL is kept nowhere', async ({ feed, make }) => {
    const one = await register(feed)
    const told = await one.told(
      make([
        { ...CHILDREN[0]!, sex: '\0' },
        { ...CHILDREN[1]!, id: 'C\0-2' },
      ]),
    )
    if (typeof told !== 'string') expect(told).toEqual({ ...NONE, added: 1, flagged: 1, rejected: 1 })
    expect(Object.keys(await one.state()).join()).not.toContain('\0')
  })
  test.each(samples.filter((one) => one.feed.format === 'csv' || one.feed.format === 'cin'))(
    'WY-33: $name of another authority changes nothing here',
    async ({ feed, make }) => {
      const one = await register(feed)
      const told = await one.told(make(CHILDREN, '999'))
      if (typeof told === 'string') expect(told).toContain('999')
      else expect(told).toEqual({ ...NONE, rejected: 3 })
      expect(await one.state()).toEqual({})
    },
  )
  test.each(texts.filter((one) => one.fileName.endsWith('.xml')))(
    '$name: bombs, outside entities, foreign roots and endless depth are refused',
    async ({ feed, make }) => {
      const one = await register(feed)
      const whole = make(CHILDREN)
        .toString()
        .replace(/^<\?xml.*\n/, '')
      const bombs = [
        `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${whole.replace('C-1', '&b;')}`,
        `<!DOCTYPE x SYSTEM "file:///etc/passwd">${whole}`,
        whole.replace('C-1', '&unheard;'),
        `<Other>${whole}</Other>`,
        `${whole.split('>')[0]}>${'<a>'.repeat(10_000)}`,
        whole.replace('C-1', `<b>${'<c/>'.repeat(60_000)}</b>`),
        whole.replace(/<(Child|CHILD)>/, `<$1 a="${'x'.repeat(2_000_000)}">`),
      ]
      for (const bomb of bombs) expect(await one.told(Buffer.from(bomb)), bomb.slice(0, 60)).toBeTypeOf('string')
      expect(await one.state()).toEqual({})
    },
  )
})

describe('a workbook made to do harm', { timeout: 60_000 }, () => {
  const annexA = samples.find((one) => one.feed.format === 'annex-a')!
  const rows = [
    ['Child Unique ID', 'Date of Birth'],
    ['C-1', '09/03/2015'],
  ]
  test.each([
    [
      'unpacks to far more than it holds',
      () => workbook({ 'List 1': rows }, { 'xl/media/zeros.bin': Buffer.alloc(210_000_000) }),
    ],
    [
      'has a cell a billion rows away',
      () =>
        workbook(
          { 'List 1': rows },
          {
            'xl/worksheets/sheet1.xml':
              '<worksheet><sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>',
          },
        ),
    ],
    ['is a spreadsheet of something else', () => workbook({ Budget: rows })],
  ])('is refused where it %s', async (_, make) => {
    const one = await register(annexA.feed)
    expect(await one.told(make())).toMatch(/Annex A/)
    expect(await one.state()).toEqual({})
  })
})
