import { expect, test } from 'vitest'
import { flawsAsCsv } from '../flaws-as-csv.ts'
import { dayInName } from '../rules/day-in-name.ts'
import { feedingHouse, NONE } from './feeding-house.fixture.ts'
import { feedNamed } from './index.ts'

const { register } = await feedingHouse()

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

test('a file of last week whose rows tell no day is held where its name tells it, until somebody says it is meant', async () => {
  const one = await register(feedNamed('csv')!)
  const school = (name: string) => Buffer.from(`local_id,given_name,school\nW-1,Ada,${name}\n`)
  await one.feed(school('Mill Lane'), { fileName: 'register 2026-11-13.csv' })
  await one.feed(school('Hillfoot'), { fileName: 'register_20261120.csv' })
  const before = await one.state()
  const old = { fileName: 'register 13.11.2026 (1).csv' }
  await expect(one.feed(school('Mill Lane'), old)).rejects.toMatchObject({
    code: 'register.feed-held',
    message: expect.stringMatching(/named for 2026-11-13.*register_20261120.*whoever it tells of back/),
  })
  await expect(
    one.feed(Buffer.from('local_id,removed\nW-1,yes\n'), { fileName: 'leavers 2026-11-19.csv' }),
  ).rejects.toMatchObject({ code: 'register.feed-held' })
  expect(await one.state()).toEqual(before)
  // What changes nobody, tells its own days, or whose name tells none, is no question.
  expect((await one.feed(school('Hillfoot'), old)).counts).toEqual({ ...NONE, unchanged: 1 })
  expect((await one.feed(Buffer.from('local_id,given_name\nW-2,Ben\n'), old)).counts).toEqual({ ...NONE, added: 1 })
  const dated = Buffer.from('local_id,given_name,school,updated\nW-2,Ben,Hillfoot,2026-11-20\n')
  expect((await one.feed(dated, old)).counts).toEqual({ ...NONE, changed: 1 })
  expect((await one.feed(school('Kirkvale High'), { fileName: 'register.csv' })).counts).toMatchObject({ changed: 1 })
  expect((await one.feed(school('Mill Lane'), { ...old, confirmed: true })).counts).toEqual({ ...NONE, changed: 1 })
})

test.each([
  ['register-2026-11-14.csv', '2026-11-14'],
  ['20261114_register.csv', '2026-11-14'],
  ['register 14.11.2026.csv', '2026-11-14'],
  ['register-2026-13-14.csv', undefined],
  ['register-2026-02-30.csv', undefined],
  ['K1202611145.csv', undefined],
  ['register.csv', undefined],
])('the name %s tells the day %s', (name, day) => {
  expect(dayInName(name)).toBe(day)
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

test('BEX-54: a day of change that lies in the future is set aside: what is told afterwards is not taken for older', async () => {
  const one = await register(feedNamed('csv')!)
  const row = (given: string, updated: string) =>
    Buffer.from(`local_id,given_name,updated,removed\nF-1,${given},${updated},\n`)
  const { counts, flaws } = await one.feed(row('Ada', '2062-11-20T09:00:00Z'))
  expect(counts).toEqual({ ...NONE, added: 1, flagged: 1 })
  expect(flaws).toMatchObject([{ field: 'updated', reason: 'The moment lies in the future.', rejected: false }])
  expect(await one.told(row('Adaeze', '2026-11-20T09:00:00Z'))).toEqual({ ...NONE, changed: 1 })
  const gone = Buffer.from('local_id,removed,updated\nF-1,yes,last week\n')
  expect(await one.told(gone), 'a removal whose day cannot be read').toEqual({ ...NONE, removed: 1, flagged: 1 })
  expect(await one.told(row('Ada', '2026-11-21T09:00:00Z')), 'a clock some hours ahead').toMatchObject({ flagged: 0 })
})

test.each([
  [';', 'semicolons'],
  ['\t', 'tabs'],
])('a file divided by “%s” is refused with what to choose', async (divider, name) => {
  const one = await register(feedNamed('csv')!)
  const file = ['local_id,given_name', 'X-1,Ada', ''].join('\n').replaceAll(',', divider)
  expect(await one.told(Buffer.from(file))).toMatch(new RegExp(`divided by ${name}.*comma delimited`))
  const other = await register(feedNamed('cla')!)
  const table = ['CHILD,DOB,DECOM', '1,09/03/2015,01/01/2024', ''].join('\n').replaceAll(',', divider)
  expect(await other.told(Buffer.from(table))).toMatch(new RegExp(`divided by ${name}`))
})

test('who leaves and comes back in one file is in the register afterwards, and who comes and leaves is not', async () => {
  const one = await register(feedNamed('csv')!)
  const told = (...rows: string[]) => one.told(Buffer.from(`local_id,given_name,removed,updated\n${rows.join('\n')}\n`))
  await told('B-1,Ada,,', 'B-2,Ben,,')
  expect(
    await told('B-1,,yes,2026-01-01', 'B-1,Ada,,2026-02-01', 'B-2,Ben,,2026-01-01', 'B-2,,yes,2026-02-01'),
  ).toEqual({
    ...NONE,
    changed: 1,
    unchanged: 1,
    removed: 2,
  })
  const state = await one.state()
  expect([state['B-1']!.removed, state['B-2']!.removed]).toEqual([false, true])
})

test('BEX-54: what a spreadsheet does to a file is told: empty rows are nobody’s, a rounded or invisible id names nobody, an unreadable removal removes nobody', async () => {
  const one = await register(feedNamed('csv')!)
  const { counts, flaws } = await one.feed(
    Buffer.from(
      'local_id,given_name,removed,date_of_birth,date_of_death\nS-1,Ada,perhaps,,\n,,,,\n1.23E+11,Ben,,,\n\u200bS-3,Cleo,,,\nS-4,Dee,,2015-03-09,2014-01-01\n , ,,,\n',
    ),
  )
  expect(counts).toEqual({ ...NONE, added: 2, flagged: 2, rejected: 2 })
  expect(flaws.map(({ line, field, rejected, reason }) => [line, field, rejected, reason])).toEqual([
    [2, 'removed', false, 'The answer is yes or no. The person stays in the register.'],
    [4, 'local_id', true, expect.stringContaining('spreadsheet has rounded')],
    [5, 'local_id', true, expect.stringContaining('cannot be seen')],
    [6, 'date_of_death', false, 'The day of death lies before the birthday.'],
  ])
  expect(Object.keys(await one.state())).toEqual(['S-1', 'S-4'])
})

test('a table of the looked-after return with a column twice is refused: nobody could tell whose row it is', async () => {
  const one = await register(feedNamed('cla')!)
  expect(await one.told(Buffer.from('CHILD,CHILD,DOB,DECOM\n1,2,09/03/2015,01/01/2024\n'))).toContain(
    'CHILD is there twice',
  )
})
