// `npm test`: the tools, lint, types, then every test. Ends with one plain line: N passed, N failed. Nothing passes by being left out.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureTools } from './tools.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const settings = ensureTools()
if (settings === undefined) process.exit(1)

let failed = 0
let passed = 0

function step(title, program, args, env = {}) {
  console.log(`\n── ${title}`)
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  return status === 0
}

for (const [title, script] of [
  ['lint', 'lint'],
  ['types', 'typecheck'],
]) {
  if (step(title, 'npm', ['run', '--silent', script])) continue
  console.log(`${title}: not right, see above`)
  failed++
}

const folder = mkdtempSync(join(tmpdir(), 'safehaven-report-'))
const report = join(folder, 'report.json')
const whole = step(
  'tests',
  'npx',
  ['vitest', 'run', ...process.argv.slice(2), '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  settings,
)
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  passed = numPassedTests
  failed += numFailedTests
  const leftOut = numPendingTests + numTodoTests
  if (leftOut > 0) console.log(`${leftOut} tests were left out, which counts as failed`)
  failed += leftOut
  // A file that cannot even be loaded has no tests to count.
  failed += testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((one) => one.status !== 'failed'),
  ).length
  if (passed === 0) failed++
} catch {
  console.log('The tests left no report')
  failed++
}
rmSync(folder, { recursive: true, force: true })
if (!whole && failed === 0) failed++
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
