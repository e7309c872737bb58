import { describe, expect, test } from 'vitest'
import { actIn, isFault, system } from '../../platform/index.ts'
import { testHouse } from '../../testing/test-house.ts'
import { flawsAsCsv } from '../flaws-as-csv.ts'
import { type Imported, importFeed } from '../import-feed.ts'
import { feedNamed } from './index.ts'
import { type Child, CODE, census, samples, workbook } from './samples.fixture.ts'

const { house, clock } = await testHouse()
clock.set(new Date('2026-11-20T10:00:00Z'))
let authorities = 0

interface Register {
  feed(bytes: Buffer | readonly Buffer[], more?: { confirmed?: boolean; format?: string }): Promise<Imported>
  /** What it came to: the counts, or the sentence with which the file was refused. */
  told(bytes: Buffer | readonly Buffer[]): Promise<Imported['counts'] | string>
  /** Everything that is kept, by local id. */
  state(): Promise<
    Record<string, { record: Record<string, unknown>; version: number; removed: boolean; named: boolean }>
  >
}

/** A new authority's register, empty. */
async function register(feed: (typeof samples)[number]['feed']): Promise<Register> {
  const id = `authority-${++authorities}`
  await house.database.pool.query(
    `insert into people.agency (id, name, kind, keeps_register) values ($1, $1, 'social-care', true)`,
    [id],
  )
  const one: Register = {
    feed: (bytes, { format, ...more } = {}) =>
      actIn(house, { actor: system, act: 'test.fed' }, (ctx) =>
        importFeed(ctx, {
          feed: format === undefined ? feed : feedNamed(format)!,
          bytes: (async function* () {
            yield* Array.isArray(bytes) ? bytes : [bytes as Buffer]
          })(),
          authority: { id, codes: [CODE] },
          ...more,
        }),
      ),
    async told(bytes) {
      try {
        return (await one.feed(bytes)).counts
      } catch (error) {
        if (isFault(error) && error.code === 'register.feed-refused') return error.sentence
        throw error
      }
    },
    async state() {
      const { rows } = await house.database.pool.query(
        `select local_id, record, version, removed_at is not null as removed, named from register.entry where authority = $1 order by local_id`,
        [id],
      )
      return Object.fromEntries(rows.map(({ local_id, ...row }) => [local_id, row]))
    },
  }
  return one
}

const NONE = { added: 0, changed: 0, unchanged: 0, removed: 0, flagged: 0, rejected: 0 }
const CHILDREN: readonly Child[] = [
  { id: 'C-1', born: '2015-03-09', sex: 'F', from: '2024-01-01' },
  { id: 'C-2', born: '2016-04-10', sex: 'M', from: '2024-02-01', to: '2024-08-01' },
  { id: 'C-3', born: '2017-05-11', sex: 'F', from: '2024-03-01' },
]

