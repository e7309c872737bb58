// Builds dist/ anew where the sources were changed since: an old build would run and say nothing.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Made by build.mjs when it is done. */
export const BUILT = 'dist/.built'
const LONGEST_BUILD = 180_000

/** The path of a source that is newer than what was built, or undefined. Tests and their fixtures are not built. */
export function newerSource(root) {
  const sources = join(root, 'src')
  if (!existsSync(sources)) return undefined
  const built = [join(root, BUILT), join(root, 'dist/main/safehaven.js')].find((path) => existsSync(path))
  const since = built === undefined ? 0 : statSync(built).mtimeMs
  return readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && !/\.(test|fixture|cases)\.ts$/.test(one.name))
    .map((one) => join(one.parentPath, one.name))
    .find((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > since)
}

/** Says what it does on standard error alone. Where it cannot be built, what was built before runs, and that is said. */
export function buildIfStale(root, say = console.error) {
  const newer = newerSource(root)
  if (newer === undefined) return
  if (!existsSync(join(root, 'node_modules/typescript'))) {
    say(`What runs was built before ${newer} was changed, and the compiler is not installed. Run: npm ci`)
    return
  }
  const lock = join(root, 'node_modules/.safehaven-building')
  if (!takeTurn(lock))
    return say(
      'The sources are newer than what was built of them, and it cannot be built now; what was built before runs.',
    )
  try {
    if (newerSource(root) === undefined) return
    say('The sources are newer than what was built of them: building first.')
    const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    })
    if (status !== 0) say('It could not be built without mistakes; what came of it runs. Run: npm run typecheck')
  } finally {
    rmdirSync(lock)
  }
}

/** One builds at a time; a lock that is older than any build was left behind. */
function takeTurn(lock) {
  const until = Date.now() + LONGEST_BUILD
  for (;;) {
    try {
      mkdirSync(lock)
      return true
    } catch (error) {
      if (error.code !== 'EEXIST') return false
    }
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - since > LONGEST_BUILD) rmdirSync(lock)
    else if (Date.now() > until) return false
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
}
