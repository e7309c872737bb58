// Names the folder of this run's PostgreSQL, and ends it with the run. The server itself starts when a test first asks.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'safehaven-tests-run-'

export default function setup(): () => void {
  for (const left of readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX))) {
    const owner = Number(left.slice(PREFIX.length).split('-')[0])
    if (!isAlive(owner)) endServer(join(tmpdir(), left))
  }
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  process.env.SAFEHAVEN_TEST_FOLDER = folder
  return () => endServer(folder)
}

function endServer(folder: string): void {
  const lock = join(folder, 'postgres', 'postmaster.pid')
  try {
    const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10)
    if (pid > 0 && existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGQUIT')
    for (let waited = 0; waited < 50 && isAlive(pid); waited++) spawnSync('sleep', ['0.05'])
  } catch {
    // None was started, or it has ended.
  }
  rmSync(folder, { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
