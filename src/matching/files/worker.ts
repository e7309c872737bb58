import { parentPort } from 'node:worker_threads'
import { perform, type Task } from './tasks.ts'

parentPort?.on('message', ({ number, task }: { number: number; task: Task }) => {
  try {
    parentPort?.postMessage({ number, answer: perform(task) })
  } catch (error) {
    parentPort?.postMessage({ number, error })
  }
})
