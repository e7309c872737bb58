// What the worst messages cost the gateway's reader: CPU and memory of each (the message itself included), in a process of its own. Goal: 250 ms, 128 MB.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { worstMessages } from './worst-messages.ts'

const one = fileURLToPath(new URL('./check-one.ts', import.meta.url))
const rows: { message: string; bytes: number; action: string; milliseconds: number; megabytes: number }[] = []
const folder = mkdtempSync(join(tmpdir(), 'worst-messages-'))
try {
  for (const [message, build] of Object.entries(worstMessages)) {
    const file = join(folder, 'message.eml')
    writeFileSync(file, build())
    const { stdout, status } = spawnSync(process.execPath, ['--import', 'tsx', one, file], {
      encoding: 'utf8',
      timeout: 60_000,
    })
    if (status !== 0) throw new Error(`${message}: no answer`)
    rows.push({ message, ...JSON.parse(stdout) })
  }
} finally {
  rmSync(folder, { recursive: true })
}
console.table(rows)
const slowest = Math.max(...rows.map((row) => row.milliseconds))
const largest = Math.max(...rows.map((row) => row.megabytes))
console.log(
  `slowest ${slowest} ms of CPU (goal 250), most memory above idle ${largest} MB (goal 128); over the goal: ${
    rows
      .filter((row) => row.milliseconds > 250 || row.megabytes > 128)
      .map((row) => row.message)
      .join(', ') || 'none'
  }`,
)
const results = new URL('../results/', import.meta.url)
mkdirSync(results, { recursive: true })
writeFileSync(
  new URL('gateway-reading.json', results),
  `${JSON.stringify({ goal: { milliseconds: 250, megabytes: 128 }, slowest, largest, rows }, null, 2)}\n`,
)
