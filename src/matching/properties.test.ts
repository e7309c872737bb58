import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createFrequencies, dedupeFile, keysFor, normalise, type PersonInput, score } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'matching-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const given = fc.constantFrom(
  'Muhammad',
  'Mohamed',
  'Aisha',
  'Ayesha',
  'Olivia',
  'Livvy',
  'Xiao Hong',
  'Xiao Ming',
  '',
  'J',
)
const family = fc.constantFrom('Khan', 'Kahn', 'Smith', 'Smyth', 'Hartley-Jones', 'Hartley', 'Nowak', '')
const born = fc.constantFrom('2015-03-09', '09/03/2015', '2015-09-03', '2015', '2015-01-01', '2015-03-19', '')
const address = fc.constantFrom('12 Oak Street', '12 Oak St', 'Flat 2, 9 Mill Lane', '')
const postcode = fc.constantFrom('DA5 1AA', 'DA51AB', 'LS1 4AB', '')
const nhs = fc.constantFrom('9434765919', '9434765918', '')
const person: fc.Arbitrary<PersonInput> = fc
  .record({
    given,
    family,
    born,
    address,
    postcode,
    nhs,
    mother: fc.constantFrom('Sana Khan', 'Sanaa Khan', 'Ann Lee', ''),
  })
  .map((one) => ({
    names: [{ given: one.given, family: one.family }],
    born: [one.born],
    addresses: [{ text: one.address, postcode: one.postcode }],
    identifiers: [{ type: 'nhs', value: one.nhs }],
    kin: [{ full: one.mother }],
  }))

describe('whoever the two are', () => {
  const population = createFrequencies(100_000)

  it('which record stands left and which right changes nothing', () => {
    fc.assert(
      fc.property(person, person, (one, other) => {
        const a = normalise(one)
        const b = normalise(other)
        const forth = score(a, b, population)
        const back = score(b, a, population)
        expect(forth.weight).toBeCloseTo(back.weight, 9)
        expect(forth.fields.map(({ field, level }) => `${field} ${level}`)).toEqual(
          back.fields.map(({ field, level }) => `${field} ${level}`),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('a record is itself, and shares all its keys with itself', () => {
    fc.assert(
      fc.property(person, (one) => {
        const prepared = normalise(one)
        const again = normalise(structuredClone(one))
        expect([...again.words]).toEqual([...prepared.words])
        expect(keysFor(again)).toEqual(keysFor(prepared))
        for (const { weight } of score(prepared, again, population).fields) expect(weight).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 100 },
    )
  })
})

const NAMES = ['Ada', 'Bruno', 'Chidi', 'Dilys', 'Emre', 'Farah', 'Gwen', 'Hamza', 'Ingrid', 'Jonas', 'Kemi', 'Leszek']
const ENDS = ['ford', 'wick', 'thorpe', 'bury', 'combe', 'stead', 'holme', 'garth', 'dale', 'mere']

/** children of different households, every third written down twice by people who spell differently */
function rows(): string[][] {
  return Array.from({ length: 120 }, (_, i) => {
    const name = NAMES[i % 12]!
    const surname = `${NAMES[(i * 7 + 3) % 12]}${ENDS[(i * 3 + ((i / 12) | 0)) % 10]}`
    const day = `${2006 + (i % 17)}-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + ((i * 11) % 28)).padStart(2, '0')}`
    const street = `${i + 1} ${ENDS[i % 10]!.toUpperCase()} ROAD`
    const postcode = `DA${1 + (i % 9)} ${i % 10}A${'ABDEFGHJLN'[(i * 3) % 10]}`
    const once = [`r${i}`, name, surname, day, street, postcode]
    const [year, month, date] = day.split('-')
    const again = [`d${i}`, name, `${surname}s`, `${date}/${month}/${year}`, street.replace('ROAD', 'Rd'), postcode]
    return i % 3 === 0 ? [once, again] : [once]
  }).flat()
}

let files = 0
async function found(header: readonly string[], written: readonly string[][], map?: ReadonlyMap<string, string>) {
  const path = join(folder, `${files++}.csv`)
  writeFileSync(path, `${[header, ...written].map((row) => row.join(',')).join('\n')}\n`)
  const result = await dedupeFile(path, map === undefined ? {} : { map })
  if ('refused' in result) throw new Error(result.refused)
  return [...result.pairs].map(({ left, right }) => [left, right].sort().join('+')).sort()
}

describe('a file of persons', () => {
  const header = ['id', 'given_name', 'surname', 'date_of_birth', 'address', 'postcode']
  const children = rows()
  const expected = children.flatMap(([id]) => (id!.startsWith('d') ? [`${id}+r${id!.slice(1)}`] : [])).sort()

  it('the order of its rows changes nothing', async () => {
    expect(await found(header, children)).toEqual(expected)
    expect(await found(header, [...children].reverse())).toEqual(expected)
    expect(
      await found(
        header,
        [...children].sort((a, b) => (a[5]! < b[5]! ? -1 : 1)),
      ),
    ).toEqual(expected)
  })

  it('other headers, named with --map, and other orders of the columns change nothing', async () => {
    const map = new Map([
      ['Vorname', 'given_name'],
      ['Nachname', 'surname'],
      ['geboren', 'date_of_birth'],
      ['wohnt', 'address'],
      ['PLZ', 'postcode'],
    ])
    expect(await found(['id', ...map.keys()], children, map)).toEqual(expected)
    const turned = children.map((row) => [...row].reverse())
    expect(await found([...header].reverse(), turned)).toEqual(expected)
  })
})
