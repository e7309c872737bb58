// The job queue's pool over an outage of a real server.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openDatabase, openEmbedded, quietLog, systemClock } from './index.ts'
import { patientPool } from './patient-pool.ts'

const folder = mkdtempSync(join(tmpdir(), 'safehaven-patient-'))
const open = () => openEmbedded(folder, quietLog, ['shared_buffers=16MB', 'fsync=off'])
let server = await open()
const database = await openDatabase(server.address('postgres'), systemClock)
afterAll(async () => {
  await database.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the pool of the job queue', { timeout: 120_000 }, () => {
  test('what is asked of it in an outage is answered after it; a wrong question fails at once', async () => {
    let stopped = false
    const pool = patientPool(database.pool, () => stopped)
    await expect(pool.query('select nonsense')).rejects.toMatchObject({ code: '42703' })
    const client = await pool.connect()
    client.on('error', () => {})
    await server.stop()
    let answered = false
    const asked = pool.query('select 1 as one').then(({ rows }) => {
      answered = true
      return rows
    })
    // A connection that was cut, and one that cannot be made, are told as what the queue asks again about.
    await expect(client.query('select 1')).rejects.toMatchObject({ code: '57P03' })
    client.release(true)
    await expect(pool.connect()).rejects.toMatchObject({ code: '57P03' })
    expect(answered).toBe(false)
    server = await open()
    expect(await asked).toEqual([{ one: 1 }])
    // Who is being stopped waits no longer.
    await server.stop()
    stopped = true
    expect((await pool.query('select 1 as one')).rows).toEqual([])
    server = await open()
  })
})
