// `npm run test:long`: the long forms of what `npm test` runs in short: kills before every statement of a delivery, files past four gigabytes. An hour or so.
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureTools } from './tools.mjs'

const LONG = [
  'src/transfer/kill.test.ts',
  'src/gateway/queue/kill.test.ts',
  'src/transfer/packing',
  'journeys/bad-input.journey.ts',
]
const settings = ensureTools()
if (settings === undefined) process.exit(1)
const { status } = spawnSync('npx', ['vitest', 'run', ...LONG, ...process.argv.slice(2)], {
  cwd: dirname(dirname(fileURLToPath(import.meta.url))),
  stdio: 'inherit',
  env: { ...process.env, ...settings, SAFEHAVEN_LONG: '1' },
})
process.exit(status ?? 1)
