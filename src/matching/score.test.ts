import { describe, expect, it } from 'vitest'
import { acceptThreshold, createFrequencies, keysFor, normalise, type PersonInput, score, soughtKeys } from './index.ts'

const population = createFrequencies(1_000_000)

function chance(a: PersonInput, b: PersonInput): number {
  return score(normalise(a), normalise(b), population).probability
}

const home = [{ text: '12 Oak Street, Bexley', postcode: 'DA5 1AA' }]
const muhammad: PersonInput = {
  names: [{ given: 'Muhammad', family: 'Khan' }],
  born: ['2012-03-14'],
  sex: 'M',
  addresses: home,
}

describe('two records of one child', () => {
  it('a child is the same under every spelling of a transliterated name', () => {
    for (const given of ['Mohammed', 'Mohamed', 'Muhammed', 'محمد', 'Maxamed']) {
      expect(chance(muhammad, { ...muhammad, names: [{ given, family: 'Khan' }] }), given).toBeGreaterThan(0.95)
    }
  })

  it('marks on letters, short names and names in the wrong column do not hide a child', () => {
    const anna: PersonInput = {
      names: [{ given: 'Małgorzata', family: 'Wiśniewska' }],
      born: ['2014-07-02'],
      addresses: home,
    }
    for (const names of [
      [{ given: 'Gosia', family: 'Wisniewska' }],
      [{ given: 'Wisniewska', family: 'Malgorzata' }],
      [{ full: 'Malgorzata Wisniewska' }],
      [
        { given: 'Małgorzata', family: 'Kowalska' },
        { given: 'Malgorzata', family: 'Wisniewski' },
      ],
    ])
      expect(chance(anna, { ...anna, names }), JSON.stringify(names)).toBeGreaterThan(0.9)
  })

  it('day and month exchanged, one wrong digit and a year alone are still the same birthday', () => {
    for (const born of ['2012-14-03', '14/03/2012', '2012-03-15', '2012', 'March 2012']) {
      expect(chance(muhammad, { ...muhammad, born: [born] }), born).toBeGreaterThan(0.5)
    }
  })

  it('a child who moved is found by a former address', () => {
    const moved: PersonInput = { ...muhammad, addresses: [{ text: '3 Mill Lane', postcode: 'LS1 4AB' }, ...home] }
    expect(chance(moved, muhammad)).toBeGreaterThan(0.95)
  })

  it('an unborn child is known by the mother', () => {
    const mother = [{ given: 'Ayesha', family: 'Begum' }]
    const unborn: PersonInput = {
      names: [{ full: 'Unborn Begum' }],
      kin: mother,
      born: ['2026-08-01'],
      addresses: home,
    }
    expect(keysFor(normalise(unborn)).length).toBeGreaterThan(3)
    expect(chance(unborn, { ...unborn, kin: [{ full: 'Aisha Begum' }] })).toBeGreaterThan(0.5)
  })
})

describe('two children', () => {
  it('a brother at the same address is somebody else', () => {
    const found = score(
      normalise(muhammad),
      normalise({ ...muhammad, names: [{ given: 'Bilal', family: 'Khan' }], born: ['2015-09-30'] }),
      population,
    )
    expect(found.probability).toBeLessThan(0.01)
    expect(found.classes.household).toBeGreaterThan(0.9)
  })

  it('a twin sister shares all but her name, and is somebody else', () => {
    const twin: PersonInput = { ...muhammad, names: [{ given: 'Fatima', family: 'Khan' }], sex: 'F' }
    expect(chance(muhammad, twin)).toBeLessThan(0.1)
  })

  it('a common name alone is nobody', () => {
    expect(chance({ names: [{ full: 'Muhammad Khan' }] }, { names: [{ full: 'Muhammad Khan' }] })).toBeLessThan(0.1)
  })
})

