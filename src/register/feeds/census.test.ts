import { expect, test } from 'vitest'
import { CHILDREN, feedingHouse, NONE } from './feeding-house.fixture.ts'
import { feedNamed } from './index.ts'
import { census } from './samples.fixture.ts'

const { register } = await feedingHouse()

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

test('a child known by local id or UPN alone is kept, and shown as nameless', async () => {
  const one = await register(feedNamed('cin')!)
  await one.feed(census({ children: [{ id: 'C-9', upn: 'H801200001001' }] }))
  expect((await one.state())['C-9']).toMatchObject({ named: false, removed: false })
  await one.feed(Buffer.from('local_id,given_name,family_name\nC-9,Ada,Okafor\n'), { format: 'csv' })
  const { record, named } = (await one.state())['C-9']!
  expect(named).toBe(true)
  expect(record).toMatchObject({ upn: 'H801200001001', names: [{ given: 'Ada', family: 'Okafor' }] })
})

test('a census whose clock ran ahead does not make the next one an older one', async () => {
  const one = await register(feedNamed('cin')!)
  const child = { id: 'C-1', born: '2015-03-09', from: '2024-01-01' }
  await one.feed(census({ children: [{ ...child, born: '2015-03-08' }], made: '2062-04-01T09:00:00' }))
  expect(await one.told(census({ children: [child], made: '2026-11-21T09:00:00' }))).toEqual({ ...NONE, changed: 1 })
  expect((await one.state())['C-1']!.record.born).toEqual({ date: '2015-03-09' })
})
