import { service } from '../../platform/index.ts'
import { openCarrier } from '../queue/index.ts'
import { openSubmission } from './submission.ts'

/** The mail gateway, as long as Safehaven runs: STARTTLS on --smtp-port, implicit TLS on the next port (465 beside 587). */
export const mailGateway = service({
  name: 'Mail gateway',
  async start(house) {
    const { demo, smtpPort } = house.config
    const securePort = smtpPort === 587 ? 465 : smtpPort === 0 ? 0 : smtpPort + 1
    const carrier = await openCarrier(house)
    const opened = await openSubmission(house, { port: smtpPort, securePort, ...(demo ? { host: 'localhost' } : {}) })
    return {
      where: `smtp://localhost:${opened.port} (STARTTLS), smtps://localhost:${opened.securePort}; mail passwords are made at ${house.config.publicUrl}/mail/passwords`,
      async stop() {
        await opened.stop()
        await carrier.stop()
      },
    }
  },
})
