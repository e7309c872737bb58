// Compiles src/ to dist/ and carries over what is not TypeScript (templates, word lists, SQL).
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

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
const built = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
cpSync(join(root, 'src'), join(root, 'dist'), { recursive: true, filter: (path) => !path.endsWith('.ts') })
process.exit(built.status ?? 3)
