import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { dedupeFile, linkFiles, type Matched, type Refused } from '../index.ts'

const folder = mkdtempSync(join(tmpdir(), 'matching-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function file(text: string | Buffer): string {
  const path = join(folder, `${files++}.csv`)
  writeFileSync(path, text)
  return path
}

function pairs(result: Matched | Refused): string[] {
  if ('refused' in result) throw new Error(result.refused)
  return [...result.pairs].map(({ left, right }) => [left, right].sort().join('+')).sort()
}

const HEADER = 'id,given_name,surname,date_of_birth,sex,address,postcode\n'
const GIVEN = ['Olivia', 'Jack', 'Amina', 'Piotr', 'Niamh', 'Kofi', 'Mei', 'Ravi', 'Elena', 'Tom', 'Hodan', 'Grace']
const FAMILY = [
  'Hartley',
  'Okafor',
  'Nowak',
  'Begum',
  'Doyle',
  'Singh',
  'Popescu',
  'Wong',
  'Farah',
  'Brook',
  'Ellis',
  'Quayle',
  'Moyo',
]

/** so many different people, no two of one household */
function strangers(n: number): string {
  let rows = ''
  for (let i = 0; i < n; i++) {
    const day = `${2008 + (i % 16)}-${String(1 + ((i * 7) % 12)).padStart(2, '0')}-${String(1 + ((i * 11) % 28)).padStart(2, '0')}`
    rows += `s${i},${GIVEN[i % 12]},${FAMILY[(i * 5 + ((i / 12) | 0)) % 13]},${day},${i % 2 ? 'F' : 'M'},${i + 1} ${FAMILY[i % 13]} Road,DA${1 + (i % 9)} ${i % 10}A${'ABDEFGHJLN'[(i * 3) % 10]}\n`
  }
  return rows
}

describe('a file of persons', () => {
  it('the same child written twice is one pair; brother and twin stay apart', async () => {
    const found = await dedupeFile(
      file(
        `${HEADER}${strangers(300)}` +
          'a,Muhammad,Khan,2012-03-14,M,12 Oak Street,DA5 1AA\nb,Mohamed,Khan,14/03/2012,,12 Oak St,DA5 1AA\n' +
          'brother,Bilal,Khan,2015-09-30,M,12 Oak Street,DA5 1AA\ntwin,Zainab,Khan,2012-03-14,F,12 Oak Street,DA5 1AA\n',
      ),
    )
    expect(pairs(found)).toEqual(['a+b'])
  })

  it('linking names the left file first and reports no pair inside one file', async () => {
    const left = file(`${HEADER}${strangers(200)}l1,Chloe,Ashworth,2010-01-31,F,4 Mill Lane,LS1 4AB\n`)
    const right = file(
      'Nachname,Vorname,dob,PLZ\nAshworth,Khloe,31/01/2010,LS1 4AB\n'.replace(/^/, 'key,').replace('\nA', '\nr1,A'),
    )
    const map = new Map([
      ['Nachname', 'surname'],
      ['Vorname', 'given_name'],
      ['PLZ', 'postcode'],
    ])
    const found = await linkFiles(left, right, { map })
    if ('refused' in found) throw new Error(found.refused)
    expect([...found.pairs]).toMatchObject([{ left: 'l1', right: 'r1' }])
    for (const { probability } of found.pairs) expect(probability).toBeGreaterThanOrEqual(0.5)
  })

  it('threads and one thread find the same persons', async () => {
    const path = file(`${HEADER}${strangers(400)}${strangers(60).replaceAll(/^s/gm, 't')}`)
    const many = pairs(await dedupeFile(path, { threads: 2 }))
    const one = pairs(await dedupeFile(path, { threads: 1 }))
    expect(many).toEqual(one)
  })
})

describe('a file that cannot be used is refused with a sentence that says why', () => {
  const refused = async (text: string | Buffer) => {
    const found = await dedupeFile(file(text))
    return 'refused' in found ? found.refused : 'accepted'
  }

  it.each([
    ['empty', '', /is empty/],
    ['no header that is understood', 'a,b\n1,2\n', /No column with a name.*--map/],
    ['a ragged row', `${HEADER}1,a,b\n`, /Line 2: 3 fields, but the header has 7/],
    ['an id twice', 'id,name\n1,Ann Lee\n1,Bo Lee\n', /id "1" stands in two rows/],
    ['an empty id', 'id,name\n,Ann Lee\n', /Line 2: the id is empty/],
    ['a header twice', 'id,name,name\n', /names "name" twice/],
    ['quotation marks that do not close', 'id,name\n1,"Ann\n2,Bo\n', /Line \d+: the quotation marks/],
    ['a row without end', `id,name\n1,"${'x'.repeat(300_000)}"\n`, /longer than 256 kB/],
    ['a workbook', Buffer.from('PK\u0003\u0004rest'), /workbook/],
    ['UTF-16', Buffer.from('\uFEFFid,name\n', 'utf16le'), /UTF-16/],
    ['Latin-1', Buffer.from('id,name\n1,Jos\xe9\n', 'latin1'), /not in UTF-8 \(line 2\)/],
  ])('%s', async (_, text, sentence) => {
    expect(await refused(text)).toMatch(sentence)
  })

  it('a column named with --map that no file has', async () => {
    const found = await dedupeFile(file('id,name\n1,Ann Lee\n'), { map: new Map([['Vorname', 'given_name']]) })
    expect(found).toEqual({ refused: expect.stringMatching(/column "Vorname" that no file has/) })
  })

  it('a file that is not there', async () => {
    expect(await dedupeFile(join(folder, 'none.csv'))).toEqual({ refused: expect.stringMatching(/^There is no file/) })
  })

  it('a header and nobody in it is no error and no pair', async () => {
    expect(pairs(await dedupeFile(file(HEADER)))).toEqual([])
  })
})
