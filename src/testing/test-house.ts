// A whole house on a fresh database, for tests: pages and endpoints answer by `inject`, jobs run when told, the clock is turned by hand.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll } from 'vitest'
import { type Endpoint, mountApi } from '../api/index.ts'
import {
  type Actor,
  type AnyJob,
  type Config,
  type HandClock,
  type House,
  handClock,
  mailOut,
  newToken,
  runDueJobs,
  runRecurring,
  secretsFrom,
} from '../platform/index.ts'
import { type Authenticate, type NavigationItem, openWeb, type Page } from '../web/index.ts'
import { type Browser, openBrowser } from './browser.ts'
import { testDatabase } from './database.ts'
import { houseOn } from './house-on.ts'

export interface TestHouse {
  readonly house: House
  readonly app: FastifyInstance
  readonly clock: HandClock
  /** A browser in which this actor is signed in, or nobody. */
  browser(actor?: Actor): Browser
  /** A bearer token for this actor. */
  bearer(actor: Actor): string
  /** Runs what is due by the clock; gives the names of jobs that stand failed or wait for another try. */
  runJobs(options?: { retry?: boolean }): Promise<string[]>
  /** Runs one recurring job now. */
  runRecurring(name: string): Promise<void>
  /** The log of acts, oldest first. */
  acts(): Promise<
    { act: string; outcome: string; actor: string; subject: string | null; detail: unknown; reference: string }[]
  >
}

export interface TestParts {
  readonly pages?: readonly Page[]
  readonly endpoints?: readonly Endpoint[]
  readonly jobs?: readonly AnyJob[]
  readonly navigation?: readonly NavigationItem[]
  readonly clock?: HandClock
  /** Who is signed in by a token that this house did not issue itself. */
  readonly authenticate?: Authenticate
  readonly config?: Partial<Config>
  /** smtp:// of a next hop, with the authority of its certificate. */
  readonly relay?: { url: string; ca?: string }
}

export async function testHouse(parts: TestParts = {}): Promise<TestHouse> {
  const clock = parts.clock ?? handClock()
  const database = await testDatabase(clock)
  const dataDir = mkdtempSync(join(tmpdir(), 'safehaven-house-'))
  const secrets = secretsFrom('a secret for tests of 32 characters or more')
  const bare = houseOn(database, secrets, clock, dataDir)
  const config: Config = { ...bare.config, ...parts.config }
  const house: House = { ...bare, config, mail: mailOut(parts.relay) }
  const sessions = new Map<string, { actor: Actor; expired?: boolean }>()
  const signIn: Authenticate = async (token, tx, now, visit) => {
    const session = sessions.get(token)
    if (session === undefined) return parts.authenticate?.(token, tx, now, visit)
    return session.expired ? { expired: session.actor.id } : { actor: session.actor }
  }
  const jobs = parts.jobs ?? []
  const app = await openWeb({
    house,
    pages: parts.pages ?? [],
    authenticate: signIn,
    navigation: parts.navigation ?? [],
    area: () => 'Test area',
    pace: 100_000,
    beside: (web) =>
      mountApi(web, {
        house,
        endpoints: parts.endpoints ?? [],
        authenticateToken: async (token) => sessions.get(token)?.actor,
      }),
  })
  afterAll(async () => {
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const issue = (actor: Actor) => {
    const token = newToken()
    sessions.set(token, { actor })
    return token
  }
  return {
    house,
    app,
    clock,
    browser(actor) {
      const token = actor === undefined ? undefined : issue(actor)
      return openBrowser(app, token, (expired) => {
        if (token !== undefined && actor !== undefined) sessions.set(token, { actor, expired })
      })
    },
    bearer: issue,
    runJobs: (options) => runDueJobs(house, jobs, options),
    runRecurring(name) {
      const wanted = jobs.find((one) => one.name === name)
      if (wanted === undefined) throw new Error(`no job is called ${name}`)
      return runRecurring(house, wanted)
    },
    async acts() {
      const { rows } = await database.pool.query(
        `select act, outcome, actor, subject, detail, reference from audit.entry order by id`,
      )
      return rows
    },
  }
}