describe.each(samples)('the feed $name', { timeout: 120_000 }, (sample) => {
  const { make, feed } = sample
  test('fed for the first time it adds, and replayed it changes nothing', async () => {
    const one = await register(feed)
    expect(await one.told(make(CHILDREN))).toEqual({ ...NONE, added: 3 })
    const before = await one.state()
    expect(await one.told(make(CHILDREN))).toEqual({ ...NONE, unchanged: 3 })
    expect(await one.state()).toEqual(before)
  })
  test('reordered it changes nothing, and comes to the same register', async () => {
    const [one, other] = [await register(feed), await register(feed)]
    await one.feed(make(CHILDREN))
    await other.feed(make([...CHILDREN].reverse()))
    expect(await other.state()).toEqual(await one.state())
    expect(await one.told(make([...CHILDREN].reverse()))).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
  })
  test('every child named twice in one file is one child', async () => {
    const [one, other] = [await register(feed), await register(feed)]
    expect(await one.told(make([...CHILDREN, ...CHILDREN]))).toMatchObject({
      ...NONE,
      added: 3,
      unchanged: expect.any(Number),
    })
    await other.feed(make(CHILDREN))
    expect(await one.state()).toEqual(await other.state())
  })
  test('a change counts as one, and an end once known is not forgotten when the older file comes again', async () => {
    const one = await register(feed)
    await one.feed(make(CHILDREN))
    const ended = CHILDREN.map((child) => (child.id === 'C-1' ? { ...child, to: '2024-12-24' } : child))
    expect(await one.told(make(ended))).toEqual({ ...NONE, changed: 1, unchanged: 2 })
    expect(JSON.stringify((await one.state())['C-1']!.record)).toContain('2024-12-24')
    if (feed.format !== 'csv') {
      expect(await one.told(make(CHILDREN))).toEqual({ ...NONE, unchanged: 3 })
      expect(JSON.stringify((await one.state())['C-1']!.record)).toContain('2024-12-24')
    }
  })
  test('cut off anywhere it is refused, or what came through is whole', async () => {
    const one = await register(feed)
    await one.feed(make(CHILDREN))
    const old = await one.state()
    const next = make(CHILDREN.map((child) => ({ ...child, to: '2025-06-07' })))
    const whole = await register(feed)
    await whole.feed(next)
    const fresh = await whole.state()
    let refused = 0
    for (let part = 1; part < 12; part += 1) {
      const cut = next.subarray(0, Math.floor((next.length * part) / 12) + (part % 3))
      const told = await one.told(cut)
      if (typeof told !== 'string') {
        expect(told.rejected, `cut at ${cut.length}`).toBe(0)
        for (const [id, { record }] of Object.entries(await one.state()))
          expect([old[id]!.record, fresh[id]!.record], `${id} cut at ${cut.length} of ${next.length}`).toContainEqual(
            record,
          )
      } else refused += 1
    }
    expect(refused).toBeGreaterThan(sample.text ? 5 : 10)
    if (!sample.fileName.endsWith('.csv')) expect(await one.state()).toEqual(old)
  })
  test('in small pieces, or whole, it says the same', async () => {
    const one = await register(feed)
    const whole = make(CHILDREN.map((child) => ({ ...child, id: `Zoë-${child.id}` })))
    await one.feed(Array.from({ length: Math.ceil(whole.length / 7) }, (_, at) => whole.subarray(at * 7, at * 7 + 7)))
    expect(Object.keys(await one.state())).toEqual(['Zoë-C-1', 'Zoë-C-2', 'Zoë-C-3'])
  })
  test('BEX-54: a wrong birthday is set aside and flagged, and the child is in the register', async () => {
    const one = await register(feed)
    const { counts, flaws } = await one.feed(
      make([
        { ...CHILDREN[0]!, born: '2015-02-30' },
        { ...CHILDREN[1]!, born: '2031-01-01' },
      ]),
    )
    expect(counts).toEqual({ ...NONE, added: 2, flagged: 2 })
    expect(flaws).toMatchObject([
      { localId: 'C-1', rejected: false, reason: 'There is no such day.' },
      { localId: 'C-2', rejected: false, reason: 'The day lies in the future.' },
    ])
    for (const { line, field, value } of flaws) {
      expect(line).toBeGreaterThan(0)
      expect(field).not.toBe('')
      expect(value).toContain(value!.includes('31') ? '31' : '30')
    }
    expect((await one.state())['C-1']!.record.born).toBeUndefined()
  })
  test('BEX-54: what is set aside does not wipe what was known before', async () => {
    const one = await register(feed)
    await one.feed(make(CHILDREN))
    expect(await one.told(make([{ ...CHILDREN[0]!, born: '2015-02-30' }]))).toEqual({
      ...NONE,
      unchanged: 1,
      flagged: 1,
    })
    expect((await one.state())['C-1']!.record.born).toEqual({ date: '2015-03-09' })
  })
  test('BEX-54: a code that the format does not know is set aside and flagged', async () => {
    const one = await register(feed)
    const { counts, flaws } = await one.feed(make([{ ...CHILDREN[0]!, code: sample.wrongCode }]))
    expect(counts.added).toBe(1)
    expect(counts.rejected).toBe(0)
    expect(flaws.length).toBeGreaterThan(0)
    expect(JSON.stringify((await one.state())['C-1']!.record)).not.toContain(sample.wrongCode)
    expect(await one.told(make([{ ...CHILDREN[0]!, code: sample.rightCode }]))).toMatchObject({
      changed: 1,
      flagged: 0,
    })
  })
  test('only what names nobody is rejected, with its line, and the others stay', async () => {
    const one = await register(feed)
    const { counts, flaws } = await one.feed(make([CHILDREN[0]!, { ...CHILDREN[1]!, id: '' }, CHILDREN[2]!]))
    expect(counts).toEqual({ ...NONE, added: 2, rejected: 1 })
    expect(flaws).toMatchObject([
      { rejected: true, reason: expect.stringContaining('nobody'), line: expect.any(Number) },
    ])
    expect(Object.keys(await one.state())).toEqual(['C-1', 'C-3'])
    const long = await one.feed(make([{ ...CHILDREN[0]!, id: 'x'.repeat(101) }]))
    expect(long.counts).toEqual({ ...NONE, rejected: 1 })
  })
  test('what is not its format is refused with a sentence, and changes nothing', async () => {
    const one = await register(feed)
    await one.feed(make(CHILDREN))
    const before = await one.state()
    const foreign = samples.filter((other) => other.feed !== feed).map((other) => other.make(CHILDREN))
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('\0\0\0\0'),
      Buffer.from([0xff, 0xfe, 0x41, 0]),
      Buffer.from('hello'),
      ...foreign,
    ]) {
      const told = await one.told(bytes)
      expect(typeof told, bytes.subarray(0, 40).toString()).toBe('string')
      expect(told).toMatch(/[.]$/)
    }
    expect(await one.state()).toEqual(before)
  })
  test('a field of megabytes fills no register and stops no service', async () => {
    const one = await register(feed)
    const told = await one.told(make([{ ...CHILDREN[0]!, born: '9'.repeat(3_000_000) }, CHILDREN[1]!]))
    if (typeof told !== 'string') expect(told).toMatchObject({ rejected: 0 })
    const { rows } = await house.database.pool.query(
      `select coalesce(max(length(value)), 0) as longest from register.flaw`,
    )
    expect(rows[0].longest).toBeLessThanOrEqual(100)
  })
})

