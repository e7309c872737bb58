// A process of its own that decides, dispatches and delivers, and is killed on the way: see kill.test.ts.
import pg from 'pg'
import { z } from 'zod'
import { record } from '../audit/index.ts'
import {
  type Config,
  type House,
  job,
  mailOut,
  openBlobs,
  openDatabase,
  quietLog,
  secretsFrom,
  startWorker,
  systemClock,
} from '../platform/index.ts'
import type { Consignment } from './consignment.ts'
import { dispatch } from './dispatch.ts'
import { deliverJob } from './jobs/deliver.ts'
import { resume } from './jobs/resume.ts'
import { tell } from './jobs/tell.ts'

export interface ChildSettings {
  readonly database: pg.PoolConfig
  readonly dataDir: string
  readonly secret: string
  readonly relay: { readonly url: string; readonly ca: string }
  readonly consignment: Consignment
  /** Ends the process with SIGKILL before its n-th statement after the work has begun; absent: it is killed from outside. */
  readonly dieAt?: number
}

const settings = JSON.parse(process.env.SAFEHAVEN_CHILD ?? '{}') as ChildSettings
const database = await openDatabase(settings.database, systemClock)
const secrets = secretsFrom(settings.secret)
const house: House = {
  config: {
    demo: false,
    dataDir: settings.dataDir,
    secret: '',
    publicUrl: 'http://localhost',
    port: 0,
    smtpPort: 0,
  } satisfies Config,
  clock: systemClock,
  database,
  secrets,
  record,
  log: quietLog,
  blobs: openBlobs(settings.dataDir, secrets),
  mail: mailOut(settings.relay),
}
const decided = job({
  name: 'test.decided',
  audit: 'test.decided',
  payload: z.object({}),
  run: async (ctx) => void (await dispatch(ctx, settings.consignment)),
})

const watch = new pg.Client(settings.database)
await watch.connect()
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
let counting = false
let statements = 0
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const text = typeof args[0] === 'string' ? args[0] : String((args[0] as { text?: string } | undefined)?.text ?? '')
  // The queue's own questions come by the clock, so they do not count.
  if (counting && this !== watch && !text.includes('graphile_worker')) {
    statements++
    if (settings.dieAt !== undefined && statements >= settings.dieAt) process.kill(process.pid, 'SIGKILL')
  }
  return query.apply(this, args)
} as typeof pg.Client.prototype.query

const worker = await startWorker(house, [decided, deliverJob, resume, tell])
await watch.query(`select platform.enqueue('test.decided', '{"payload":{}}'::json, 0, null, 12, null)`)
counting = true
process.stdout.write('begun\n')
const over = `select state from transfer.dispatch where disclosure = $1 and state not in ('prepared', 'sending')`
for (let turn = 0; turn < 600; turn++) {
  const { rows } = await watch.query(over, [settings.consignment.id])
  if (rows.length > 0) break
  await new Promise((resolve) => setTimeout(resolve, 50))
}
process.stdout.write(`statements ${statements}\n`)
await worker.stop()
process.exit(0)
