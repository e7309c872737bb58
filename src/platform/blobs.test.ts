import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { openBlobs, randomOctets, secretsFrom, sha256Hex, system } from './index.ts'

const database = await testDatabase()
const dataDir = mkdtempSync(join(tmpdir(), 'safehaven-files-'))
afterAll(() => rmSync(dataDir, { recursive: true }))
const blobs = openBlobs(dataDir, secretsFrom('a secret for tests of 32 characters or more'))
const inTx = <T>(work: Parameters<typeof database.transaction<T>>[1]) => database.transaction(system, work)
const pathOf = (id: string) => join(dataDir, 'files', id.slice(0, 2), id)
const keep = (content: Uint8Array) => inTx((tx) => blobs.keep(tx, content))

describe('a file', () => {
  test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 300_001])('of %i bytes comes back as it was', async (size) => {
    const content = randomOctets(size)
    const kept = await keep(content)
    expect(kept).toMatchObject({ size, sha256: sha256Hex(content) })
    expect((await blobs.readAll(kept.id)).equals(content)).toBe(true)
  })

  test('lies on disk unreadable', async () => {
    const kept = await keep(Buffer.from('Zebedee Unusual '.repeat(100)))
    expect(readFileSync(pathOf(kept.id), 'latin1')).not.toContain('Zebedee')
  })

  test('is not given out when it was altered, shortened, lengthened, or put in another’s place', async () => {
    const content = randomOctets(200_000)
    const kept = await keep(content)
    const whole = readFileSync(pathOf(kept.id))
    const other = await keep(content)
    const flipped = Buffer.from(whole)
    flipped[100_000]! ^= 1
    const piece = 65_536 + 16
    const swapped = Buffer.concat([
      whole.subarray(0, 8),
      whole.subarray(8 + piece, 8 + 2 * piece),
      whole.subarray(8, 8 + piece),
      whole.subarray(8 + 2 * piece),
    ])
    for (const damaged of [
      flipped,
      whole.subarray(0, 8 + piece),
      whole.subarray(0, whole.length - 1),
      Buffer.concat([whole, Buffer.of(0)]),
      swapped,
      readFileSync(pathOf(other.id)),
      Buffer.from('x'),
    ]) {
      writeFileSync(pathOf(kept.id), damaged)
      await expect(blobs.readAll(kept.id)).rejects.toMatchObject({ code: 'platform.file-damaged' })
    }
  })

  test('larger than the limit is refused with the limit, and leaves nothing', async () => {
    const before = readdirSync(join(dataDir, 'files'), { recursive: true }).length
    async function* endless() {
      for (let i = 0; i < 1000; i++) yield Buffer.alloc(65_536)
    }
    await expect(blobs.store(endless(), 25 * 1024)).rejects.toMatchObject({
      code: 'platform.file-too-large',
      status: 413,
      message: expect.stringContaining('25 KB'),
    })
    const files = readdirSync(join(dataDir, 'files'), { recursive: true }).filter((name) =>
      String(name).includes('.half'),
    )
    expect(files).toEqual([])
    expect(readdirSync(join(dataDir, 'files'), { recursive: true }).length).toBeLessThanOrEqual(before + 1)
  })

  test('whose sender goes away half way leaves nothing', async () => {
    async function* broken() {
      yield Buffer.alloc(100_000)
      throw new Error('gone')
    }
    await expect(blobs.store(broken(), 1e6)).rejects.toThrow('gone')
    expect(
      readdirSync(join(dataDir, 'files'), { recursive: true }).filter((name) => String(name).includes('.half')),
    ).toEqual([])
  })

  test('that nobody claims is swept after a day, one that is claimed stays, one given up goes', async () => {
    const claimed = await keep(Buffer.from('claimed'))
    const given = await keep(Buffer.from('given up'))
    const loose = await blobs.store(
      (async function* () {
        yield Buffer.from('loose')
      })(),
      100,
    )
    await inTx((tx) => blobs.drop(tx, given.id))
    expect(await inTx((tx) => blobs.sweep(tx, new Date()))).toBe(0)
    const old = new Date(Date.now() - 25 * 3_600_000)
    for (const { id } of [claimed, given, loose]) utimesSync(pathOf(id), old, old)
    expect(await inTx((tx) => blobs.sweep(tx, new Date()))).toBe(2)
    expect([claimed, given, loose].map(({ id }) => existsSync(pathOf(id)))).toEqual([true, false, false])
  })

  test('that is not kept is said to be missing, whatever is asked for', async () => {
    for (const id of ['x'.repeat(22), '../../../../etc/passwd', ''])
      await expect(blobs.readAll(id)).rejects.toMatchObject({ code: 'platform.file-missing' })
  })
})
