import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomOctets } from '../../platform/index.ts'
import { type PackedDocument, packDocuments, writeFileFrom } from './pack.ts'
import { sevenZip } from './packing.fixture.ts'
import { unpackArchive } from './unpack.ts'

// The long form passes four gigabytes, where sizes need eight bytes: SAFEHAVEN_LONG=1 npx vitest run src/transfer/packing
const long = process.env.SAFEHAVEN_LONG === '1'
const size = long ? 4.5 * 2 ** 30 : 48 * 2 ** 20

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safehaven-large-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function repeated(name: string, block: Buffer): PackedDocument {
  const read = async function* () {
    for (let given = 0; given < size; given += block.length) yield block
  }
  return { name, size, read }
}

describe('a document as large as a film', () => {
  it.each([
    ['that does not shrink', () => repeated('Julia Smith.mov', randomOctets(1 << 20))],
    [
      'that shrinks to almost nothing',
      () => repeated('Julia Smith.txt', Buffer.alloc(1 << 20, 'She told her teacher on Monday. ')),
    ],
  ])(
    '%s opens in 7-Zip, in its inner and its outer archive',
    async (_, document) => {
      const archive = join(folder, '1.zip')
      await writeFileFrom(packDocuments([document()], 'a1-b2', new Date()), archive)
      await sevenZip('t', '-pa1-b2', archive)
      await sevenZip('x', '-pa1-b2', `-o${join(folder, 'outer')}`, archive)
      const inner = await sevenZip('t', join(folder, 'outer', 'document-1.zip'))
      expect(Number(/^Size:\s+(\d+)/m.exec(inner)?.[1])).toBe(size)
      const answer = await unpackArchive(archive, join(folder, 'opened'), async () => 'a1-b2', {
        bytes: size * 2,
        entries: 10,
        ratio: 2000,
      })
      expect(answer).toMatchObject({ unpacked: [{ bytes: size }] })
      for (const name of ['1.zip', 'outer', 'opened']) await rm(join(folder, name), { recursive: true })
    },
    600_000,
  )
})
