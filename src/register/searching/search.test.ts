import { beforeAll, describe, expect, test } from 'vitest'
import { actIn, sql, system } from '../../platform/index.ts'
import type { Entry } from '../entry.ts'
import { frequenciesNow } from '../frequencies.ts'
import { importTold } from '../import-feed.ts'
import { openRegisters } from '../register-house.fixture.ts'
import { type Candidate, candidatesFor } from '../search.ts'
import { countsReady } from './counts-ready.ts'

const { test: area, actor } = await openRegisters()
const { house } = area

const seek = (person: Parameters<typeof candidatesFor>[1]): Promise<Candidate[]> =>
  house.database.transaction(system, async (tx) => {
    const { candidates } = await candidatesFor({ tx, secrets: house.secrets, now: house.clock.now() }, person)
    return candidates
  })
const localIds = (candidates: readonly Candidate[]): string[] => candidates.map((one) => one.localId)
const pause = (milliseconds: number): void => area.clock.set(new Date(house.clock.now().getTime() + milliseconds))

/** Two digits of their own for every child, so that no two share more than their name. */
const born = (n: number): string =>
  `20${String(10 + (n % 10)).padStart(2, '0')}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`

async function feed(authority: string, children: readonly { localId: string; entry: Entry }[]): Promise<void> {
  await actIn(house, { actor: system, act: 'test.fed' }, (ctx) =>
    importTold(ctx, {
      source: 'csv',
      authority,
      told: children.map(({ localId, entry }, index) => ({
        kind: 'entry' as const,
        line: index + 1,
        localId,
        entry,
        flagged: [],
      })),
    }),
  )
}

