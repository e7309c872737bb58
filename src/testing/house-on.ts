import { record } from '../audit/index.ts'
import { type Clock, type Database, type House, mailOut, openBlobs, quietLog, type Secrets } from '../platform/index.ts'

/** A house on a database that is open already, its files in `dataDir`: quiet, and with nowhere to send mail. For tests and measurements. */
export const houseOn = (database: Database, secrets: Secrets, clock: Clock, dataDir: string): House => ({
  config: { demo: false, dataDir, secret: '', publicUrl: 'http://localhost:3000', port: 0, smtpPort: 0 },
  clock,
  database,
  secrets,
  record,
  log: quietLog,
  blobs: openBlobs(dataDir, secrets),
  mail: mailOut(undefined),
})