describe('the reasons', () => {
  it('fields, prior and rival add up to the weight, and the weight is the probability', () => {
    const found = score(
      normalise(muhammad),
      normalise({ ...muhammad, names: [{ given: 'Mohamed', family: 'Kahn' }] }),
      population,
    )
    const sum = found.prior + found.rival.weight + found.fields.reduce((total, { weight }) => total + weight, 0)
    expect(sum).toBeCloseTo(found.weight, 6)
    expect(1 / (1 + 2 ** -found.weight)).toBeCloseTo(found.probability, 6)
    expect(found.fields.find(({ field }) => field === 'given')?.text).toMatch(/^First name: /)
  })

  it('the same evidence convinces less among more people', () => {
    expect(acceptThreshold(14_000_000)).toBeGreaterThan(acceptThreshold(1000) + 10)
    const a = normalise({ names: [{ full: 'Olivia Hartley' }], born: ['2016-02-01'] })
    const small = score(a, a, createFrequencies(1000)).probability
    expect(score(a, a, createFrequencies(60_000_000)).probability).toBeLessThan(small)
  })

  it('hostile input is read as far as it goes and never throws', () => {
    const long = 'x'.repeat(100_000)
    const odd: PersonInput = {
      names: Array.from({ length: 500 }, () => ({ given: long, family: '\u0000\uD800', full: ' ,;"' })),
      born: ['99/99/9999', '0000-00-00', long, '-1'],
      addresses: Array.from({ length: 500 }, (_, i) => ({ text: `${i} ${long}`, postcode: long, locality: '🏠' })),
      identifiers: Array.from({ length: 500 }, (_, i) => ({ type: '', value: `${i}${long}` })),
      kin: [{ full: long }],
      contacts: [long],
    }
    const prepared = normalise(odd)
    expect(prepared.words.length).toBeLessThanOrEqual(1024)
    expect(keysFor(prepared).length).toBeLessThanOrEqual(128)
    expect(score(prepared, normalise({}), population).probability).toBeLessThan(0.5)
    expect(keysFor(normalise({}))).toEqual([])
  })
})

describe('keys', () => {
  it('two spellings of one child share a key, and keys are positive and fit a bigint column', () => {
    const one = keysFor(normalise(muhammad))
    const other = keysFor(normalise({ names: [{ given: 'Mohamed', family: 'Kahn' }], born: ['2012-03-14'] }))
    expect(one.some((key) => other.includes(key))).toBe(true)
    for (const key of one) expect(key > 0n && key < 2n ** 52n).toBe(true)
    expect(new Set(one).size).toBe(one.length)
  })

  it('one part of a name with an age, a school, a district or a parent’s first name shares a key with the whole child', () => {
    const child = keysFor(
      normalise({
        names: [{ given: 'Olivia', family: 'Khan' }],
        born: ['2015-03-09'],
        addresses: [{ postcode: 'KV1 2AB' }],
        school: 'Hillfoot Academy',
        kin: [{ full: 'Adaeze Okonkwo' }],
      }),
    )
    const shared = (known: PersonInput): number =>
      Array.from(soughtKeys(normalise(known)), BigInt).filter((key) => child.includes(key)).length
    const others: PersonInput[] = [
      { born: ['2015'] },
      { school: 'Hillfoot Academy' },
      { addresses: [{ postcode: 'KV1' }] },
      { kin: [{ full: 'Adaeze' }] },
    ]
    for (const names of [[{ given: 'Olivia' }], [{ family: 'Khan' }]])
      for (const other of others) {
        const alone = shared({ names })
        expect(alone).toBe(1)
        expect(shared({ names, ...other }), JSON.stringify([names, other])).toBeGreaterThan(alone)
      }
    expect(shared({ kin: [{ full: 'Adaeze' }], school: 'Hillfoot Academy' })).toBe(1)
  })

  it('half of a joined family name, or a middle name, with an age shares a key with the whole child', () => {
    const child = keysFor(
      normalise({ names: [{ given: 'Zephyrine Maud', family: 'Okonkwo-Vass' }], born: ['2015-03-09'] }),
    )
    for (const names of [
      [{ family: 'Vass' }],
      [{ family: 'Okonkwo' }],
      [{ full: 'Zephyrine Vass' }],
      [{ given: 'Maud' }],
    ])
      expect(
        Array.from(soughtKeys(normalise({ names, born: ['2015'] })), BigInt).filter((key) => child.includes(key))
          .length,
        JSON.stringify(names),
      ).toBeGreaterThan(1)
  })

  it('who is sought by much is not asked for under one part of a name, under which very many stand', () => {
    const much = normalise({
      names: [{ given: 'Olivia', family: 'Khan' }],
      born: ['2015-03-09'],
      addresses: [{ text: '12 Mill Lane', postcode: 'KV1 2AB', locality: 'Kirkvale' }],
    })
    expect(soughtKeys(much).length).toBeLessThan(keysFor(much).length)
    const little = normalise({ names: [{ given: 'Olivia' }], born: ['2015'] })
    expect(Array.from(soughtKeys(little), BigInt)).toEqual(keysFor(little))
  })
})
