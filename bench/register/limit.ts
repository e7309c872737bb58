/**
 * What a search of the registers could reach at best: `node --import tsx bench/register/limit.ts --persons 870000 --questions 750 --kinds hard
 * [--knowing entries|everything] [--among 833333] [--drawn 1500] [--out NAME]`. The questions of bench/register/measure.ts are judged by somebody
 * who knows exactly how they err, and of each child
 *   entries     its names in every form and its sex, and of the rest (birthday, homes, middle name, mother, number) what its entries tell: about as
 *               much as anybody can know who searches the registers, so that this bounds the search;
 *   everything  all of it as it is, which no register tells.
 * They work out for every child how likely just this question would be about it (limit/likelihood.ts), name the likeliest, and accept it above a
 * threshold set as measure.ts sets its own. It is a bound as near as these sums are right. Too low it may be because aliases are not
 * weighed and what no entry tells is taken as anybody's, even where one tells the year alone or a brother's the home; too high because what
 * entries tell wrongly is known as it is, and of a name every form.
 *
 * The rates are read from bench/people/records.ts. Its rules are repeated here because likelihoods need them written out: of `record` the order
 * and the choice of errors in names, mother, sex and homes (names.ts, kin.ts, marks.ts, homes.ts), `birthday` and `nhs` (marks.ts), `form`
 * (names.ts), `mistype` (slip.ts), `abbreviate` (homes.ts); of population.ts how postcodes are made (area.ts) and how often a mother bears the
 * family's name (anybody.ts). Who changes those changes these; `impossible` and `expected` beside recall@1 show where they have parted.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { KINDS, type Kind } from './ask.ts'
import { gatherArea } from './limit/area.ts'
import { type Figures, judgeAll, questionsOf } from './limit/judge.ts'
import { counted } from './limit/likelihood.ts'
import { KNOWINGS, type Knowing } from './limit/told.ts'

const SEED = 20_260_429
const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '870000' },
    questions: { type: 'string', default: '750' },
    kinds: { type: 'string', default: 'hard' },
    knowing: { type: 'string', default: 'entries' },
    among: { type: 'string' },
    drawn: { type: 'string', default: '1500' },
    out: { type: 'string', default: 'register-limit' },
  },
})
const persons = Number(values.persons)
const count = Number(values.questions)
const drawn = Number(values.drawn)
/** as measure.ts asks about a million entries */
const among = Number(values.among ?? Math.min(persons, 1_000_000 / 1.2))
const kinds = values.kinds.split(',')
const knowing = KNOWINGS.find((one) => one === values.knowing)
if (!(persons >= 1000) || !(count >= 10) || !(drawn >= count) || !(among > 0 && among <= persons)) {
  console.error(
    'Give at least 1000 --persons, at least 10 --questions, --drawn no fewer, and --among no more than there are persons.',
  )
  process.exit(2)
}
if (!kinds.every((kind): kind is Kind => Object.hasOwn(KINDS, kind)) || knowing === undefined) {
  console.error(`Give --kinds of ${Object.keys(KINDS).join(', ')}, and --knowing ${KNOWINGS.join(' or ')}.`)
  process.exit(2)
}

/** One line of the results: what was asked, and what came of it. */
interface Run extends Figures {
  readonly knowing: Knowing
  readonly kind: Kind
  readonly persons: number
  readonly among: number
  readonly drawn: number
}

const known = counted(gatherArea(SEED, persons, knowing))
console.log(`${known.area.held.length} children in the registers; of each is known: ${knowing}`)
for (const kind of kinds) {
  const figures = judgeAll(questionsOf(SEED, kind, count, drawn, among), kind, known)
  const { questions, recall1, expected, impossible, nobodyKnown, relativesKnown } = figures
  console.log(`${kind}, ${questions} questions; ${impossible} could not be about their child by these sums`)
  console.table({
    'recall@1': { share: round(recall1) },
    'recall@1 expected of the chances': { share: round(expected) },
    ...lines('their families unknown', nobodyKnown),
    ...lines('brothers and sisters known', relativesKnown),
  })
  keep({ knowing, kind, persons, among: Math.round(among), drawn, ...figures })
}

/** What is accepted at 1 % false alarms, by either way to weigh an answer. */
function lines(whom: string, accepted: Figures['nobodyKnown']) {
  return Object.fromEntries(
    Object.entries(accepted).map(([weighing, { bits, accepted: share }]) => [
      `accepted at 1 % false alarms, ${whom}, by ${weighing}`,
      { share: round(share), bits: Math.round(bits * 10) / 10 },
    ]),
  )
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000
}

/** Keeps one run beside those of other kinds and of another knowledge. */
function keep(run: Run): void {
  const file = new URL(`../results/${values.out}.json`, import.meta.url)
  mkdirSync(new URL('.', file), { recursive: true })
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { runs: Run[] }).runs : []
  const others = kept.filter((one) => one.knowing !== run.knowing || one.kind !== run.kind)
  const document = { what: 'what a search of the registers could reach at best', seed: SEED, runs: [...others, run] }
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`)
}
