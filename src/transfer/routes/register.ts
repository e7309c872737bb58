import { arrivalSteps, type TransferRoute } from './route.ts'

/** The answer to a check of the register, shown to the asker on their own screen: it has arrived when it is decided. */
export const register: TransferRoute = {
  id: 'register',
  label: 'Register',
  carrier: 'safehaven',
  fulfils: ['record-decision', 'log-transmission', 'confirm-receipt'],
  unable: () => undefined,
  steps: arrivalSteps.filter(({ id }) => id !== 'received'),
  sheets: [],
  deliver: async () => ({ outcome: 'sent', detail: 'Shown to the asker in the register.' }),
}
