// A process of its own that decides, dispatches and delivers, and is killed on the way: see kill.test.ts.
import pg from 'pg'
import { z } from 'zod'
import { job, startWorker } from '../platform/index.ts'
import type { Consignment } from './consignment.ts'
import { dispatch } from './dispatch.ts'
import { type DoomedSettings, openDoomedHouse } from './doomed-house.fixture.ts'
import { deliverJob } from './jobs/deliver.ts'
import { resume } from './jobs/resume.ts'
import { tell } from './jobs/tell.ts'

export interface ChildSettings extends DoomedSettings {
  readonly consignment: Consignment
}

const { settings, house, watch, begin, statements } = await openDoomedHouse<ChildSettings>(
  ({ database }) => new pg.Client(database),
)
const decided = job({
  name: 'test.decided',
  audit: 'test.decided',
  payload: z.object({}),
  run: async (ctx) => void (await dispatch(ctx, settings.consignment)),
})

await watch!.connect()
const worker = await startWorker(house, [decided, deliverJob, resume, tell])
await watch!.query(`select platform.enqueue('test.decided', '{"payload":{}}'::json, 0, null, 12, null)`)
begin()
process.stdout.write('begun\n')
const over = `select state from transfer.dispatch where disclosure = $1 and state not in ('prepared', 'sending')`
for (let turn = 0; turn < 600; turn++) {
  const { rows } = await watch!.query(over, [settings.consignment.id])
  if (rows.length > 0) break
  await new Promise((resolve) => setTimeout(resolve, 50))
}
process.stdout.write(`statements ${statements()}\n`)
await worker.stop()
process.exit(0)
