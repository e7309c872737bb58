// A process of its own with the mail gateway and the worker, killed on the way: see kill.test.ts.
import { startWorker } from '../../platform/index.ts'
import { type DoomedSettings, openDoomedHouse } from '../../transfer/doomed-house.fixture.ts'
import { jobs as transferJobs } from '../../transfer/room.ts'
import { jobs } from '../room.ts'
import { openSubmission } from '../smtp/index.ts'

export type ChildSettings = DoomedSettings

const { house, begin } = await openDoomedHouse()
const open = await openSubmission(house, { port: 0, securePort: 0, host: '127.0.0.1' })
await startWorker(house, [...jobs, ...transferJobs])
begin()
process.stdout.write(`port ${open.port}\n`)
