/** What the directory answered, remembered as long as nobody has changed it: each round of messages asks once whether somebody has. */
import { directoryVersion } from '../../people/index.ts'
import type { House } from '../../platform/index.ts'
import { forEach, Together } from './together.ts'

/** Milliseconds after which everything is asked anew: to whom another process has sent is not counted as a change. */
const longest = 60_000
const mostAnswers = 20_000

/** Nobody has asked this since the last change. */
export class NotRemembered extends Error {}

export interface Memory {
  /** The remembered answer, or that of `ask`; throws `NotRemembered` where there is no `ask`. */
  once<T>(key: string, ask: (() => Promise<T>) | undefined): Promise<T>
}

class Answers implements Memory {
  readonly holdsFor: string
  readonly until: number
  private readonly known = new Map<string, Promise<unknown>>()

  constructor(holdsFor: string) {
    this.holdsFor = holdsFor
    this.until = performance.now() + longest
  }

  once<T>(key: string, ask: (() => Promise<T>) | undefined): Promise<T> {
    const found = this.known.get(key) as Promise<T> | undefined
    if (found !== undefined) return found
    if (ask === undefined) throw new NotRemembered(key)
    const asked = ask()
    if (this.known.size >= mostAnswers) this.known.clear()
    this.known.set(key, asked)
    asked.catch(() => this.known.delete(key))
    return asked
  }

  remembered<T>(key: string): Promise<T> | undefined {
    return this.known.get(key) as Promise<T> | undefined
  }
}

const latest = new WeakMap<House, Answers>()

const asking = forEach(
  (house: House) =>
    new Together<undefined, Answers>(async (list) => {
      // What was asked after this version was read can only be newer than it.
      const holdsFor = `${await directoryVersion(house.database)} ${house.clock.now().toISOString().slice(0, 10)}`
      let memory = latest.get(house)
      if (memory === undefined || memory.holdsFor !== holdsFor || memory.until < performance.now()) {
        memory = new Answers(holdsFor)
        latest.set(house, memory)
      }
      const answers = memory
      return list.map(() => answers)
    }, Number.POSITIVE_INFINITY),
)

/** What is remembered and still true: a change that was committed before this was asked is not in it. */
export const rememberedOf = (house: House): Promise<Memory> => asking(house).ask(undefined)

export const writtenKey = (user: string): string => `written ${user}`

/** A message has gone: its sender has written to these addresses before, from now on. */
export function rememberSent(house: House, user: string, addresses: readonly string[]): void {
  void latest
    .get(house)
    ?.remembered<{ address: string }[]>(writtenKey(user))
    ?.then(
      (written) => {
        for (const address of addresses)
          if (!written.some((one) => one.address === address)) written.unshift({ address })
      },
      () => {},
    )
}
