// Asks for pages as many browsers at once would, and keeps how long each answer took.
import { Agent, get } from 'node:http'

export interface Visitor {
  readonly cookie: string
  /** Counted as a network address of its own, as each agency's would be. */
  readonly from: string
  readonly paths: readonly string[]
}

export interface Timed {
  readonly path: string
  /** Milliseconds from asking to the last byte. */
  readonly took: number
}

/** Every visitor goes round their pages until the time (seconds) is over, resting `rest` milliseconds on average between two. Throws at the first answer that is not 200. */
export async function visit(
  address: string,
  visitors: readonly Visitor[],
  seconds: number,
  rest: number,
): Promise<Timed[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: visitors.length })
  const timed: Timed[] = []
  const end = performance.now() + seconds * 1000
  await Promise.all(
    visitors.map(async ({ cookie, from, paths }, turn) => {
      if (rest > 0) await pause((rest * turn) / visitors.length)
      for (let step = turn; performance.now() < end; step += 1) {
        const path = paths[step % paths.length]!
        const start = performance.now()
        await ask(`${address}${path}`, agent, { cookie, 'x-forwarded-for': from })
        timed.push({ path, took: performance.now() - start })
        // Between half and one and a half times the rest, the same in each run.
        if (rest > 0) await pause(rest * (0.5 + ((step * 7 + turn * 3) % 11) / 10))
      }
    }),
  )
  agent.destroy()
  return timed
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

function ask(address: string, agent: Agent, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    get(address, { agent, headers }, (answer) => {
      answer.resume()
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`${address} answers ${answer.statusCode}`)),
      )
    }).once('error', reject)
  })
}

/** Milliseconds, to a tenth. */
export function summary(timed: readonly Timed[], seconds: number) {
  const sorted = timed.map(({ took }) => took).sort((one, other) => one - other)
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
  return {
    pages: sorted.length,
    perSecond: Math.round(sorted.length / seconds),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  }
}
