import { mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { packDocuments, writeFileFrom } from './pack.ts'
import { documentOf, sevenZip } from './packing.fixture.ts'
import { unpackArchive } from './unpack.ts'
import { centralHeader, descriptor, endOfArchive, localHeader, type Record } from './zip-records.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safehaven-unpack-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const noPassword = () => Promise.reject(new Error('no password should have been asked for'))
const opened = () => join(folder, 'opened')

async function refusalOf(archive: string, password: () => Promise<string> = noPassword): Promise<string> {
  const before = await readdir(folder)
  const answer = await unpackArchive(archive, opened(), password)
  expect(await readdir(folder)).toEqual(before)
  return 'refused' in answer ? answer.refused : 'opened'
}

const plain = (name: string, packed: number, unpacked: number): Record => ({
  name: Buffer.from(name),
  method: 8,
  encrypted: false,
  wide: true,
  time: new Date(0),
  offset: 0,
  crc: 0,
  packed,
  unpacked,
})

async function bomb(name: string, block: Buffer, times: number, says: number): Promise<string> {
  const path = join(folder, name)
  const record = plain('document-1.txt', block.length * times + 2, says)
  const head = localHeader(record)
  const file = await open(path, 'wx')
  await file.writeFile(head)
  for (let time = 0; time < times; time++) await file.writeFile(block)
  const tail = [Buffer.from([3, 0]), descriptor(record)]
  await file.writeFile(Buffer.concat(tail))
  const start = head.length + record.packed + 24
  const central = centralHeader(record)
  await file.writeFile(Buffer.concat([central, endOfArchive(1, central.length, start)]))
  await file.close()
  return path
}

describe('what arrives as an archive', () => {
  const zeros = deflateRawSync(Buffer.alloc(64 << 20), { finishFlush: constants.Z_FULL_FLUSH })

  it('an archive that says it opens to 80 GB is refused before a byte is written', async () => {
    const path = await bomb('80gb.zip', zeros, 1280, 80 * 2 ** 30)
    expect(await refusalOf(path)).toMatch(/opens to more than 8192 MiB/)
  })

  it('an archive that opens to 80 GB and lies about it is stopped as soon as it passes what it said or what is allowed', async () => {
    const path = await bomb('liar.zip', zeros, 1280, 1000)
    expect(await refusalOf(path)).toMatch(/far more than it holds|damaged/)
  })

  it('a folder of entries that share the same bytes is refused', async () => {
    const block = deflateRawSync(Buffer.from('x'.repeat(1000)))
    const record = plain('document-1.txt', block.length, 1000)
    const parts = [localHeader(record), block, descriptor(record)]
    const start = Buffer.concat(parts).length
    const central = Array.from({ length: 50 }, (_, at) =>
      centralHeader({ ...record, name: Buffer.from(`document-${at}.txt`) }),
    )
    const size = Buffer.concat(central).length
    const path = join(folder, 'overlap.zip')
    await writeFile(path, Buffer.concat([...parts, ...central, endOfArchive(50, size, start)]))
    expect(await refusalOf(path)).toMatch(/lie over one another/)
  })

  it.each(['../../etc/cron.d/x', '/etc/passwd', 'C:/Windows/x', '..\\..\\x', 'a/../../x'])(
    'a document named %s is not written outside its folder',
    async (name) => {
      const block = deflateRawSync(Buffer.from('x'))
      const record = plain(name, block.length, 1)
      const parts = [localHeader(record), block, descriptor(record)]
      const start = Buffer.concat(parts).length
      const central = centralHeader(record)
      const path = join(folder, 'escape.zip')
      await writeFile(path, Buffer.concat([...parts, central, endOfArchive(1, central.length, start)]))
      expect(await refusalOf(path)).toMatch(/written outside its folder/)
    },
  )

  it('a symbolic link in an archive is refused', async () => {
    await symlink('/etc/passwd', join(folder, 'link'))
    await sevenZip('a', '-tzip', '-snl', join(folder, 'link.zip'), join(folder, 'link'))
    expect(await refusalOf(join(folder, 'link.zip'))).toMatch(/link or device/)
  })

  it('CUM-49: the old zip cipher and AES-128 are refused as too weak', async () => {
    await writeFile(join(folder, 'note.txt'), 'note')
    await sevenZip('a', '-tzip', '-ppass1234', '-mem=ZipCrypto', join(folder, 'old.zip'), join(folder, 'note.txt'))
    await sevenZip('a', '-tzip', '-ppass1234', '-mem=AES128', join(folder, 'half.zip'), join(folder, 'note.txt'))
    expect(await refusalOf(join(folder, 'old.zip'), async () => 'pass1234')).toMatch(/weak or unknown cipher/)
    expect(await refusalOf(join(folder, 'half.zip'), async () => 'pass1234')).toMatch(/less than AES-256/)
  })

  it("CUM-55: what 7-Zip's users send with AES-256 opens, folders and all", async () => {
    await writeFile(join(folder, 'note.txt'), 'note '.repeat(1000))
    await sevenZip('a', '-tzip', '-ppass1234', '-mem=AES256', join(folder, 'theirs.zip'), join(folder, 'note.txt'))
    const answer = await unpackArchive(join(folder, 'theirs.zip'), opened(), async () => 'pass1234')
    expect(answer).toMatchObject({ encrypted: true, unpacked: [{ path: 'note.txt', bytes: 5000 }] })
    expect(await readFile(join(opened(), 'note.txt'), 'utf8')).toBe('note '.repeat(1000))
  })

  it('a wrong password is told as such, and leaves nothing behind', async () => {
    const path = join(folder, '1.zip')
    await writeFileFrom(packDocuments([documentOf('document-1.txt', 'x')], 'right-1', new Date()), path)
    expect(await refusalOf(path, async () => 'wrong-1')).toMatch(/password/)
  })

  it.each([
    ['empty', Buffer.alloc(0)],
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['an end record alone', endOfArchive(0, 0, 0)],
    ['an end record that points past the end', endOfArchive(3, 500, 9000)],
  ])('a file that is %s is refused with a sentence', async (name, bytes) => {
    const path = join(folder, 'not.zip')
    await writeFile(path, bytes)
    expect(await refusalOf(path), name).toMatch(/archive/)
  })

  it('half an archive is refused', async () => {
    const path = join(folder, '1.zip')
    await writeFileFrom(packDocuments([documentOf('Julia.txt', 'x'.repeat(5000))], 'right-1', new Date()), path)
    const whole = await readFile(path)
    await writeFile(join(folder, 'half.zip'), whole.subarray(0, whole.length - 30))
    expect(await refusalOf(join(folder, 'half.zip'), async () => 'right-1')).toMatch(/damaged|not a zip/)
  })

  it('an existing folder is never written into', async () => {
    const path = join(folder, '1.zip')
    await writeFileFrom(packDocuments([documentOf('document-1.txt', 'x')], 'right-1', new Date()), path)
    await unpackArchive(path, opened(), async () => 'right-1')
    await writeFile(join(opened(), 'mine.txt'), 'mine')
    await expect(unpackArchive(path, opened(), async () => 'right-1')).rejects.toThrow()
    expect((await readdir(opened())).sort()).toEqual(['document-1.txt', 'mine.txt'])
  })
})
