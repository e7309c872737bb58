// A process of its own with the mail gateway and the worker, killed on the way: see kill.test.ts.
import { startWorker } from '../../platform/index.ts'
import { type DoomedSettings, openDoomedHouse } from '../../transfer/doomed-house.fixture.ts'
import { jobs as transferJobs } from '../../transfer/room.ts'
import { jobs } from '../room.ts'
import { openSubmission } from '../smtp/index.ts'
import { openCarrier } from './index.ts'

export interface ChildSettings extends DoomedSettings {
  /** It carries on from memory what it takes, as Safehaven does; otherwise its worker does. */
  readonly fromMemory: boolean
}

const { settings, house, begin, statements } = await openDoomedHouse<ChildSettings>()
if (settings.fromMemory) await openCarrier(house)
const open = await openSubmission(house, { port: 0, securePort: 0, host: '127.0.0.1' })
await startWorker(house, [...jobs, ...transferJobs])
begin()
process.on('SIGUSR2', () => void process.stdout.write(`statements ${statements()}\n`))
process.stdout.write(`port ${open.port}\n`)
