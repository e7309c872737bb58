import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { entryGiven } from '../rules/entry-given.ts'
import { csv } from './csv.ts'
import { COLUMNS } from './csv-columns.ts'
import type { Told } from './feed.ts'
import { feeds } from './index.ts'

const guide = readFileSync(new URL('../../../docs/how-to/feed-a-register.md', import.meta.url), 'utf8')
const pieces = (kind: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${kind}\n(.*?)\`\`\``, 'gs'))].map((found) => found[1]!)

async function told(text: string): Promise<Told[]> {
  const all: Told[] = []
  const bytes = (async function* () {
    yield Buffer.from(text)
  })()
  for await (const one of csv.read({ bytes, authority: { id: 'kirkvale', codes: [] }, today: '2026-12-02' }))
    all.push(one)
  return all
}

test('the CSV of the guide, followed word by word, is fed without a flaw', async () => {
  const [first, second] = pieces('csv') as [string, string]
  const [aisha, sam] = await told(first)
  expect(aisha).toMatchObject({
    kind: 'entry',
    localId: 'K-10023',
    flagged: [],
    entry: { nhsNumber: '9991234578', relationships: [{ kind: 'mother', to: 'K-10021', name: 'Amina Khan' }] },
  })
  expect(sam).toMatchObject({ kind: 'entry', localId: 'K-10024', flagged: [], entry: { born: { date: '2019-11-10' } } })
  expect(await told(second)).toMatchObject([{ kind: 'removal', localId: 'K-10024', asOf: '2026-12-01T08:00:00.000Z' }])
})

test('the guide names every column and every feed', () => {
  const table = guide.slice(guide.indexOf('| column |'), guide.indexOf('A cell that is empty'))
  expect(Object.keys(COLUMNS).filter((name) => !table.includes(`\`${name}\``))).toEqual([])
  expect(feeds.filter(({ format }) => !guide.includes(`\`${format}\``))).toEqual([])
})

test('every example of a cell in the guide can be read', async () => {
  const cells = {
    known_as: 'Ayesha Khan; A. Malik',
    former_addresses: '"3 High Street, Kirkvale, KV2 1AA (2019-01-02 to 2021-03-03)"',
    relationships: 'mother: K-10021 Amina Khan; sibling: K-10025',
    registrations: 'PHY 2024-01-01 to 2024-06-30; NEG 2025-02-01',
    conferences: 'initial 2024-01-15; review 2024-04-10',
    referrals: '2023-12-20 school',
    legal_statuses: 'C2 2020-01-01',
  }
  for (const cell of Object.values(cells)) expect(guide).toContain(`\`${cell.replaceAll('"', '')}\``)
  const [one] = await told(`local_id,${Object.keys(cells).join(',')}\nK-1,${Object.values(cells).join(',')}\n`)
  expect(one).toMatchObject({ kind: 'entry', flagged: [] })
})

test('the entry that the guide sends by the API is whole', () => {
  expect(entryGiven(JSON.parse(pieces('json')[0]!), '2026-11-21')).toMatchObject({
    flaws: [],
    updated: '2026-11-20T09:30:00.000Z',
  })
})