test.each(samples.filter((one) => one.carriesUpn))(
  'BEX-54: $name: a UPN with a wrong check letter is set aside and flagged, a right one is kept',
  async ({ feed, make }) => {
    const one = await register(feed)
    const { counts, flaws } = await one.feed(
      make([
        { ...CHILDREN[0]!, upn: 'B123456789012' },
        { ...CHILDREN[1]!, upn: 'H801200001001' },
      ]),
    )
    expect(counts).toEqual({ ...NONE, added: 2, flagged: 1 })
    expect(flaws[0]).toMatchObject({
      localId: 'C-1',
      value: 'B123456789012',
      reason: expect.stringContaining('check letter'),
    })
    const state = await one.state()
    expect([state['C-1']!.record.upn, state['C-2']!.record.upn]).toEqual([undefined, 'H801200001001'])
  },
)

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

test.each(['2017', '2018', '2019', '2020', '2021', '2022', '2023', '2024', '2025', '2026'])(
  'the census of %s is read',
  async (year) => {
    const one = await register(feedNamed('cin')!)
    expect(await one.told(census({ children: CHILDREN, year }))).toEqual({ ...NONE, added: 3 })
    expect((await one.state())['C-1']!.record.sex).toBe('F')
  },
)

test.each([['2016'], ['2027'], ['soon'], ['']])(
  'a census of the year “%s” is refused with a sentence',
  async (year) => {
    const one = await register(feedNamed('cin')!)
    expect(await one.told(census({ children: CHILDREN, year }))).toMatch(/year|2017 to 2026/)
  },
)

test('an older census brings what it knows of before, and undoes nothing newer', async () => {
  const [one, other] = [await register(feedNamed('cin')!), await register(feedNamed('cin')!)]
  const older = census({
    children: [{ id: 'C-1', born: '2015-03-08', from: '2021-01-01', to: '2021-05-05' }],
    made: '2024-10-01T09:00:00',
    year: '2024',
  })
  const newer = census({ children: [{ id: 'C-1', born: '2015-03-09', from: '2025-01-01' }] })
  for (const bytes of [older, newer]) await one.feed(bytes)
  for (const bytes of [newer, older]) await other.feed(bytes)
  const [{ record }, { record: reversed }] = [(await one.state())['C-1']!, (await other.state())['C-1']!]
  expect(record.born).toEqual({ date: '2015-03-09' })
  expect(reversed.born).toEqual(record.born)
  expect(new Set((reversed.registrations as object[]).map((plan) => JSON.stringify(plan)))).toEqual(
    new Set((record.registrations as object[]).map((plan) => JSON.stringify(plan))),
  )
})

