import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { generatePassword } from '../../platform/index.ts'
import { packDocuments, writeFileFrom } from './pack.ts'
import { documentOf, sevenZip } from './packing.fixture.ts'
import { unpackArchive } from './unpack.ts'
import { writeZip } from './write-zip.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safehaven-pack-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const day = new Date('2026-11-21T10:00:00Z')
const referral = `Referral ${'She told her teacher on Monday. '.repeat(20_000)}`
let seed = 1
const photograph = Buffer.from(
  Array.from({ length: 700_001 }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed >>> 24
  }),
)

describe('what is sent as an encrypted attachment', () => {
  it('CUM-55 CUM-49: stock 7-Zip opens it, and finds AES-256 and nothing else', async () => {
    const archive = join(folder, '20261121.zip')
    const password = generatePassword()
    const documents = [
      documentOf('document-1.txt', referral),
      documentOf('document-2.jpg', photograph),
      documentOf('document-3.txt', ''),
    ]
    await writeFileFrom(packDocuments(documents, password, day), archive)

    const listing = await sevenZip('l', '-slt', archive)
    expect([...listing.matchAll(/^Method = (.*)$/gm)].map((match) => match[1])).toEqual([
      'AES-256 Deflate',
      'AES-256 Store',
      'AES-256 Store',
    ])
    await sevenZip('x', `-p${password}`, `-o${join(folder, 'out')}`, archive)
    expect(await readFile(join(folder, 'out', 'document-1.txt'), 'utf8')).toBe(referral)
    expect(await readFile(join(folder, 'out', 'document-2.jpg'))).toEqual(photograph)
    expect((await stat(join(folder, 'out', 'document-3.txt'))).size).toBe(0)
    await expect(sevenZip('t', '-pnot-the-password', archive)).rejects.toThrow(/Wrong password/)
  })

  it('CUM-48: a name such as "Julia Smith.doc" cannot be seen without the password, and comes back with it', async () => {
    const archive = join(folder, '20261121.zip')
    const password = generatePassword()
    await writeFileFrom(
      packDocuments([documentOf('Julia Smith.doc', referral), documentOf('plan.pdf', 'x')], password, day),
      archive,
    )

    expect((await readFile(archive)).includes('Julia')).toBe(false)
    expect(await sevenZip('l', archive)).toMatch(/document-1\.zip/)
    await sevenZip('x', `-p${password}`, `-o${join(folder, 'out')}`, archive)
    await sevenZip('x', `-o${join(folder, 'inner')}`, join(folder, 'out', 'document-1.zip'))
    expect((await readdir(join(folder, 'inner'))).sort()).toEqual(['Julia Smith.doc', 'plan.pdf'])

    const answer = await unpackArchive(archive, join(folder, 'opened'), async () => password)
    expect(answer).toMatchObject({ encrypted: true, unpacked: [{ path: 'Julia Smith.doc' }, { path: 'plan.pdf' }] })
    expect(await readFile(join(folder, 'opened', 'Julia Smith.doc'), 'utf8')).toBe(referral)
  })

  it('CUM-50: several documents travel in one archive, two of one name without one taking the place of the other', async () => {
    const archive = join(folder, '1.zip')
    const documents = [documentOf('plan.txt', 'one'), documentOf('PLAN.txt', 'two'), documentOf('../plan.txt', 'three')]
    await writeFileFrom(packDocuments(documents, 'a1-b2', day), archive)
    await unpackArchive(archive, join(folder, 'opened'), async () => 'a1-b2')
    const opened = await readdir(join(folder, 'opened'))
    expect(opened.sort()).toEqual(['PLAN (2).txt', 'plan (3).txt', 'plan.txt'])
  })

  it('a name in Arabic, with direction marks, an emoji or 10,000 characters arrives readable and no longer than a disk allows', async () => {
    const archive = join(folder, '1.zip')
    const names = [
      'مريم\u202egpj.exe',
      '🦊 Zoë.pdf',
      `${'ঋ'.repeat(10_000)}.docx`,
      '<script>alert(1)</script>.txt',
      'CON.txt',
      '\ud800.txt',
    ]
    await writeFileFrom(
      packDocuments(
        names.map((name) => documentOf(name, name)),
        'a1-b2',
        day,
      ),
      archive,
    )
    await sevenZip('t', '-pa1-b2', archive)
    await unpackArchive(archive, join(folder, 'opened'), async () => 'a1-b2')
    const opened = await readdir(join(folder, 'opened'))
    expect(opened).toContain('مريمgpj.exe')
    expect(opened).toContain('🦊 Zoë.pdf')
    expect(opened).toContain('_CON.txt')
    expect(
      opened.every((name) => Buffer.byteLength(name) <= 150 && !/[<>:"|?*\p{Cc}\p{Bidi_Control}]/u.test(name)),
    ).toBe(true)
    expect(opened).toHaveLength(6)
  })

  it('one changed byte anywhere is noticed before anything is opened', async () => {
    const archive = join(folder, '1.zip')
    await writeFileFrom(packDocuments([documentOf('document-1.txt', referral)], 'a1-b2', day), archive)
    const bytes = await readFile(archive)
    for (const at of [60, 300, bytes.length - 140]) {
      const altered = Buffer.from(bytes)
      altered[at]! ^= 1
      const path = join(folder, `altered-${at}.zip`)
      await writeFileFrom(
        (async function* () {
          yield altered
        })(),
        path,
      )
      const answer = await unpackArchive(path, join(folder, `opened-${at}`), async () => 'a1-b2')
      expect(answer).toHaveProperty('refused')
      expect(await readdir(folder)).not.toContain(`opened-${at}`)
    }
  })

  it('a file that grows or shrinks while it is packed leaves no archive behind', async () => {
    const lying = { ...documentOf('document-1.txt', 'longer than said'), size: 3 }
    await expect(writeFileFrom(packDocuments([lying], 'a1-b2', day), join(folder, '1.zip'))).rejects.toThrow(/grew/)
    expect(await readdir(folder)).toEqual([])
  })

  it('an entry whose size is not known beforehand is written with 8-byte sizes that 7-Zip reads', async () => {
    const archive = join(folder, '1.zip')
    const { name, read } = documentOf('document-1.txt', referral)
    await writeFileFrom(writeZip([{ name, compress: 'auto', read }], day, 'a1-b2'), archive)
    await sevenZip('t', '-pa1-b2', archive)
    const answer = await unpackArchive(archive, join(folder, 'opened'), async () => 'a1-b2')
    expect(answer).toMatchObject({ unpacked: [{ bytes: Buffer.byteLength(referral) }] })
  })

  it('gives the same archive whether its documents come in pieces of one byte or of a mebibyte', async () => {
    const sizes: number[] = []
    for (const step of [1, 1 << 20]) {
      const bytes = Buffer.from(referral.slice(0, 3000))
      const read = async function* () {
        for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
      }
      const path = join(folder, `${step}.zip`)
      await writeFileFrom(packDocuments([{ name: 'document-1.txt', size: bytes.length, read }], 'a1-b2', day), path)
      await sevenZip('t', '-pa1-b2', path)
      await unpackArchive(path, join(folder, `opened-${step}`), async () => 'a1-b2')
      expect(await readFile(join(folder, `opened-${step}`, 'document-1.txt'))).toEqual(bytes)
      sizes.push(bytes.length)
    }
    expect(sizes).toEqual([3000, 3000])
  })

  it('is written while it is read: the first bytes are out before the last document is opened', async () => {
    let opened = false
    const last = {
      ...documentOf('document-2.txt', 'x'),
      async *read() {
        opened = true
        yield Buffer.from('x')
      },
    }
    const pieces = packDocuments([documentOf('document-1.txt', referral), last], 'a1-b2', day)
    await pieces.next()
    expect(opened).toBe(false)
    await pieces.return(undefined)
  })
})
