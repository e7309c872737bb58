// Matching whole files and searching among them, against a two-class model in the same run on the same rows.
//   node --import tsx bench/matching/measure.ts [rows] [queries]      default 1000000 rows, 2000 queries of each kind
// FEBRL and historical records are measured as well when BENCH_PERSONS names the folder they lie in.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { dedupeFile } from '../../src/matching/index.ts'
import { FAMILY_RATES } from '../people/population.ts'
import { HARD, ORDINARY, type Rates } from '../people/records.ts'
import { writePeople } from '../people/write-people.ts'
import { agreement } from './agreement.ts'
import { type KnownSet, matchKnownSets } from './known-sets.ts'
import { searchPeople } from './search.ts'
import { matchTwoClass } from './two-class.ts'

const SEED = 20_260_429
const HELD_OUT_SEED = 31_337
const rows = Number(process.argv[2] ?? 1_000_000)
const queries = Number(process.argv[3] ?? 2000)
if (!Number.isInteger(rows) || rows < 1000 || !Number.isInteger(queries) || queries < 1) {
  console.error('Give a number of rows of at least 1000, and of queries.')
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'bench-matching-'))
try {
  await measure(join(folder, 'people.csv'))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(file: string): Promise<void> {
  const truth = writePeople(file, rows, SEED)
  console.log(`${rows} rows of ${new Set(truth.person).size} invented people, seed ${SEED}`)
  console.log('families', JSON.stringify(FAMILY_RATES))
  console.log('everyday records', JSON.stringify(ORDINARY))
  console.log('hard queries', JSON.stringify(HARD))

  const begun = performance.now()
  const spent = process.cpuUsage()
  const stages: Record<string, number> = {}
  let stage = ''
  let since = begun
  const ours = await dedupeFile(file, {
    progress: (name) => {
      if (name === stage) return
      const now = performance.now()
      if (stage !== '') stages[stage] = (now - since) / 1000
      stage = name
      since = now
    },
  })
  if ('refused' in ours) throw new Error(ours.refused)
  const pairs = [...ours.pairs]
  const seconds = (performance.now() - begun) / 1000
  const { user, system } = process.cpuUsage(spent)
  const own = agreement(numbered(pairs), truth)
  const memory = process.resourceUsage().maxRSS / 1024
  console.log(
    `this project: ${line(own)} in ${seconds.toFixed(1)} s, ${memory.toFixed(0)} MB; ${JSON.stringify(stages)}`,
  )

  const theirs = await matchTwoClass(file)
  const peer = agreement(theirs.pairs, truth)
  console.log(`two classes in DuckDB: ${line(peer)} in ${theirs.seconds.toFixed(1)} s`)
  // candidates: ours share rare enough keys, the peer's are those of its blocking rules, each pair once. The peer weighs
  // all of its candidates; ours are weighed unless all that they share is one kind of lesser key.
  const decided = {
    own: ours.met / ((stages.Filing ?? 0) + (stages.Comparing ?? 0)),
    peer: theirs.compared / (theirs.blockingSeconds + theirs.scoringSeconds),
  }
  const weighed = { own: (ours.scored * ours.threads) / ours.weighing, peer: theirs.compared / theirs.scoringSeconds }
  const twinShare = own.twins / own.pairs
  const decidedRatio = decided.own / decided.peer
  const weighedRatio = weighed.own / weighed.peer
  console.log(`candidate pairs found and decided a second: ${ratio(decided)}`)
  console.log(`pairs weighed a second, finding them left out on both sides: ${ratio(weighed)}`)
  console.log(
    `errors (1 − F1): ${(1 - own.f1).toFixed(4)} : ${(1 - peer.f1).toFixed(4)} = 1 : ${((1 - peer.f1) / (1 - own.f1)).toFixed(1)}`,
  )

  const others = await heldOut(join(folder, 'others.csv'))
  const search = searchPeople(file, truth, SEED, queries)
  console.log('search in memory', JSON.stringify(search))
  const given = process.env.BENCH_PERSONS
  const sets = given === undefined ? [] : await matchKnownSets(given)
  for (const one of sets) console.log(`${one.set}: F1 ${one.f1.toFixed(5)}, B³ ${one.bCubed.toFixed(4)}`)
  if (sets.length === 0) {
    console.log('FEBRL ≥ .9995 and historical records ≥ .86 / ≥ .93 not measured: name their folder in BENCH_PERSONS')
  }
  const goals: (readonly [string, number, boolean])[] = [
    ['F1 ≥ .975', own.f1, own.f1 >= 0.975],
    ['precision ≥ .995', own.precision, own.precision >= 0.995],
    ['wrong twins ≤ .001 of pairs', twinShare, twinShare <= 0.001],
    ['≤ 15 s', seconds, seconds <= 15],
    ['memory ≤ 4096 MB', memory, memory <= 4096],
    ['candidate pairs found and decided a second ≥ 3 × the peer', decidedRatio, decidedRatio >= 3],
    ['pairs weighed a second, finding left out, ≥ 3 × the peer', weighedRatio, weighedRatio >= 3],
    ['recall@1 ordinary ≥ .997', search.ordinary.recall1, search.ordinary.recall1 >= 0.997],
    ['recall@1 hard ≥ .965', search.hard.recall1, search.hard.recall1 >= 0.965],
    ['recall@5 ordinary ≥ .999', search.ordinary.recall5, search.ordinary.recall5 >= 0.999],
    ['recall@5 hard ≥ .98', search.hard.recall5, search.hard.recall5 >= 0.98],
    [
      'right at 1 % false alarms, ordinary ≥ .985',
      search.ordinary.acceptedAtOneInHundred,
      search.ordinary.acceptedAtOneInHundred >= 0.985,
    ],
    [
      'right at 1 % false alarms, hard ≥ .94',
      search.hard.acceptedAtOneInHundred,
      search.hard.acceptedAtOneInHundred >= 0.94,
    ],
    ...sets.flatMap(goalsOf),
  ]
  for (const [goal, figure, met] of goals) console.log(`${met ? 'met   ' : 'MISSED'} ${goal}: ${figure.toFixed(4)}`)
  const results = new URL('../results/', import.meta.url)
  mkdirSync(results, { recursive: true })
  const document = {
    rows,
    seed: SEED,
    ours: {
      ...own,
      seconds,
      processorSeconds: (user + system) / 1e6,
      load: loadavg()[0],
      memory,
      stages,
      met: ours.met,
      scored: ours.scored,
      weighing: ours.weighing / ours.threads,
    },
    peer: {
      ...peer,
      seconds: theirs.seconds,
      compared: theirs.compared,
      blocking: theirs.blockingSeconds,
      scoring: theirs.scoringSeconds,
    },
    ratios: {
      pairsDecidedASecond: decidedRatio,
      pairsWeighedASecond: weighedRatio,
      errors: (1 - peer.f1) / (1 - own.f1),
    },
    heldOut: others,
    search,
    sets,
    goals: goals.map(([goal, figure, met]) => ({ goal, figure, met })),
  }
  writeFileSync(new URL('matching.json', results), `${JSON.stringify(document, null, 2)}\n`)
}

function goalsOf({ set, f1, bCubed }: KnownSet): (readonly [string, number, boolean])[] {
  if (set.startsWith('febrl')) return [[`${set} F1 ≥ .9995`, f1, f1 >= 0.9995]]
  return [
    [`${set} F1 ≥ .86`, f1, f1 >= 0.86],
    [`${set} B³ ≥ .93`, bCubed, bCubed >= 0.93],
  ]
}

function ratio({ own, peer }: { own: number; peer: number }): string {
  return `${Math.round(own)} : ${Math.round(peer)} = ${(own / peer).toFixed(2)}`
}

/** People of another seed, whose records err half as often again: nothing was looked at or set by them. */
async function heldOut(file: string): Promise<object> {
  const rates = Object.fromEntries(
    Object.entries(ORDINARY).map(([what, rate]) => [what, Math.min(0.9, rate * 1.5)]),
  ) as Rates
  const truth = writePeople(file, Math.min(rows, 100_000), HELD_OUT_SEED, rates)
  const ours = await dedupeFile(file)
  if ('refused' in ours) throw new Error(ours.refused)
  const own = agreement(numbered(ours.pairs), truth)
  console.log(`held out, seed ${HELD_OUT_SEED}, errors half as common again: ${line(own)}`)
  return { seed: HELD_OUT_SEED, rows: truth.person.length, errors: 1.5, ...own }
}

function* numbered(pairs: Iterable<{ left: string; right: string }>): Generator<readonly [number, number]> {
  for (const { left, right } of pairs) yield [Number(left.slice(1)), Number(right.slice(1))]
}

function line({ precision, recall, f1, pairs, twins, household }: ReturnType<typeof agreement>): string {
  return `F1 ${f1.toFixed(4)} (precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}), ${pairs} pairs, ${twins} wrong twins, ${household} of one household`
}
