// Writes docs/rules.md: for each rule of the source documents, where it lives and what proves it.
// `node --import tsx scripts/rules.ts` writes it; with --check it exits 1 when the page is not as the sources would make it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { citedRules } from '../src/protocols/catalogue.ts'

const root = new URL('..', import.meta.url).pathname
const page = join(root, 'docs', 'rules.md')
const ID = /\b(?:MPS|CUM|BEX|BOU|WY)-\d+\b/g

interface Found {
  readonly lives: Set<string>
  readonly proofs: Set<string>
}

function filesBelow(folder: string, wanted: RegExp): string[] {
  return (
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => wanted.test(name) && !name.includes('node_modules'))
      .map((name) => join(folder, name).replaceAll('\\', '/'))
      // By code point, so that no machine's language puts them in another order.
      .sort((one, other) => (one < other ? -1 : 1))
  )
}

/** The ids in the titles of tests and journeys: title strings of test(…), it(…), describe(…) and of rows whose first cell is ids. */
function titlesIn(text: string): string[] {
  const calls = [...text.matchAll(/\b(?:test|it|describe|journey)(?:\.each\([^)]*\))?\(\s*(['"`])(.*?)\1/gs)].map(
    (found) => found[2]!,
  )
  const rows = [...text.matchAll(/^\s*\[?\s*'((?:(?:MPS|CUM|BEX|BOU|WY)-\d+[ ,]*)+)',?$/gm)].map((found) => found[1]!)
  const inline = [...text.matchAll(/\[\s*'((?:(?:MPS|CUM|BEX|BOU|WY)-\d+ ?)+)',/g)].map((found) => found[1]!)
  return [...calls, ...rows, ...inline]
}

/** The ids of the source documents, in their order. */
export const sourceRules = (): string[] =>
  [...citedRules().values()].filter((one) => one.source !== 'Law and guidance in force').map((one) => one.id)

export function rulesPage(): string {
  const found = new Map<string, Found>()
  const of = (id: string): Found => {
    const known = found.get(id) ?? { lives: new Set<string>(), proofs: new Set<string>() }
    found.set(id, known)
    return known
  }
  for (const file of filesBelow('protocols', /\.yaml$/))
    for (const [id] of readFileSync(join(root, file), 'utf8').matchAll(ID)) of(id).lives.add(file)
  const sources = filesBelow('src', /\.(ts|njk)$/).filter(
    (file) => !file.endsWith('.test.ts') && !file.includes('/oracle/'),
  )
  for (const file of sources)
    for (const [id] of readFileSync(join(root, file), 'utf8').matchAll(ID)) of(id).lives.add(file)
  for (const file of [...filesBelow('src', /\.test\.ts$/), ...filesBelow('journeys', /\.journey\.ts$/)])
    for (const title of titlesIn(readFileSync(join(root, file), 'utf8')))
      for (const [id] of title.matchAll(ID)) of(id).proofs.add(file)

  const rules = [...citedRules().values()].filter((one) => one.source !== 'Law and guidance in force')
  const proven = rules.filter((one) => (of(one.id).proofs.size ?? 0) > 0 && of(one.id).lives.size > 0)
  const lines = [
    '# The rules: where each one lives and what proves it',
    '',
    'Made by `node --import tsx scripts/rules.ts` from the protocols, the sources and the titles of the tests. Do not edit it.',
    '',
    `${proven.length} of ${rules.length} rules are carried out and proved by a test that names them; ${rules.filter((one) => of(one.id).lives.size === 0).length} are not carried out yet.`,
    '',
  ]
  let source = ''
  for (const one of rules) {
    if (one.source !== source) {
      source = one.source
      lines.push(`## ${source}`, '', '| rule | what it asks | lives in | proved by |', '|---|---|---|---|')
    }
    const { lives, proofs } = of(one.id)
    const list = (files: Set<string>, none: string): string =>
      files.size === 0
        ? none
        : [...files]
            .map((file) => `\`${relative(root, join(root, file))}\``)
            .slice(0, 4)
            .join(', ') + (files.size > 4 ? ` and ${files.size - 4} more` : '')
    lines.push(
      `| ${one.id} | ${one.text.replaceAll('|', '/')} | ${list(lives, 'not yet')} | ${list(proofs, 'not yet')} |`,
    )
    if (rules[rules.indexOf(one) + 1]?.source !== source) lines.push('')
  }
  return `${lines.join('\n').trimEnd()}\n`
}

if (process.argv[1]?.endsWith('rules.ts')) {
  const made = rulesPage()
  if (process.argv.includes('--check')) {
    if (readFileSync(page, 'utf8') !== made) {
      console.error('docs/rules.md is not up to date. Run: npm run rules')
      process.exit(1)
    }
  } else writeFileSync(page, made)
}
