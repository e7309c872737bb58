import { describe, expect, test } from 'vitest'
import { CHILDREN, feedingHouse, NONE } from './feeding-house.fixture.ts'
import { samples } from './samples.fixture.ts'

const { house, register } = await feedingHouse()

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
