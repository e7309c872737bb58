/**
 * Trains the name finder and writes src/scanning/model.bin; or measures by cross-validation what such training gives.
 *
 *   node --import tsx bench/scanning/train.ts SOURCES PRESIDIO.json EWT.iob2 [--validate] [--quick]
 *
 * SOURCES: see build-lexicon.ts. PRESIDIO: sentences in presidio-research's format. EWT: Universal NER, IOB2. Neither is
 * kept in this project. --validate trains anew for each of five parts, on none of the templates (presidio; names filled
 * from our own pools, none of its own) or sentences (EWT) it is measured on.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type Model, readModel } from '../../src/scanning/model.ts'
import { findNames } from '../../src/scanning/names.ts'
import { makeReading, read, stretch } from '../../src/scanning/reading.ts'
import { coverTokens, scanFigures } from '../../src/scanning/scan-figures.ts'
import type { Mark } from '../../src/scanning/span.ts'
import { disturb } from './corpus/disturb.ts'
import { fill, type Labelled } from './corpus/fill.ts'
import { type Pools, readPools } from './corpus/pools.ts'
import { chance } from './corpus/random.ts'
import { readEwt } from './corpus/read-ewt.ts'
import { readPresidio, refill, type Sentence } from './corpus/read-presidio.ts'
import { readTemplates } from './corpus/read-templates.ts'
import { learn, pack, type Run, runsOf } from './learn.ts'
import { count, figuresOf, print, type Table } from './score.ts'

const [sources, presidioPath, ewtPath] = process.argv.slice(2) as [string, string, string]
const option = (name: string): boolean => process.argv.includes(name)
const parts = 5
const showErrors = option('--errors')
const figure = (name: string, usual: number): number =>
  option(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : usual
const each = figure('--each', option('--quick') ? 40 : 60)
const ownEach = figure('--own', 60)
const real = figure('--real', 12)
/** Keeps each part's model in this folder, to measure again without training. */
const keep = option('--keep') ? process.argv[process.argv.indexOf('--keep') + 1] : undefined
const course = {
  rounds: figure('--rounds', option('--quick') ? 5 : 8),
  rate: 0.12,
  dropout: figure('--dropout', 0.15),
  decay: figure('--decay', 0.01),
}
const types = ['PERSON', 'LOCATION', 'ORGANISATION']

const reading = makeReading()
const covered = new Uint8Array(stretch + 1)

function marksOf(text: string, model: Model): Mark[] {
  read(text, 0, text.length, reading)
  const marks: Mark[] = []
  scanFigures(reading, marks)
  coverTokens(reading, marks, covered)
  findNames(reading, covered, model, marks)
  return marks
}

function sampleOwn(pools: Pools, seed: number): Run[] {
  const by = chance(seed)
  const runs: Run[] = []
  for (const template of readTemplates())
    for (let turn = 0; turn < ownEach; turn++) runs.push(...runsOf(disturb(fill(template, pools, by), by)))
  return runs
}

function sampleRefilled(sentences: readonly Sentence[], pools: Pools, seed: number): Run[] {
  const by = chance(seed)
  const masked = [...new Set(sentences.map((sentence) => sentence.masked))]
  return masked.flatMap((template) =>
    Array.from({ length: each }, () => runsOf(disturb(refill(template, pools, by), by))).flat(),
  )
}

function sampleReal(sentences: readonly Labelled[], times: number, seed: number): Run[] {
  const by = chance(seed)
  return sentences.flatMap((sentence) =>
    Array.from({ length: times }, (_, turn) => runsOf(turn < 2 ? sentence : disturb(sentence, by))).flat(),
  )
}

function measure(table: Table, sentence: Labelled, model: Model, title: string): void {
  const found = marksOf(sentence.text, model)
  const gold = sentence.spans.map((span) => ({ ...span, type: span.tag === 'ADDRESS' ? 'LOCATION' : span.tag }))
  count(table, found, gold, types)
  if (!showErrors) return
  const say = (span: { start: number; end: number; type: string }): string =>
    `${span.type}:${sentence.text.slice(span.start, span.end)}`
  const same = (
    a: { start: number; end: number; type: string },
    b: { start: number; end: number; type: string },
  ): boolean => a.type === b.type && a.start < b.end && b.start < a.end
  const extra = found.filter((span) => types.includes(span.type) && !gold.some((other) => same(span, other))).map(say)
  const missed = gold.filter((span) => !found.some((other) => same(span, other))).map(say)
  if (extra.length + missed.length > 0)
    process.stdout.write(
      `${title} | +${JSON.stringify(extra)} | -${JSON.stringify(missed)} | ${JSON.stringify(sentence.text.slice(0, 240))}\n`,
    )
}

const presidio = readPresidio(presidioPath)
const ewt = readEwt(ewtPath)
const pools = await readPools(sources)
let made: Run[] | undefined
const own = (): Run[] => (made ??= sampleOwn(pools, 1))

function trained(name: string, runs: () => Run[], seed: number): Model {
  const path = keep && `${keep}/${name}.bin`
  if (path && existsSync(path)) return readModel(readFileSync(path))
  const file = pack(learn(runs(), course, chance(seed)))
  if (path) writeFileSync(path, file)
  return readModel(file)
}

if (option('--validate')) {
  const tables: Record<string, Table> = {
    'presidio, templates unseen': {},
    'EWT, sentences unseen': {},
    'EWT, trained on no EWT': {},
  }
  for (let part = 0; part < (option('--quick') ? 2 : parts); part++) {
    const held = (sentence: Sentence): boolean => sentence.template % parts === part
    const model = trained(
      `part-${part}`,
      () => [
        ...own(),
        ...sampleRefilled(
          presidio.filter((sentence) => !held(sentence)),
          pools,
          10 + part,
        ),
        ...sampleReal(
          ewt.filter((_, index) => index % parts !== part),
          real,
          20 + part,
        ),
      ],
      30 + part,
    )
    for (const sentence of presidio.filter(held)) measure(tables['presidio, templates unseen']!, sentence, model, 'P')
    for (const sentence of ewt.filter((_, index) => index % parts === part))
      measure(tables['EWT, sentences unseen']!, sentence, model, 'E')
  }
  const plain = trained('no-ewt', () => [...own(), ...sampleRefilled(presidio, pools, 40)], 41)
  for (const sentence of ewt) measure(tables['EWT, trained on no EWT']!, sentence, plain, 'N')
  for (const [title, table] of Object.entries(tables)) print(title, table)
  const figures = Object.fromEntries(
    Object.entries(tables).map(([title, table]) => [
      title,
      Object.fromEntries(Object.entries(table).map(([type, tally]) => [type, { ...tally, ...figuresOf(tally) }])),
    ]),
  )
  writeFileSync(
    new URL('../results/scanning-validation.json', import.meta.url),
    `${JSON.stringify(figures, null, 2)}\n`,
  )
} else {
  const runs = [
    ...own(),
    ...sampleRefilled(presidio, pools, 50),
    ...sampleReal(presidio, 3, 51),
    ...sampleReal(ewt, real, 52),
  ]
  const file = pack(learn(runs, course, chance(53)))
  writeFileSync(new URL('../../src/scanning/model.bin', import.meta.url), file)
  process.stdout.write(`${runs.length} runs, ${file.length} bytes\n`)
}
