import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { gather } from './gather.ts'
import { rooms } from './rooms.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const folder = mkdtempSync(join(tmpdir(), 'safehaven-rooms-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Cruised {
  readonly summary: {
    readonly totalCruised: number
    readonly error: number
    readonly violations: readonly { readonly rule: { readonly name: string } }[]
  }
}

const cruise = (cwd: string): Cruised => {
  const ran = spawnSync(
    process.execPath,
    [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'],
    { cwd, encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  return JSON.parse(ran.stdout) as Cruised
}

const ours = cruise(root)

describe('the line of rooms', () => {
  test('is really looked at: the tool reads every module of ours', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    ).length
    expect(ours.summary.totalCruised).toBeGreaterThanOrEqual(Math.floor(files * 0.9))
  })

  test('is kept', () => {
    expect(ours.summary.violations.map((violation) => violation.rule.name)).toEqual([])
  })

  test('is broken by a room that looks right, past a door, makes keys, or mixes rules with files, and the tool says so', () => {
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
      cpSync(join(root, file), join(folder, file))
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    write('src/people/index.ts', `export const one = 1\n`)
    write('src/people/store.ts', `export const two = 2\n`)
    write('src/people/room.ts', `export const pages = []\n`)
    write('src/platform/look.ts', `import { one } from '../people/index.ts'\nexport default one\n`)
    write('src/sharing/look.ts', `import { two } from '../people/store.ts'\nexport default two\n`)
    write('src/sharing/assemble.ts', `import { pages } from '../people/room.ts'\nexport default pages\n`)
    write('src/sharing/keys.ts', `import { randomUUID } from 'node:crypto'\nexport default randomUUID\n`)
    write('src/sharing/rules/read.ts', `import { readFileSync } from 'node:fs'\nexport default readFileSync\n`)
    const names = cruise(folder).summary.violations.map((violation) => violation.rule.name)
    expect(new Set(names)).toEqual(
      new Set([
        'platform-looks-left',
        'through-the-door',
        'main-alone-assembles',
        'one-place-for-keys',
        'rules-do-no-io',
      ]),
    )
  })
})

describe('the house', () => {
  test('is put together without two rooms claiming the same', async () => {
    for (const demo of [true, false]) {
      const all = await gather(demo)
      for (const page of all.pages)
        expect(page).toMatchObject({ permission: expect.stringMatching(/./), audit: expect.stringMatching(/./) })
      expect(all.jobs.length).toBeGreaterThan(0)
    }
  })

  test('has every command under one name', async () => {
    const names = (await Promise.all(rooms.map((room) => room.commands?.()))).flatMap(
      (module) => module?.commands.map((command) => command.name) ?? [],
    )
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('audit verify')
  })
})

test('the lock file names every optional package of every system, so that `npm ci` takes it everywhere', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>
  }
  const missing = Object.entries(packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) =>
        packages[`node_modules/${name}`] === undefined && packages[`${place}/node_modules/${name}`] === undefined,
    ),
  )
  // To mend it: node scripts/complete-lockfile.mjs
  expect(missing).toEqual([])
})
