// The house in a process of its own that is killed on the way, as the kill tests of deliveries and of the mail gateway start it.
import pg from 'pg'
import { record } from '../audit/index.ts'
import {
  type Config,
  type House,
  mailOut,
  openBlobs,
  openDatabase,
  quietLog,
  secretsFrom,
  systemClock,
} from '../platform/index.ts'

export interface DoomedSettings {
  readonly database: pg.PoolConfig
  readonly dataDir: string
  readonly secret: string
  readonly relay: { readonly url: string; readonly ca: string }
  /** Ends the process with SIGKILL before its n-th statement after `begin`; absent: it is killed from outside. */
  readonly dieAt?: number
}

/** The house as SAFEHAVEN_CHILD tells it. Its statements count from `begin` on, those of `uncounted` never. */
export async function openDoomedHouse<Settings extends DoomedSettings>(uncounted?: (settings: Settings) => pg.Client) {
  const settings = JSON.parse(process.env.SAFEHAVEN_CHILD ?? '{}') as Settings
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
  const watch = uncounted?.(settings)
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
  const begin = (): void => {
    counting = true
  }
  return { settings, house, watch, begin, statements: () => statements }
}
