import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Seconds of processor that the server of a data folder has had, all its processes together, those that ended included; 0 where the system does not tell.
 * They depend far less than time does on what else the machine does.
 */
export function serverSeconds(dataDir: string): number {
  try {
    const postmaster = Number.parseInt(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
    const own = statOf(postmaster)
    let ticks = own.ticks + own.ofChildren
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      try {
        const one = statOf(Number(name))
        if (one.parent === postmaster) ticks += one.ticks
      } catch {
        // It ended meanwhile.
      }
    }
    return ticks / 100
  } catch {
    return 0
  }
}

function statOf(pid: number): { parent: number; ticks: number; ofChildren: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number)
  return { parent: fields[1]!, ticks: fields[11]! + fields[12]!, ofChildren: fields[13]! + fields[14]! }
}

/** Seconds of processor that this program has had. */
export function ownSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
