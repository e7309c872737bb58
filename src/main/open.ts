import { record } from '../audit/index.ts'
import { type OpenHouse, openHouse, quietLog, readConfig, systemClock, type Wishes } from '../platform/index.ts'

/** The house as a command needs it: database, files, keys; no server. */
export const open = (wishes: Wishes): Promise<OpenHouse> =>
  openHouse({ config: readConfig(wishes), clock: systemClock, log: quietLog, record })
