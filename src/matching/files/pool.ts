import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Answer, Task } from './tasks.ts'

/** Does tasks, here or in threads. */
export interface Crew {
  readonly size: number
  /** all tasks at once, answers in their order; `progress` gets each thread's rows done */
  run<T extends Task>(tasks: readonly T[]): Promise<Answer<T>[]>
  close(): Promise<void>
}

const MEMORY_MB = 1500
const FROM_SOURCE = import.meta.url.endsWith('.ts')

/** Threads for a file of so many bytes: none for a small one, else one for each core, at most eight; or as many as wanted. */
export async function gather(bytes: number, wanted?: number): Promise<Crew> {
  const size = wanted ?? (bytes < 4_000_000 ? 1 : Math.min(availableParallelism(), 8))
  if (size < 2) {
    const { perform } = await import('./tasks.ts')
    return {
      size: 1,
      run: async <T extends Task>(tasks: readonly T[]) => tasks.map((task) => perform(task)) as Answer<T>[],
      close: async () => {},
    }
  }
  const workers = Array.from(
    { length: size },
    () =>
      new Worker(new URL(FROM_SOURCE ? './worker-from-source.mjs' : './worker.js', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
        ...(FROM_SOURCE ? { execArgv: [] } : {}),
      }),
  )
  return {
    size,
    run: (tasks) => Promise.all(tasks.map((task, i) => ask(workers[i % size]!, task))),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

let asked = 0

function ask<T extends Task>(worker: Worker, task: T): Promise<Answer<T>> {
  const number = asked++
  return new Promise((resolve, reject) => {
    const stop = () => {
      worker.off('message', hear)
      worker.off('error', fail)
      worker.off('exit', leave)
    }
    const fail = (error: Error) => {
      stop()
      reject(error)
    }
    const leave = () => fail(new Error('a thread ended early; is there enough memory?'))
    const hear = (message: { number: number; answer?: unknown; error?: Error }) => {
      if (message.number !== number) return
      stop()
      if (message.error) reject(message.error)
      else resolve(message.answer as Answer<T>)
    }
    worker.on('message', hear)
    worker.on('error', fail)
    worker.on('exit', leave)
    worker.postMessage({ number, task })
  })
}
