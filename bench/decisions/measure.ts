/**
 * Decisions a second on one core, beside json-rules-engine in the same run: `node --import tsx bench/decisions/measure.ts [--seconds 2]`.
 * The disclosures are the protocols' worked examples with recipients, items and risk varied, so that no two in a row are alike. The
 * peer is given less work: for each rule of the same protocol one condition on the level and one on the purpose, facts ready-made, and
 * no routes, reasons or obligations to put together. Goal: at least 20,000 decisions a second on one core.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { Engine } from 'json-rules-engine'
import {
  type Decision,
  type Disclosure,
  decide,
  listProtocols,
  type Protocol,
  readDisclosure,
} from '../../src/protocols/index.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string' } } })
const budget = Number(values.seconds ?? 2) * 1e6
const RISKS = ['none', 'significant-harm', 'imminent-harm'] as const

interface Asked {
  readonly disclosure: Disclosure
  readonly protocol: Protocol
  readonly day: string
}

const asked: Asked[] = listProtocols().flatMap((protocol) =>
  protocol.examples.flatMap((example, index) => {
    const read = readDisclosure(example.disclosure)
    if ('error' in read) throw new Error(read.error)
    return RISKS.map((risk, turn) => ({
      protocol,
      day: example.on ?? protocol.inForce.from,
      disclosure: {
        ...read.disclosure,
        risk,
        information:
          turn === 0
            ? read.disclosure.information
            : [...new Set([...read.disclosure.information, 'name' as const, 'health' as const])],
        to: read.disclosure.to.map((to) =>
          to.address === undefined ? to : { ...to, address: `person${index}${turn}.${to.address}` },
        ),
      },
    }))
  }),
)

const ours = rate(
  () => asked.map(({ disclosure, protocol, day }): Decision => decide(disclosure, protocol, day)).length,
)
const engines = new Map(listProtocols().map((protocol) => [protocol.id, engineFor(protocol)]))
const theirs = await rateAsync(async () => {
  for (const { disclosure, protocol } of asked)
    await engines.get(protocol.id)!.run({ level: 'personal', purpose: disclosure.purpose })
  return asked.length
})
const result = {
  measured: 'decisions',
  on: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
  decisionsPerCoreSecond: Math.round(ours),
  goal: 20_000,
  met: ours >= 20_000,
  peer: {
    name: 'json-rules-engine 7.3.1',
    perCoreSecond: Math.round(theirs),
    ratio: Number((ours / theirs).toFixed(2)),
  },
}
writeFileSync(new URL('../results/decisions.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`)
console.log(JSON.stringify(result, null, 2))

/** How many a second of processor time, after one round to warm up. */
function rate(round: () => number): number {
  for (let warm = 0; warm < 20; warm += 1) round()
  const start = process.cpuUsage()
  let count = 0
  let spent = 0
  while (spent < budget) {
    count += round()
    spent = used(start)
  }
  return (count / spent) * 1e6
}

async function rateAsync(round: () => Promise<number>): Promise<number> {
  for (let warm = 0; warm < 5; warm += 1) await round()
  const start = process.cpuUsage()
  let count = 0
  let spent = 0
  while (spent < budget) {
    count += await round()
    spent = used(start)
  }
  return (count / spent) * 1e6
}

function used(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return user + system
}

function engineFor(protocol: Protocol): Engine {
  const engine = new Engine()
  for (const rule of protocol.rules)
    engine.addRule({
      conditions: {
        all: [
          { fact: 'level', operator: 'in', value: rule.text.when?.level ?? ['anonymised', 'personal', 'sensitive'] },
          { fact: 'purpose', operator: 'in', value: rule.text.when?.purpose ?? ['section-47', 'section-17'] },
        ],
      },
      event: { type: rule.cites[0]! },
    })
  return engine
}