describe('a search among many of one name', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    await feed(
      'kirkvale',
      Array.from({ length: 150 }, (_, n) => ({
        localId: `M-${n}`,
        entry: {
          names: [{ given: 'Mohammed', family: 'Khan', kind: 'legal' as const }],
          born: { date: born(n) },
          addresses: [{ lines: [`${n + 1} Beck Side`, `Town ${String.fromCharCode(65 + (n % 26))}dale`] }],
        },
      })),
    )
    await feed('kirkvale', [
      {
        localId: 'ONE',
        entry: {
          names: [{ given: 'Muhammad', family: 'Khan', kind: 'legal' }],
          born: { date: '2021-11-30' },
          addresses: [{ lines: ['7 Fell Lane', 'Ravenglass'], postcode: 'KV9 9ZZ' }],
        },
      },
      {
        localId: 'TWO',
        entry: { names: [{ given: 'Barnaby', family: 'Walker', kind: 'legal' }], born: { date: '2019-02-03' } },
      },
    ])
  })

  test('finds the one child by name and year, by name and town, and by postcode, though the name alone is shared by 150', async () => {
    const names = [{ given: 'Mohamed', family: 'Khan' }]
    expect(localIds(await seek({ names, born: ['2021'] }))[0]).toBe('ONE')
    expect(localIds(await seek({ names, addresses: [{ locality: 'Ravenglass' }] }))[0]).toBe('ONE')
    expect(localIds(await seek({ names: [{ given: 'Mo' }], addresses: [{ postcode: 'KV9 9ZZ' }] }))[0]).toBe('ONE')
  })

  test('WY-31: a common first name with an age and a school, a half postcode or a parent’s first name finds the one child', async () => {
    await feed(
      'kirkvale',
      Array.from({ length: 150 }, (_, n) => ({
        localId: `O-${n}`,
        entry: {
          names: [{ given: 'Olivia', family: 'Weatherby', kind: 'legal' as const }],
          born: { date: `2015-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}` },
          school: `School ${String.fromCharCode(65 + (n % 26))}${String.fromCharCode(65 + (n % 7))}`,
        },
      })),
    )
    const one = {
      names: [{ given: 'Olivia', family: 'Thwaite', kind: 'legal' as const }],
      born: { date: '2015-04-04' },
      addresses: [{ lines: ['9 Fell Lane'], postcode: 'MD8 8XY' }],
      school: 'Hillfoot Academy',
      relationships: [{ to: 'X', name: 'Adaeze Thwaite', kind: 'mother' as const }],
    }
    await feed('kirkvale', [{ localId: 'ONE-OLIVIA', entry: one }])
    const names = [{ given: 'Olivia' }]
    const born = ['2015']
    for (const known of [
      { names, born, school: 'Hillfoot Academy' },
      { names, born, addresses: [{ postcode: 'MD8' }] },
      { names, born, kin: [{ full: 'Adaeze' }] },
      { names: [], kin: [{ full: 'Adaeze' }], school: 'Hillfoot Academy' },
    ])
      expect(localIds(await seek(known))[0], JSON.stringify(known)).toBe('ONE-OLIVIA')
  })
  test('finds a family name whose first letter was mistyped', async () => {
    expect(localIds(await seek({ names: [{ given: 'Barnaby', family: 'Qalker' }] }))).toEqual(['TWO'])
  })

  test('answers with children of that name even where nothing else is known', async () => {
    expect((await seek({ names: [{ given: 'Mohammed', family: 'Khan' }] })).length).toBe(16)
  })

  test('answers the same whether or not an earlier search has met the names that many share', async () => {
    const person = { names: [{ given: 'Mohammed', family: 'Khan' }], born: ['2013-04-04'], sex: 'M' }
    pause(60 * 60_000)
    const first = await seek(person)
    expect(localIds(await seek(person))).toEqual(localIds(first))
  })

  test('shielded entries, however many, push nobody else out, and are looked at as well', async () => {
    const lane = (given: string): Entry => ({
      names: [{ given, family: 'Thistlewood', kind: 'legal' }],
      born: { date: '2014-05-06' },
      addresses: [{ lines: ['1 Hidden Lane'], postcode: 'KV8 8AA' }],
    })
    await feed(
      'kirkvale',
      Array.from({ length: 16 }, (_, n) => ({ localId: `V-${n}`, entry: lane(`Open${String.fromCharCode(97 + n)}`) })),
    )
    const person = { names: [{ given: 'Ottilie', family: 'Thistlewood' }], born: ['2014-05-06'] }
    const before = await seek(person)
    expect(before.length).toBe(16)
    await feed(
      'kirkvale',
      Array.from({ length: 20 }, (_, n) => ({
        localId: `S-${n}`,
        entry: { ...lane('Ottilie'), shielded: { because: 'adoption' as const, visibleTo: ['imran'] } },
      })),
    )
    const after = await seek(person)
    expect(localIds(after.filter((one) => !one.shielded)).sort()).toEqual(localIds(before).sort())
    expect(after.filter((one) => one.shielded).length).toBe(4)
  })
})

test('the search’s own doors to the registers give nothing to a user', async () => {
  const found = await house.database.transaction(await actor('alice'), async (tx) => [
    ...(await tx.query(sql`select * from register.sharing('{1,2,3}', 10, true)`)),
    ...(await tx.query(sql`select * from register.details((select array_agg(id) from register.entry))`)),
  ])
  expect(found).toEqual([])
})

test('a search that shares no key with anybody finds nobody', async () => {
  expect(await seek({ names: [{ given: 'Quillon', family: 'Xyzzyvarth' }], born: ['1999-01-01'] })).toEqual([])
  expect(await seek({})).toEqual([])
})

test('how often names occur is read when the house opens, not by the first who checks', async () => {
  const opened = { ...house, secrets: { ...house.secrets } }
  await (await countsReady.start(opened)).stop()
  await house.database.pool.query('alter table register.term rename to term_away')
  try {
    const { population, totals } = await house.database.transaction(system, (tx) =>
      frequenciesNow({ tx, secrets: opened.secrets, now: house.clock.now() }),
    )
    expect(population).toBeGreaterThan(150)
    expect(totals.some((n) => n > 100)).toBe(true)
  } finally {
    await house.database.pool.query('alter table register.term_away rename to term')
  }
})
