import { availableParallelism } from 'node:os'
import type { Amendments } from '../reading/index.ts'
import type { Answers, Looked, Opened, Stamp, Task } from './tasks.ts'
import { type Limits, Thread, ThreadGone } from './threads.ts'

export const usualLimits: Limits = { cpu: 1_500, patience: 60_000, heap: 256, look: 250 }

/** A message that a thread holds. Every question about it goes to that thread; a thread that died of another message is replaced. */
export interface HeldMessage extends Opened {
  ask<Kind extends Exclude<Task['kind'], 'open' | 'look' | 'write' | 'close'>>(
    task: Extract<Task, { kind: Kind }>,
  ): Promise<Answers[Kind]>
}

/**
 * The threads in which messages are read and checked, so that the sessions of others go on meanwhile. A message that takes more than
 * `limits` costs its thread, which is replaced, and throws `TooMuch`.
 */
export class Checkers {
  private readonly size: number
  private readonly limits: Limits
  private readonly threads = new Set<Thread>()
  private readonly watch: NodeJS.Timeout
  private messages = 0
  private closed = false

  constructor(limits: Limits = usualLimits, size = Math.max(2, Math.min(4, availableParallelism()))) {
    this.limits = limits
    this.size = size
    this.watch = setInterval(() => {
      for (const one of this.threads) one.look(performance.now())
    }, limits.look)
    this.watch.unref()
  }

  /** Starts the threads, so that the first message does not wait for them. */
  start(): void {
    while (!this.closed && this.threads.size < this.size) {
      const thread = new Thread(this.limits)
      this.threads.add(thread)
      void thread.ended.then(() => this.threads.delete(thread))
    }
  }

  /** Opens the message in a thread, and lets go of it when `work` is done. */
  async withMessage<T>(raw: Uint8Array, work: (held: HeldMessage) => Promise<T>): Promise<T> {
    const message = ++this.messages
    let { thread, opened } = await this.open(message, raw)
    try {
      return await work({
        ...opened,
        ask: async (task) => {
          for (let turn = 0; ; turn++)
            try {
              return (await thread.ask(message, task)) as never
            } catch (error) {
              if (!(error instanceof ThreadGone) || turn > 4) throw error
              ;({ thread, opened } = await this.open(message, raw))
            }
        },
      })
    } finally {
      if (!thread.gone) void thread.ask(message, { kind: 'close' }).catch(() => {})
    }
  }

  /** The message read, checked and written anew in one turn; undefined where its headers name more people than were asked about. */
  async look(raw: Uint8Array, looking: Omit<Extract<Task, { kind: 'look' }>, 'kind' | 'raw'>): Promise<Looked> {
    return (await this.anywhere(0, { kind: 'look', raw, ...looking })).answer as Looked
  }

  /** The message written anew with what is added to it. */
  async write(raw: Uint8Array, amendments: Amendments, stamp: Stamp): Promise<Uint8Array> {
    return (await this.anywhere(0, { kind: 'write', raw, amendments, stamp })).answer as Uint8Array
  }

  async close(): Promise<void> {
    this.closed = true
    clearInterval(this.watch)
    await Promise.all([...this.threads].map((one) => one.end()))
  }

  private async open(message: number, raw: Uint8Array): Promise<{ thread: Thread; opened: Opened }> {
    const { thread, answer } = await this.anywhere(message, { kind: 'open', raw })
    return { thread, opened: answer as Opened }
  }

  private async anywhere(message: number, task: Task): Promise<{ thread: Thread; answer: unknown }> {
    for (let turn = 0; ; turn++) {
      this.start()
      // The shortest line.
      const [thread] = [...this.threads].filter((one) => !one.gone).sort((a, b) => a.length - b.length)
      if (thread === undefined) throw new ThreadGone('there is no thread to check this message')
      try {
        return { thread, answer: await thread.ask(message, task) }
      } catch (error) {
        if (!(error instanceof ThreadGone) || turn > 4) throw error
      }
    }
  }
}

let shared: Checkers | undefined

/** The threads of this process. Whoever asks first may say other limits. */
export const checkers = (limits?: Limits): Checkers => {
  shared ??= new Checkers(limits)
  return shared
}