test('BEX-54: the census’s own safeguarding rules are told to the authority, by number, and the child stays', async () => {
  const one = await register(feedNamed('cin')!)
  const plan = (from: string, to: string, category = 'NEG') =>
    `<ChildProtectionPlans><CPPstartDate>${from}</CPPstartDate>${to === '' ? '' : `<CPPendDate>${to}</CPPendDate>`}<InitialCategoryOfAbuse>${category}</InitialCategoryOfAbuse><LatestCategoryOfAbuse>${category}</LatestCategoryOfAbuse></ChildProtectionPlans>`
  const { counts, flaws } = await one.feed(
    census({
      children: [{ id: 'C-1', from: '2024-06-01' }],
      inside: `${plan('2024-01-01', '')}${plan('2023-05-05', '2023-01-01')}${plan('2020-01-01', '2020-02-02', '')}
<Assessments><AssessmentActualStartDate>2026-01-02</AssessmentActualStartDate></Assessments>
<Assessments><AssessmentActualStartDate>2026-03-20</AssessmentActualStartDate></Assessments>
<Section47><S47ActualStartDate>2026-03-02</S47ActualStartDate><ICPCnotRequired>false</ICPCnotRequired></Section47>
<Section47><S47ActualStartDate>2026-03-20</S47ActualStartDate></Section47>`,
    }),
  )
  const rules = flaws.map(({ reason }) => /\((\d{4}Q?)\)/.exec(reason)?.[1])
  expect(rules.sort()).toEqual(['8670Q', '8675Q', '8905', '8910', '8925', '8935', '8940'])
  expect(counts).toEqual({ ...NONE, added: 1, flagged: 7 })
  expect(Object.keys(await one.state())).toEqual(['C-1'])
})

test('what was set aside and rejected comes back as a file that is mended and fed again', async () => {
  const one = await register(feedNamed('csv')!)
  const { flaws } = await one.feed(
    Buffer.from(
      'local_id,given_name,date_of_birth,nhs_number,telephone,address\n' +
        'M-1,Ada,2015-03-09,9991234579,+44 1632 960001,"1 Low Road, Kirkvale"\n,Ben,2016-04-10,,,\nM-3,Cleo,2017-05-11,,,\nM-4,Dee,2018-06-12,,,4 Mill Lane, Kirkvale\n',
    ),
  )
  expect(flaws.map(({ line, field, rejected }) => [line, field, rejected])).toEqual([
    [2, 'nhs_number', false],
    [3, 'local_id', true],
    [5, 'the row', false],
  ])
  const file = flawsAsCsv(flaws)
  expect(file.split('\r\n')[0]).toBe(
    'local_id,given_name,date_of_birth,nhs_number,telephone,address,mend_line,mend_field,mend_reason,mend_outcome',
  )
  expect(file).not.toContain('Cleo')
  const mended = file
    .replace('9991234579', '9991234578')
    .replace(/^,Ben/m, 'M-2,Ben')
    .replace('4 Mill Lane', '"4 Mill Lane, Kirkvale"')
  expect(await one.told(Buffer.from(mended))).toEqual({ ...NONE, added: 1, changed: 2 })
  const state = await one.state()
  expect(Object.keys(state)).toEqual(['M-1', 'M-2', 'M-3', 'M-4'])
  expect(state['M-1']!.record).toMatchObject({ nhsNumber: '9991234578', telephone: '+44 1632 960001' })
  expect(state['M-4']!.record).toMatchObject({ addresses: [{ lines: ['4 Mill Lane', 'Kirkvale'] }] })
})

test('a cell that a spreadsheet would run is written as text in the file to mend', () => {
  const file = flawsAsCsv([{ line: 2, field: 'sex', reason: 'No.', value: '=cmd()', rejected: false }])
  expect(file).toContain(",'=cmd(),")
})

