import { service, system } from '../../platform/index.ts'
import { fileAnew } from '../jobs/file-anew.ts'
import { someFiledByEarlier } from '../store/file-anew.ts'

/** After an upgrade that changed the keys, begins to file anew as soon as the house opens, not with the next full hour. */
export const keysInOrder = service({
  name: 'register.keys-in-order',
  async start(house) {
    await house.database.transaction(system, async (tx) => {
      if (await someFiledByEarlier(tx)) await tx.enqueue(fileAnew, {})
    })
    return { async stop() {} }
  },
})
