import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  type EmbeddedServer,
  migrate,
  openDatabase,
  openEmbedded,
  openHouse,
  quietLog,
  readConfig,
  sql,
  system,
  systemClock,
} from './index.ts'
import { sizeFlags } from './server-size.ts'

const FAST = ['max_connections=30', 'shared_buffers=16MB']
const folders: string[] = []
const servers: EmbeddedServer[] = []

function folder(...under: string[]): string {
  const top = mkdtempSync(join(tmpdir(), 'safehaven-embedded-'))
  folders.push(top)
  const path = join(top, ...under)
  mkdirSync(path, { recursive: true })
  return path
}
async function open(path: string): Promise<EmbeddedServer> {
  const server = await openEmbedded(path, quietLog, FAST)
  servers.push(server)
  return server
}
const pidOf = (path: string) => Number.parseInt(readFileSync(join(path, 'postgres', 'postmaster.pid'), 'utf8'), 10)

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true })
})

/** Opens the server in another Node, which is then killed without warning. */
async function killNode(path: string, meanwhile = '') {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const script = `import { openEmbedded, quietLog } from './src/platform/index.ts'
    import pg from 'pg'
    const server = await openEmbedded(${JSON.stringify(path)}, quietLog, ${JSON.stringify(FAST)})
    const client = new pg.Client(server.address('postgres')); await client.connect()
    ${meanwhile}
    console.log('open'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
}

describe('the embedded database', () => {
  test('syncs what it commits, proves its pages by checksums, listens to no network, and knows letters of every script', async () => {
    const server = await open(folder())
    const database = await openDatabase(server.address('postgres'), systemClock)
    const { rows } =
      await database.pool.query(`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('data_checksums') as checksums,
      current_setting('listen_addresses') as listens, upper('łóżko ñ ß ç') as upper`)
    await database.close()
    expect(rows[0]).toEqual({ fsync: 'on', commit: 'on', checksums: 'on', listens: '', upper: 'ŁÓŻKO Ñ ß Ç' })
  })

  test('is found again after Node was killed, with everything that was committed', async () => {
    const path = folder()
    await killNode(path, `await client.query("create table kept (a int); insert into kept values (7)")`)
    const server = await open(path)
    expect(server.adopted).toBe(true)
    const database = await openDatabase(server.address('postgres'), systemClock)
    expect((await database.pool.query('select a from kept')).rows).toEqual([{ a: 7 }])
    await database.close()
  })

  test('is started again when it ends by itself, and work goes on', async () => {
    const path = folder()
    const config = readConfig({ data: path, demo: true }, {})
    const { house, close } = await openHouse({ config, clock: systemClock, log: quietLog, record: async () => {} })
    try {
      const before = pidOf(path)
      process.kill(before, 'SIGKILL')
      await pause(50)
      const row = await house.database.transaction(system, (tx) => tx.one<{ one: number }>(sql`select 1 as one`))
      expect(row.one).toBe(1)
      expect(pidOf(path)).not.toBe(before)
    } finally {
      await close()
    }
  })

  // The long form outlasts the patience with a server that says nothing: SAFEHAVEN_LONG=1
  test('is waited for while it reads its log again after a power cut, however long', async () => {
    const path = folder()
    await (await open(path)).stop()
    // A standby that takes no questions answers as a recovering server does, until it is promoted.
    writeFileSync(join(path, 'postgres', 'standby.signal'), '')
    let opened = false
    const opening = openEmbedded(path, quietLog, [...FAST, 'hot_standby=off']).then((server) => {
      opened = true
      servers.push(server)
    })
    const log = () => readFileSync(join(path, 'postgres', 'server.log'), 'utf8')
    await vi.waitFor(() => expect(log()).toContain('entering standby mode'), { timeout: 30_000 })
    await pause(process.env.SAFEHAVEN_LONG === '1' ? 35_000 : 500)
    expect(opened).toBe(false)
    writeFileSync(join(path, 'postgres', 'promote'), '')
    process.kill(pidOf(path), 'SIGUSR1')
    await opening
    expect(log().match(/starting PostgreSQL/g)).toHaveLength(2)
  })

  test('goes by the memory of the machine, and promises as much on a small one', async () => {
    const path = folder()
    const server = await openEmbedded(path, quietLog, ['max_connections=30'])
    servers.push(server)
    const database = await openDatabase(server.address('postgres'), systemClock)
    const { rows } = await database.pool.query(
      `select pg_size_bytes(current_setting('shared_buffers')) as shared, pg_size_bytes(current_setting('max_wal_size')) as log,
        current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as whole`,
    )
    await database.close()
    expect(rows[0]).toMatchObject({ fsync: 'on', commit: 'on', whole: 'on' })
    expect(rows[0].shared).toBeGreaterThanOrEqual(128 * 1024 ** 2)
    expect(rows[0].shared).toBeLessThanOrEqual(Math.max(totalmem() / 4, 128 * 1024 ** 2) + 1024 ** 2)
    expect(rows[0].log).toBeGreaterThanOrEqual(1024 ** 3)
    expect(sizeFlags({ memory: 512 * 1024 ** 2, free: 2 * 1024 ** 3 })).toContain('shared_buffers=128MB')
    expect(sizeFlags({ memory: 64 * 1024 ** 3, free: 900 * 1024 ** 3 })).toEqual(
      expect.arrayContaining(['shared_buffers=2048MB', 'max_wal_size=4096MB']),
    )
  })

  test('is one server when several processes open an empty folder at once', async () => {
    const path = folder()
    const opened = await Promise.all([open(path), open(path), open(path)])
    expect(opened.filter((server) => !server.adopted)).toHaveLength(1)
  })

  test('is not left running by the last who leaves, and not taken away from others', async () => {
    const path = folder()
    const first = await open(path)
    const second = await open(path)
    const database = await openDatabase(second.address('postgres'), systemClock)
    await database.pool.query('select 1')
    await first.leave()
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await database.close()
    await second.leave()
    expect(() => pidOf(path)).toThrow()
  })

  test('starts though the number in its lock now belongs to another program', async () => {
    const path = folder()
    const server = await open(path)
    await server.stop()
    const stranger = spawn('sleep', ['60'])
    writeFileSync(join(path, 'postgres', 'postmaster.pid'), `${stranger.pid}\n/elsewhere\n`)
    expect((await open(path)).adopted).toBe(false)
    stranger.kill()
  })

  test('opens in a folder whose path is longer than a socket allows', async () => {
    const path = folder('a'.repeat(60), 'b'.repeat(60))
    const database = await openDatabase((await open(path)).address('postgres'), systemClock)
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await database.close()
  })

  test('opens under a folder that only its owner may enter, and keeps its own closed', async () => {
    const path = folder('closed', 'data')
    chmodSync(join(path, '..'), 0o700)
    const database = await openDatabase((await open(path)).address('postgres'), systemClock)
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await database.close()
    expect(statSync(join(path, 'postgres')).mode & 0o077).toBe(0)
  })

  test('is not shared by two houses that want it alone', async () => {
    const config = readConfig({ data: folder(), demo: true }, {})
    const opening = { config, clock: systemClock, log: quietLog, record: async () => {}, alone: true }
    const first = await openHouse(opening)
    await expect(openHouse(opening)).rejects.toMatchObject({ code: 'platform.already-running' })
    const command = await openHouse({ ...opening, alone: false })
    await command.close()
    expect(await first.house.database.transaction(system, (tx) => tx.one(sql`select 1 as one`))).toEqual({ one: 1 })
    await first.close()
    const next = await openHouse(opening)
    await next.close()
  })

  test('is brought up to date by an owner who is no superuser, and row security binds the application there too', async () => {
    const server = await open(folder())
    const owner = await openDatabase(server.address('postgres'), systemClock)
    await owner.pool.query('create role hub login createrole')
    await owner.pool.query('create database hub owner hub')
    await owner.close()
    const database = await openDatabase({ ...server.address('hub'), user: 'hub' }, systemClock)
    expect(await migrate(database.pool)).toContain('0001-platform-and-audit.sql')
    expect(await database.transaction(system, (tx) => tx.one(sql`select current_user::text as role`))).toEqual({
      role: 'safehaven_app',
    })
    await database.close()
  })

  test('says in its log when it started and ended, and nothing of what a record says', async () => {
    const path = folder()
    const server = await open(path)
    const database = await openDatabase(server.address('postgres'), systemClock)
    await database.pool.query('create table child (name text primary key)')
    for (let twice = 0; twice < 2; twice++)
      await database.pool.query(`insert into child values ($1)`, ['Zebedee Unusual']).catch(() => {})
    await database.pool.query(`select 'Zebedee Unusual'::int`).catch(() => {})
    await database.close()
    await server.stop()
    const words = readFileSync(join(path, 'postgres', 'server.log'), 'utf8')
    expect(words).toContain('database system is ready')
    expect(words).not.toContain('Zebedee')
  })
})
