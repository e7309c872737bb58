import { DuckDBInstance } from '@duckdb/node-api'

/** Levels of one comparison, best first, as SQL over `l` and `r`; the last, everything else, is not written. */
interface Comparison {
  readonly missing: string
  readonly levels: readonly string[]
}

const similar = (column: string, least: number) => `jaro_winkler_similarity(l.${column}, r.${column}) >= ${least}`
const name = (column: string): Comparison => ({
  missing: `l.${column} IS NULL OR r.${column} IS NULL`,
  levels: [`l.${column} = r.${column}`, similar(column, 0.92), similar(column, 0.8)],
})
const COMPARISONS: readonly Comparison[] = [
  name('given_name'),
  name('surname'),
  {
    missing: 'l.dob IS NULL OR r.dob IS NULL',
    levels: ['l.dob = r.dob', 'damerau_levenshtein(l.dob, r.dob) <= 1', 'left(l.dob, 4) = left(r.dob, 4)'],
  },
  {
    missing: 'l.postcode IS NULL OR r.postcode IS NULL',
    levels: ['l.postcode = r.postcode', "split_part(l.postcode, ' ', 1) = split_part(r.postcode, ' ', 1)"],
  },
  { missing: 'l.address IS NULL OR r.address IS NULL', levels: ['l.address = r.address', similar('address', 0.92)] },
  { missing: 'l.nhs_number IS NULL OR r.nhs_number IS NULL', levels: ['l.nhs_number = r.nhs_number'] },
  { missing: 'l.sex IS NULL OR r.sex IS NULL', levels: ['l.sex = r.sex'] },
]
const BLOCKS = [
  'nhs_number',
  'surname|dob',
  'given_name|dob',
  'surname|postcode',
  'given_name|postcode',
  'given_name|surname|birth_year',
]
const ROUNDS = 20

export interface TwoClass {
  readonly pairs: readonly (readonly [number, number])[]
  readonly compared: number
  readonly seconds: number
  /** of finding the pairs by the blocking rules */
  readonly blockingSeconds: number
  /** of comparing and weighing alone */
  readonly scoringSeconds: number
}

/**
 * A two-class Fellegi–Sunter model in DuckDB's SQL, as Splink writes it: blocking rules, comparison levels with
 * Jaro–Winkler, u from random pairs, m and the prior by EM over level patterns, frequencies of names. Pairs at 0.5.
 */
