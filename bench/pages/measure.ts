/**
 * Pages of the invented area under twenty users at once: `node --import tsx bench/pages/measure.ts [--seconds 20]`. Twenty of the cast are signed in, each with a session of
 * their own, and go round home, directory, disclosures, a decision, protocols and tasks. Twice: resting a second between two pages, as a fast reader does, and never resting.
 * The peer, in the same run and with the same load, is a bare fastify and nunjucks page in govuk-frontend's layout. Goal: p95 of at most 150 ms.
 */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openStage, type Stage } from '../../journeys/stage.ts'
import { write } from '../../journeys/story.ts'
import { summary, type Timed, type Visitor, visit } from './load.ts'

const GOAL = 150
const USERS = [
  'alice',
  'bashir',
  'grace',
  'nadia',
  'imran',
  'rowena',
  'harriet',
  'usha',
  'victor',
  'dev',
  'kasia',
  'leroy',
  'wendy',
  'colin',
  'piotr',
  'sinead',
  'farah',
  'yetunde',
  'martha',
  'yasmin',
]
const PATHS = ['/', '/directory', '/disclosures', '/protocols', '/tasks']
const WRITERS = ['alice', 'farah', 'dev']

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '20' } } })
const seconds = Number(values.seconds)
const loadBefore = loadavg()[0]!
const peer = spawn(process.execPath, ['--import', 'tsx', new URL('./peer.ts', import.meta.url).pathname], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const stage = await openStage()
try {
  const port = await new Promise<string>((resolve) =>
    peer.stdout.once('data', (said: Buffer) => resolve(said.toString().trim())),
  )
  const visitors = await signIn(stage)
  const nobodys = visitors.map(({ from }) => ({ cookie: '', from, paths: ['/'] }))
  await visit(stage.address, visitors, 3, 0)
  await visit(`http://127.0.0.1:${port}`, nobodys, 3, 0)
  const results = []
  for (const [load, rest] of [
    ['a second between two pages', 1000],
    ['no rest at all', 0],
  ] as const) {
    const before = loadavg()[0]!
    const ours = await visit(stage.address, visitors, seconds, rest)
    const theirs = summary(
      await visit(`http://127.0.0.1:${port}`, nobodys, Math.min(10, seconds), rest),
      Math.min(10, seconds),
    )
    const all = summary(ours, seconds)
    results.push({
      load,
      loadOfMachine: before,
      safehaven: all,
      byPage: byPage(ours),
      peer: theirs,
      times: round(all.p95 / theirs.p95),
      goal: GOAL,
      met: all.p95 <= GOAL,
    })
    console.error(
      `${load}: p95 ${all.p95} ms, ${all.perSecond} pages/s (goal ${GOAL} ms); peer p95 ${theirs.p95} ms, ${theirs.perSecond} pages/s`,
    )
  }
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version }
  const shared =
    loadBefore > 3
      ? {
          note: `other work ran on this machine (load ${round(loadBefore)} before the run): the figures are worse than its own`,
        }
      : {}
  const report = {
    measured: 'pages',
    on: new Date().toISOString(),
    machine,
    loadBefore,
    ...shared,
    users: visitors.length,
    seconds,
    results,
  }
  writeFileSync(new URL('../results/pages.json', import.meta.url), `${JSON.stringify(report, null, 2)}\n`)
  console.log(JSON.stringify(report))
  process.exitCode = results.every(({ met }) => met) ? 0 : 1
} finally {
  peer.kill()
  await stage.close()
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function byPage(timed: readonly Timed[]) {
  const shapeOf = (path: string) => path.replace(/[0-9a-f-]{36}/, ':id')
  const shapes = [...new Set(timed.map(({ path }) => shapeOf(path)))].sort()
  return Object.fromEntries(
    shapes.map((shape) => [
      shape,
      summary(
        timed.filter(({ path }) => shapeOf(path) === shape),
        seconds,
      ),
    ]),
  )
}

/** Everyone with a real session, and with the decisions that they may open. */
async function signIn(open: Stage): Promise<Visitor[]> {
  const found: { cookie: string; from: string; may: (path: string) => Promise<boolean> }[] = []
  const written: string[] = []
  for (const [index, username] of USERS.entries()) {
    const page = await open.enter(username)
    if (WRITERS.includes(username))
      written.push(
        await write(page, { purpose: 'section-47', items: ['name', 'concern'], recipient: ['Martha', 'Martha Ellis'] }),
      )
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const from = `10.20.0.${index + 1}`
    await page.context().close()
    const may = async (path: string) =>
      (await fetch(open.address + path, { headers: { cookie, 'x-forwarded-for': from }, redirect: 'manual' }))
        .status === 200
    found.push({ cookie, from, may })
  }
  return Promise.all(
    found.map(async ({ cookie, from, may }) => {
      const paths: string[] = []
      for (const path of [...PATHS, ...written.map((id) => `/disclosures/${id}/decision`)])
        if (await may(path)) paths.push(path)
      return { cookie, from, paths }
    }),
  )
}
