import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const house = fileURLToPath(new URL('../..', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'stale-build-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A checkout with one source, which says which of its versions runs. */
function write(says: string, at: Date): void {
  writeFileSync(join(root, 'src/main/safehaven.ts'), `const says: string = '${says}'\nconsole.log(says)\n`)
  utimesSync(join(root, 'src/main/safehaven.ts'), at, at)
}
const run = () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'bin/safehaven.js')], { encoding: 'utf8' })
  return { said: stdout.trim(), status, errors: stderr }
}

test('the command runs what the sources say now: it builds first where they were changed since, and says so beside the answer', () => {
  for (const folder of ['src/main', 'bin', 'scripts', 'node_modules'])
    mkdirSync(join(root, folder), { recursive: true })
  for (const file of [
    'bin/safehaven.js',
    'scripts/build.mjs',
    'scripts/build-if-stale.mjs',
    'tsconfig.json',
    'tsconfig.build.json',
  ])
    cpSync(join(house, file), join(root, file))
  for (const name of ['typescript', '@types', 'undici-types', '.bin'])
    symlinkSync(join(house, 'node_modules', name), join(root, 'node_modules', name))
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  write('the first', new Date(Date.now() - 60_000))
  const first = run()
  expect(first, first.errors).toMatchObject({ said: 'the first', status: 0 })
  expect(first.errors).toContain('newer than what was built')
  expect(run()).toEqual({ said: 'the first', status: 0, errors: '' })
  write('the second', new Date(Date.now() + 5_000))
  expect(run().said).toBe('the second')
  write('the third', new Date(Date.now() + 10_000))
  rmSync(join(root, 'node_modules/typescript'))
  expect(run()).toMatchObject({ said: 'the second', errors: expect.stringContaining('Run: npm ci') })
}, 120_000)
