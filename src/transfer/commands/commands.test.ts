import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safehaven-commands-'))
  await writeFile(join(folder, 'Julia Smith.doc'), 'A worry about Julia. '.repeat(100))
  await writeFile(join(folder, 'notes.txt'), 'notes')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const entry = fileURLToPath(new URL('../../main/safehaven.ts', import.meta.url))
const loader = import.meta.resolve('tsx')

/** Runs the command line in a process of its own. */
function safehaven(args: string[], input = ''): Promise<{ status: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--import', loader, entry, ...args], { cwd: folder }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, out, err }),
    )
    child.stdin?.end(input)
  })
}

describe('pack and unpack on the command line', () => {
  it('CUM-30 CUM-48: the password is printed on standard error only, and opens what was packed', async () => {
    const packed = await safehaven(['pack', 'Julia Smith.doc', 'notes.txt', '--out', '1.zip', '--json'])
    expect(packed.status).toBe(0)
    const password = /^Password: (\S+)$/m.exec(packed.err)![1]!
    expect(packed.out).not.toContain(password)
    expect(JSON.parse(packed.out)).toMatchObject({ file: '1.zip', encryption: 'aes-256', documents: 2 })
    expect((await readFile(join(folder, '1.zip'))).includes('Julia')).toBe(false)

    const unpacked = await safehaven(['unpack', '1.zip', '--out', 'opened', '--json'], `${password}\n`)
    expect(unpacked.status).toBe(0)
    expect(JSON.parse(unpacked.out)).toMatchObject({ folder: 'opened', encrypted: true })
    expect((await readdir(join(folder, 'opened'))).sort()).toEqual(['Julia Smith.doc', 'notes.txt'])
    await writeFile(join(folder, 'password'), password)
    expect((await safehaven(['unpack', '1.zip', '--password-file', 'password'])).status).toBe(0)
    expect(await readdir(join(folder, '1'))).toContain('notes.txt')
  })

  it('CUM-48: an archive called "Julia.Smith.zip" is refused, with the reason', async () => {
    const { status, err } = await safehaven(['pack', 'notes.txt', '--out', 'Julia.Smith.zip'])
    expect(status).toBe(1)
    expect(err).toContain('CUM-48')
    expect(await readdir(folder)).not.toContain('Julia.Smith.zip')
  })

  it('a wrong password, an archive that is there already and a missing file each get their own exit and sentence', async () => {
    await safehaven(['pack', 'notes.txt', '--out', '2.zip'])
    const wrong = await safehaven(['unpack', '2.zip', '--out', 'never'], 'wrong\n')
    expect(wrong).toMatchObject({ status: 1, out: expect.stringContaining('The password does not open this archive.') })
    expect(await safehaven(['pack', 'notes.txt', '--out', '2.zip'])).toMatchObject({
      status: 1,
      err: expect.stringContaining('is not written over'),
    })
    expect(await safehaven(['pack', 'nowhere.txt', '--out', '3.zip'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('does not exist'),
    })
    expect(await safehaven(['unpack', 'nowhere.zip'])).toMatchObject({
      status: 2,
      err: expect.stringContaining('does not exist'),
    })
    expect(await readdir(folder)).not.toContain('never')
  })
})