test('BEX-54: a file that would take an absurd share out of the register is held until somebody says it is meant', async () => {
  const one = await register(feedNamed('csv')!)
  const rows = Array.from({ length: 60 }, (_, at) => `R-${at},Ada ${at}`)
  await one.feed(Buffer.from(`local_id,given_name\n${rows.join('\n')}\n`))
  const before = await one.state()
  const gone = Buffer.from(
    `local_id,removed\n${rows
      .slice(0, 30)
      .map((row) => `${row.split(',')[0]},yes`)
      .join('\n')}\n`,
  )
  await expect(one.feed(gone)).rejects.toMatchObject({
    code: 'register.feed-held',
    counts: { removed: 30 },
    message: expect.stringContaining('take 30 out of the register'),
  })
  const nameless = Buffer.from(`local_id,given_name\n${rows.map((row) => `${row.split(',')[0]},`).join('\n')}\n`)
  await expect(one.feed(nameless)).rejects.toMatchObject({ code: 'register.feed-held', unnamed: 60 })
  expect(await one.state()).toEqual(before)
  expect((await one.feed(gone, { confirmed: true })).counts).toEqual({ ...NONE, removed: 30 })
  expect((await one.feed(gone, { confirmed: true })).counts).toEqual({ ...NONE, unchanged: 30 })
})

test('whoever has left the register does not come back with an older file, and comes back with a newer word', async () => {
  const one = await register(feedNamed('csv')!)
  const row = (updated: string, removed = '') =>
    Buffer.from(`local_id,given_name,updated,removed\nL-1,Ada,${updated},${removed}\n`)
  await one.feed(row('2026-01-01'))
  expect((await one.feed(row('2026-03-01', 'yes'))).counts).toEqual({ ...NONE, removed: 1 })
  expect(await one.told(row('2026-02-01'))).toEqual({ ...NONE, unchanged: 1 })
  expect((await one.state())['L-1']!.removed).toBe(true)
  expect(await one.told(row('2026-04-01'))).toEqual({ ...NONE, changed: 1 })
  expect(await one.told(row('2026-03-01', 'yes'))).toEqual({ ...NONE, unchanged: 1 })
  expect((await one.state())['L-1']!.removed).toBe(false)
})

test('two lines that contradict each other are told to the authority; the later day counts', async () => {
  const one = await register(feedNamed('csv')!)
  const file = (rows: string) => Buffer.from(`local_id,given_name,updated\n${rows}`)
  expect(await one.told(file('D-1,Ada,\nD-1,Bea,\n'))).toEqual({ ...NONE, added: 1, unchanged: 1, flagged: 1 })
  expect(await one.told(file('D-2,Ada,2026-02-02\nD-2,Bea,2026-01-01\n'))).toMatchObject({ added: 1, flagged: 1 })
  expect(await one.told(file('D-3,Ada,2026-01-01\nD-3,Bea,2026-02-02\n'))).toMatchObject({ added: 1, changed: 1 })
  expect(JSON.stringify((await one.state())['D-2'])).toContain('Ada')
  expect(JSON.stringify((await one.state())['D-3'])).toContain('Bea')
})

test('a column that a file does not have takes nothing away; least of all a shield', async () => {
  const one = await register(feedNamed('csv')!)
  await one.feed(Buffer.from('local_id,given_name,shielded,shielded_visible_to\nS-1,Ada,adopted,imran\n'))
  await one.feed(Buffer.from('local_id,school\nS-1,Hillfoot Academy\n'))
  expect((await one.state())['S-1']!.record).toMatchObject({
    school: 'Hillfoot Academy',
    names: [{ given: 'Ada' }],
    shielded: { because: 'adopted' },
  })
})

test('a child known by local id or UPN alone is kept, and shown as nameless', async () => {
  const one = await register(feedNamed('cin')!)
  await one.feed(census({ children: [{ id: 'C-9', upn: 'H801200001001' }] }))
  expect((await one.state())['C-9']).toMatchObject({ named: false, removed: false })
  await one.feed(Buffer.from('local_id,given_name,family_name\nC-9,Ada,Okafor\n'), { format: 'csv' })
  const { record, named } = (await one.state())['C-9']!
  expect(named).toBe(true)
  expect(record).toMatchObject({ upn: 'H801200001001', names: [{ given: 'Ada', family: 'Okafor' }] })
})
