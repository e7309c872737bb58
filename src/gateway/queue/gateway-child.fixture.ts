// A process of its own with the mail gateway and the worker, killed on the way: see kill.test.ts.
import pg from 'pg'
import { record } from '../../audit/index.ts'
import {
  type Config,
  type House,
  mailOut,
  openBlobs,
  openDatabase,
  quietLog,
  secretsFrom,
  startWorker,
  systemClock,
} from '../../platform/index.ts'
import { jobs as transferJobs } from '../../transfer/room.ts'
import { jobs } from '../room.ts'
import { openSubmission } from '../smtp/index.ts'

export interface ChildSettings {
  readonly database: pg.PoolConfig
  readonly dataDir: string
  readonly secret: string
  readonly relay: { readonly url: string; readonly ca: string }
  /** Ends the process with SIGKILL before its n-th statement; absent: it is killed from outside. */
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
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
let counting = false
let statements = 0
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const text = typeof args[0] === 'string' ? args[0] : String((args[0] as { text?: string } | undefined)?.text ?? '')
  // The queue's own questions come by the clock, so they do not count.
  if (counting && !text.includes('graphile_worker')) {
    statements++
    if (settings.dieAt !== undefined && statements >= settings.dieAt) process.kill(process.pid, 'SIGKILL')
  }
  return query.apply(this, args)
} as typeof pg.Client.prototype.query

const open = await openSubmission(house, { port: 0, securePort: 0, host: '127.0.0.1' })
await startWorker(house, [...jobs, ...transferJobs])
counting = true
process.stdout.write(`port ${open.port}\n`)
