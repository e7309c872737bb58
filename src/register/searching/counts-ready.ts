import { service, system } from '../../platform/index.ts'
import { frequenciesNow } from '../frequencies.ts'

const EVERY = 60_000

/**
 * Reads how often names and places occur when the house opens, and anew as the registers grow, so that no check waits for it: among a million entries
 * it takes half a second. While the database cannot be reached, checks read it themselves.
 */
export const countsReady = service({
  name: 'register.counts',
  async start(house) {
    let reading: Promise<unknown> = Promise.resolve()
    const read = (): void => {
      reading = reading.then(() =>
        house.database
          .transaction(system, (tx) => frequenciesNow({ tx, secrets: house.secrets, now: house.clock.now() }))
          .catch(() => undefined),
      )
    }
    read()
    const timer = setInterval(read, EVERY).unref()
    return {
      async stop() {
        clearInterval(timer)
        await reading
      },
    }
  },
})