export async function matchTwoClass(file: string): Promise<TwoClass> {
  const begun = performance.now()
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const db = await instance.connect()
  const rows = async (sql: string) => (await db.runAndReadAll(sql)).getRowsJS() as unknown[][]
  await db.run(`CREATE TABLE p AS SELECT CAST(substr(id, 2) AS INTEGER) AS id, lower(given_name) AS given_name, lower(surname) AS surname, sex, postcode,
    lower(address) AS address, nhs_number, CASE WHEN contains(date_of_birth, '/') THEN substr(date_of_birth, 7, 4) || '-' || substr(date_of_birth, 4, 2) || '-' || substr(date_of_birth, 1, 2)
    ELSE date_of_birth END AS dob, left(dob, 4) AS birth_year
    FROM read_csv('${file.replaceAll("'", "''")}', header = true, all_varchar = true, nullstr = '')`)
  const [[people]] = (await rows('SELECT count(*)::DOUBLE FROM p')) as [[number]]
  const union = BLOCKS.map((block) => {
    const on = block
      .split('|')
      .map((column) => `l.${column} = r.${column}`)
      .join(' AND ')
    return `SELECT l.id AS a, r.id AS b FROM p l JOIN p r ON ${on} AND l.id < r.id`
  }).join(' UNION ')
  const blocking = performance.now()
  await db.run(`CREATE TABLE blocked AS ${union}`)
  const blockingSeconds = (performance.now() - blocking) / 1000
  const gammas = COMPARISONS.map(({ missing, levels }, c) => {
    const cases = levels.map((level, i) => `WHEN ${level} THEN ${levels.length - i}`).join(' ')
    return `CASE WHEN ${missing} THEN -1 ${cases} ELSE 0 END AS g${c}`
  }).join(', ')
  const columns = COMPARISONS.map((_, c) => `g${c}`).join(', ')
  const from = 'JOIN p l ON l.id = a JOIN p r ON r.id = b'
  const scoring = performance.now()
  await db.run(`CREATE TABLE compared AS SELECT a, b, ${gammas}, fg.f AS tg, fs.f AS ts FROM blocked ${from}
    LEFT JOIN (SELECT given_name, count(*) / ${people} AS f FROM p GROUP BY 1) fg ON fg.given_name = l.given_name
    LEFT JOIN (SELECT surname, count(*) / ${people} AS f FROM p GROUP BY 1) fs ON fs.surname = l.surname`)
  let scoringSeconds = (performance.now() - scoring) / 1000
  const drawn =
    await rows(`SELECT ${columns}, count(*)::DOUBLE FROM (SELECT ${gammas} FROM (SELECT l.id AS a, r.id AS b FROM (SELECT id FROM p USING SAMPLE 1000000 ROWS (reservoir, 7)) l
    POSITIONAL JOIN (SELECT id FROM (SELECT id FROM p ORDER BY hash(id)) LIMIT 1000000) r) ${from} WHERE a <> b) GROUP BY ALL`)
  const u = shares(drawn as number[][], () => 1)
  const patterns = (await rows(`SELECT ${columns}, count(*)::DOUBLE FROM compared GROUP BY ALL`)) as number[][]
  let m = COMPARISONS.map(({ levels }) => [
    0.1,
    ...levels.map((_, i) => (i === levels.length - 1 ? 0.8 : 0.1 / levels.length)),
  ])
  let prior = 0.1
  for (let round = 0; round < ROUNDS; round++) {
    const believed = (pattern: number[]) => {
      let odds = prior / (1 - prior)
      for (const [c, levels] of m.entries()) if (pattern[c]! >= 0) odds *= levels[pattern[c]!]! / u[c]![pattern[c]!]!
      return odds / (1 + odds)
    }
    const next = shares(patterns, believed)
    let matched = 0
    let all = 0
    for (const pattern of patterns) {
      matched += believed(pattern) * pattern[COMPARISONS.length]!
      all += pattern[COMPARISONS.length]!
    }
    prior = Math.min(0.99, Math.max(1e-6, matched / all))
    m = next
  }
  const weight = COMPARISONS.map((_, c) => {
    const cases = m[c]!.map((share, level) => `WHEN ${level} THEN ${Math.log(share / u[c]![level]!)}`).join(' ')
    return `(CASE g${c} ${cases} ELSE 0 END)`
  }).join(' + ')
  const top = (c: number) => u[c]!.at(-1)!
  const rare = `(CASE WHEN g0 = 3 THEN ln(${top(0)} / tg) ELSE 0 END) + (CASE WHEN g1 = 3 THEN ln(${top(1)} / ts) ELSE 0 END)`
  const weighing = performance.now()
  const found = (await rows(
    `SELECT a, b FROM compared WHERE ${Math.log(prior / (1 - prior))} + ${weight} + ${rare} >= 0`,
  )) as [number, number][]
  scoringSeconds += (performance.now() - weighing) / 1000
  const compared = patterns.reduce((sum, pattern) => sum + pattern[COMPARISONS.length]!, 0)
  db.closeSync()
  return { pairs: found, compared, seconds: (performance.now() - begun) / 1000, blockingSeconds, scoringSeconds }
}

/** by comparison and level: what share of the patterns, weighed, has it; never 0 */
function shares(patterns: readonly number[][], weightOf: (pattern: number[]) => number): number[][] {
  return COMPARISONS.map(({ levels }, c) => {
    const seen = new Array<number>(levels.length + 1).fill(1e-3)
    for (const pattern of patterns) {
      const level = pattern[c]!
      if (level >= 0) seen[level]! += weightOf(pattern) * pattern[COMPARISONS.length]!
    }
    const sum = seen.reduce((total, one) => total + one, 0)
    return seen.map((one) => one / sum)
  })
}
