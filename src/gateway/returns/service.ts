import { service } from '../../platform/index.ts'
import { openReturns } from './listener.ts'

/** Takes what comes back, where SAFEHAVEN_RETURN_ADDRESS is set. */
export const mailReturns = service({
  name: 'Mail returns',
  async start(house) {
    const { returns, demo } = house.config
    if (returns === undefined) return { stop: async () => {} }
    const opened = await openReturns(house, { port: returns.port, ...(demo ? { host: 'localhost' } : {}) })
    return { where: `smtp://localhost:${opened.port}, for ${returns.address}`, stop: opened.stop }
  },
})
