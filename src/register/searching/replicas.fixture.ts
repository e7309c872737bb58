// A real PostgreSQL with replicas, on sockets in a folder of its own: Debian's, for the embedded one brings no pg_basebackup.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { binaries, ownFolder, run, type Server, startServer } from '../../../bench/register/server.ts'
import {
  type Clock,
  type Log,
  migrate,
  openDatabase,
  openReplicas,
  quietLog,
  type Replicas,
  secretsFrom,
} from '../../platform/index.ts'
import { houseOn } from '../../testing/house-on.ts'

const SETTINGS = ['fsync=off', 'full_page_writes=off', 'shared_buffers=32MB', 'autovacuum=off']

export async function openServers(clock: Clock) {
  const programs = binaries('debian')
  const folder = ownFolder(mkdtempSync(join(tmpdir(), 'sh-replicas-')))
  const running = new Set<Server>()
  const closing: (() => Promise<void>)[] = []
  const start = async (name: string): Promise<Server> => {
    const server = await startServer(programs, join(folder, name), SETTINGS)
    running.add(server)
    return server
  }
  const primary = await start('primary')
  const owner = new pg.Client(primary.at('postgres'))
  await owner.connect()
  await owner.query('create database hub')
  await owner.end()
  const database = await openDatabase({ ...primary.at('hub'), max: 6 }, clock)
  closing.push(() => database.close())
  await migrate(database.pool)
  const dataDir = join(folder, 'files')
  mkdirSync(dataDir)
  const secrets = secretsFrom('a secret for tests of 32 characters or more')
  const house = houseOn(database, secrets, clock, dataDir)
  return {
    house,
    url: (name: string, of = 'hub') => `postgres:///${of}?host=${join(folder, name)}&user=safehaven`,
    /** Another cluster. */
    start,
    async follow(name: string): Promise<Server> {
      run(join(programs, 'pg_basebackup'), [
        ...['-h', primary.folder, '-U', 'safehaven', '-D', join(folder, name), '-R', '-X', 'stream', '-c', 'fast'],
      ])
      // The primary's own mark on its socket is copied too.
      rmSync(join(folder, name, '.s.PGSQL.5432.lock'))
      return start(name)
    },
    async kill(server: Server): Promise<void> {
      running.delete(server)
      await server.kill()
    },
    /** As the setting does, but looked at oftener and with more patience: a busy machine is no dead server. */
    async replicas(urls: readonly string[], answerWithin = 30_000, log: Log = quietLog): Promise<Replicas> {
      const opened = await openReplicas(urls, database.pool, clock, log, { answerWithin, lookEvery: 100 })
      closing.push(() => opened.close())
      return opened
    },
    async close(): Promise<void> {
      for (const one of closing.reverse()) await one()
      await Promise.all([...running].map((one) => one.kill()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Waits until it is so, for a minute at most. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if (await holds()) return
    await pause(50)
  }
  throw new Error(`Waited a minute in vain: ${what}.`)
}
