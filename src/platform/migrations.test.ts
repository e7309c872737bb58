import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { migrate, readMigrations } from './index.ts'

const { pool } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'safehaven-migrations-'))
const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(async () => {
  await pool.query(`drop schema if exists trial cascade; delete from platform.migration where name like '9%'`)
  rmSync(folder, { recursive: true, force: true })
  await import('node:fs').then((fs) => fs.mkdirSync(folder))
})

describe('migrations', () => {
  test('are applied in the order of their numbers, each once', async () => {
    put('9002-second.sql', 'alter table trial.t add column b int')
    put('9001-first.sql', 'create schema trial; create table trial.t (a int)')
    expect(await migrate(pool, folder)).toEqual(['9001-first.sql', '9002-second.sql'])
    expect(await migrate(pool, folder)).toEqual([])
  })

  test('of a lower number that come later are applied all the same', async () => {
    put('9002-second.sql', 'create schema trial')
    await migrate(pool, folder)
    put('9001-late.sql', 'create table trial.late (a int)')
    expect(await migrate(pool, folder)).toEqual(['9001-late.sql'])
  })

  test('that were changed after they were applied stop everything', async () => {
    put('9001-first.sql', 'create schema trial')
    await migrate(pool, folder)
    put('9001-first.sql', 'create schema trial; ')
    await expect(migrate(pool, folder)).rejects.toMatchObject({ code: 'platform.migration-changed' })
  })

  test('that fail leave nothing of themselves, and what came before stays', async () => {
    put('9001-first.sql', 'create schema trial')
    put('9002-broken.sql', 'create table trial.half (a int); create table trial.half (a int)')
    await expect(migrate(pool, folder)).rejects.toMatchObject({ code: 'platform.migration-failed' })
    const { rows } = await pool.query(`select to_regclass('trial.half') as half, to_regnamespace('trial') as trial`)
    expect(rows[0]).toEqual({ half: null, trial: 'trial' })
  })

  test('are applied once when several processes start together', async () => {
    put('9001-first.sql', 'create schema trial')
    const applied = await Promise.all([migrate(pool, folder), migrate(pool, folder), migrate(pool, folder)])
    expect(applied.flat()).toEqual(['9001-first.sql'])
  })

  test('with a malformed name or a number twice are refused', () => {
    put('9001-first.sql', '')
    put('9001-other.sql', '')
    expect(() => readMigrations(folder)).toThrow('Two migrations have the number 9001')
    rmSync(join(folder, '9001-other.sql'))
    put('91-short.sql', '')
    expect(() => readMigrations(folder)).toThrow('91-short.sql')
  })

  test('of the product itself are all applied here', async () => {
    const { rows } = await pool.query('select name from platform.migration order by name')
    expect(rows.map((row) => row.name)).toEqual(readMigrations().map(({ name }) => name))
  })
})
