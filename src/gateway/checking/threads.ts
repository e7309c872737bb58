import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Task } from './tasks.ts'

const FROM_SOURCE = import.meta.url.endsWith('.ts')

/** What one message may cost its thread; past it the thread is ended, and the message refused. */
export interface Limits {
  /** Milliseconds of processor time for one task; where the system does not tell, of the clock. */
  readonly cpu: number
  /** Milliseconds by the clock, whatever else the machine does. */
  readonly patience: number
  /** Megabytes of the thread's heap. A thread at rest has some sixty. */
  readonly heap: number
  /** Milliseconds between two looks at the clock. */
  readonly look: number
}

/** The thread died of this message, or its time was up. */
export class TooMuch extends Error {}
/** The thread died of another message; this one may be asked again elsewhere. */
export class ThreadGone extends Error {}

interface Turn {
  readonly number: number
  readonly message: number
  readonly task: Task
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/** One checking thread: does what it is asked in turn. The first in the line is what it is at. */
export class Thread {
  readonly ended: Promise<void>
  gone = false
  private readonly worker: Worker
  private readonly limits: Limits
  private readonly line: Turn[] = []
  private native: number | undefined
  private ready = false
  private began = 0
  private spent: number | undefined
  private numbers = 0
  private ending: Promise<unknown> | undefined
  /** The messages that it keeps open. */
  private readonly held = new Set<number>()
  private outOfMemory = false

  constructor(limits: Limits) {
    this.limits = limits
    this.worker = new Worker(new URL(FROM_SOURCE ? './worker-from-source.mjs' : './worker.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.heap, maxYoungGenerationSizeMb: 32 },
      ...(FROM_SOURCE ? { execArgv: [] } : {}),
    })
    this.worker.on('message', (said) => this.hear(said))
    this.worker.on('error', (error: Error & { code?: string }) => {
      this.outOfMemory ||= error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    })
    this.ended = new Promise((resolve) =>
      this.worker.once('exit', () => {
        this.gone = true
        const [first, ...others] = this.line.splice(0)
        // Those who keep the list of threads hear of it before those who ask again elsewhere.
        resolve()
        first?.reject(this.reasonFor(first))
        for (const one of others) one.reject(new ThreadGone('the thread died of another message'))
      }),
    )
    // A process that has nothing else to do may end.
    this.worker.unref()
  }

  /** Memory may have been taken by several messages that were open together: then none of them is to blame, and each is asked again. */
  private reasonFor({ message }: Turn): Error {
    if (!this.ready) return new ThreadGone('it never began')
    const together = this.outOfMemory && [...this.held].some((one) => one !== message)
    return together
      ? new ThreadGone('the thread died of several messages together')
      : new TooMuch('the thread died of this message')
  }

  get length(): number {
    return this.line.length
  }

  ask(message: number, task: Task): Promise<unknown> {
    if (this.gone) return Promise.reject(new ThreadGone('the thread is gone'))
    return new Promise((resolve, reject) => {
      const turn = { number: ++this.numbers, message, task, resolve, reject }
      this.line.push(turn)
      if (this.line.length === 1) this.start()
      this.worker.ref()
      this.worker.postMessage({ number: turn.number, message, task })
    })
  }

  /** Ends the thread when what it is at has had its time. */
  look(now: number): void {
    if (this.line.length === 0 || !this.ready) return
    const used = cpuOf(this.native)
    if (this.spent === undefined) this.spent = used
    const cpu = used === undefined || this.spent === undefined ? now - this.began : used - this.spent
    if (cpu > this.limits.cpu || now - this.began > this.limits.patience) void this.end()
  }

  end(): Promise<unknown> {
    this.ending ??= this.worker.terminate()
    return this.ending
  }

  private start(): void {
    this.began = performance.now()
    this.spent = undefined
  }

  private hear(said: { ready?: number; number?: number; answer?: unknown; error?: string }): void {
    if ('ready' in said) {
      this.native = said.ready
      this.ready = true
      this.start()
      return
    }
    const turn = this.line.shift()
    if (turn === undefined || turn.number !== said.number) return
    if (turn.task.kind === 'open') this.held.add(turn.message)
    if (turn.task.kind === 'close') this.held.delete(turn.message)
    if (this.line.length > 0) this.start()
    else this.worker.unref()
    if (said.error === undefined) turn.resolve(said.answer)
    else turn.reject(new Error(said.error))
  }
}

// Linux counts each thread's processor time in hundredths of a second.
function cpuOf(thread: number | undefined): number | undefined {
  if (thread === undefined) return undefined
  try {
    const fields = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1').split(') ').at(-1)!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined
  }
}
