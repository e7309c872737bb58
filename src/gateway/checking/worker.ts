import { readlinkSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { perform, type Task } from './tasks.ts'
import { warmFurther, warmUp } from './warm-up.ts'

// The thread's own number in the system, by which its processor time is looked up.
function ownNumber(): number | undefined {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1))
  } catch {
    return undefined
  }
}

warmUp()
parentPort?.on('message', ({ number, message, task }: { number: number; message: number; task: Task }) => {
  try {
    parentPort?.postMessage({ number, answer: perform(message, task) })
  } catch (error) {
    parentPort?.postMessage({ number, error: error instanceof Error ? error.message : 'unexpected' })
  }
})
parentPort?.postMessage({ ready: ownNumber() })

const further = warmFurther()
const step = (): void => {
  if (further.next().done !== true) setImmediate(step).unref()
}
setImmediate(step).unref()
