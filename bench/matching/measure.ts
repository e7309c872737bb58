// Matching whole files and searching among them, against a two-class model in the same run on the same rows.
//   node --import tsx bench/matching/measure.ts [rows] [queries]      default 1000000 rows, 2000 queries of each kind
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { dedupeFile } from '../../src/matching/index.ts'
import { FAMILY_RATES } from '../people/population.ts'
import { HARD, ORDINARY, type Rates } from '../people/records.ts'
import { writePeople } from '../people/write-people.ts'
import { agreement } from './agreement.ts'
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
  let comparing = 0
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
  comparing = stages.Comparing ?? 0
  const memory = process.resourceUsage().maxRSS / 1024
  console.log(
    `this project: ${line(own)} in ${seconds.toFixed(1)} s, ${memory.toFixed(0)} MB; ${JSON.stringify(stages)}`,
  )

  const theirs = await matchTwoClass(file)
  const peer = agreement(theirs.pairs, truth)
  console.log(`two classes in DuckDB: ${line(peer)} in ${theirs.seconds.toFixed(1)} s`)
  const speed = ours.scored / comparing
  const peerSpeed = theirs.compared / theirs.scoringSeconds
  const twinShare = own.twins / own.pairs
  console.log(
    `pairs weighed a second: ${Math.round(speed)} : ${Math.round(peerSpeed)} = ${(speed / peerSpeed).toFixed(2)}`,
  )
  console.log(
    `errors (1 − F1): ${(1 - own.f1).toFixed(4)} : ${(1 - peer.f1).toFixed(4)} = 1 : ${((1 - peer.f1) / (1 - own.f1)).toFixed(1)}`,
  )

  const others = await heldOut(join(folder, 'others.csv'))
  const found = searchPeople(file, truth, SEED, queries)
  console.log('search in memory', JSON.stringify(found))
  const goals = [
    ['F1 ≥ .975', own.f1, own.f1 >= 0.975],
    ['precision ≥ .995', own.precision, own.precision >= 0.995],
    ['wrong twins ≤ .001 of pairs', twinShare, twinShare <= 0.001],
    ['≤ 15 s', seconds, seconds <= 15],
    ['memory ≤ 4096 MB', memory, memory <= 4096],
    ['pairs a second ≥ 3 × the peer', speed / peerSpeed, speed / peerSpeed >= 3],
    ['recall@1 ordinary ≥ .997', found.ordinary.recall1, found.ordinary.recall1 >= 0.997],
    ['recall@1 hard ≥ .965', found.hard.recall1, found.hard.recall1 >= 0.965],
    ['recall@5 ordinary ≥ .999', found.ordinary.recall5, found.ordinary.recall5 >= 0.999],
    ['recall@5 hard ≥ .98', found.hard.recall5, found.hard.recall5 >= 0.98],
    [
      'right at 1 % false alarms, ordinary ≥ .985',
      found.ordinary.acceptedAtOneInHundred,
      found.ordinary.acceptedAtOneInHundred >= 0.985,
    ],
    [
      'right at 1 % false alarms, hard ≥ .94',
      found.hard.acceptedAtOneInHundred,
      found.hard.acceptedAtOneInHundred >= 0.94,
    ],
  ] as const
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
      scored: ours.scored,
    },
    peer: { ...peer, seconds: theirs.seconds, compared: theirs.compared },
    ratios: { pairsASecond: speed / peerSpeed, errors: (1 - peer.f1) / (1 - own.f1) },
    heldOut: others,
    search: found,
    goals: goals.map(([goal, figure, met]) => ({ goal, figure, met })),
  }
  writeFileSync(new URL('matching.json', results), `${JSON.stringify(document, null, 2)}\n`)
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
