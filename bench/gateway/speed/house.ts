// Safehaven as a process of its own, as `start` opens it: embedded database with fsync, its worker, its mail gateway.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { record } from '../../../src/audit/index.ts'
import { openCarrier } from '../../../src/gateway/queue/index.ts'
import { jobs } from '../../../src/gateway/room.ts'
import { openSubmission } from '../../../src/gateway/smtp/index.ts'
import { makeMailPassword } from '../../../src/gateway/smtp/make-password.ts'
import { actorFor, userByAddress } from '../../../src/people/index.ts'
import {
  actIn,
  mailOut,
  openHouse,
  quietLog,
  readConfig,
  startWorker,
  system,
  systemClock,
} from '../../../src/platform/index.ts'
import { seedArea } from '../../../src/testing/area/index.ts'
import { jobs as transferJobs } from '../../../src/transfer/room.ts'

const { dataDir, relay } = JSON.parse(process.argv[2]!) as { dataDir: string; relay: { url: string; ca: string } }
const config = readConfig({ data: dataDir }, { SAFEHAVEN_SECRET: 'a secret for measuring of 32 characters' })
const opened = await openHouse({ config, clock: systemClock, log: quietLog, record })
const house = { ...opened.house, mail: mailOut(relay) }
await seedArea(house, [])
const { rows } = await house.database.pool.query<{ agency: string; emails: string[] }>(
  'select agency, array_agg(email order by email) as emails from people.user_account where closed_at is null group by agency order by count(*) desc limit 1',
)
const { emails } = rows[0]!
const person = (await house.database.transaction(system, (tx) => userByAddress(tx, emails[0]!)))!
const login = await actIn(house, { actor: actorFor(person), act: 'bench.password' }, (ctx) =>
  makeMailPassword(ctx, { kind: 'relay', label: 'bench', username: person.username }),
)
const carrier = await openCarrier(house)
const open = await openSubmission(house, { port: 0, securePort: 0, host: '127.0.0.1' })
const worker = await startWorker(house, [...jobs, ...transferJobs])
process.send!({ port: open.port, ca: open.certificate, login, emails })
// Milliseconds that our own database has used: its server, the backends that run and those that have ended (Linux).
function databaseCpu(): number {
  const postmaster = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]!
  const statOf = (pid: string): string[] => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ')
    } catch {
      return []
    }
  }
  const sum = (fields: string[], places: readonly number[]) =>
    places.reduce((all, place) => all + Number(fields[place] ?? 0), 0)
  const living = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((fields) => fields[1] === postmaster)
  return (
    10 * (sum(statOf(postmaster), [11, 12, 13, 14]) + living.reduce((all, fields) => all + sum(fields, [11, 12]), 0))
  )
}

process.on('message', async (asked: string) => {
  if (asked === 'states') {
    const { rows: states } = await house.database.pool.query(
      'select r.state, count(*)::int as n from gateway.recipient r group by 1',
    )
    process.send!({ states })
  }
  if (asked === 'cpu') {
    const usage = process.resourceUsage()
    process.send!({ node: Math.round((usage.userCPUTime + usage.systemCPUTime) / 1000), database: databaseCpu() })
  }
})
process.on('SIGTERM', async () => {
  await worker.stop()
  await open.stop()
  await carrier.stop()
  await opened.close()
  process.exit(0)
})
