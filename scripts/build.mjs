// Compiles src/ to dist/ and carries over what is not TypeScript (templates, word lists, SQL).
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BUILT } from './build-if-stale.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const require = createRequire(import.meta.url)
let tsc
try {
  tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc')
} catch {
  if (existsSync(join(root, 'dist'))) process.exit(0)
  console.error('The compiler is missing. Run: npm ci')
  process.exit(3)
}
const begun = new Date()
const built = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
cpSync(join(root, 'src'), join(root, 'dist'), { recursive: true, filter: (path) => !path.endsWith('.ts') })
// As of the beginning: what is changed meanwhile is newer.
writeFileSync(join(root, BUILT), '')
utimesSync(join(root, BUILT), begun, begun)
process.exit(built.status ?? 3)
