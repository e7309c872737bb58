import { Fault, holding } from '../platform/index.ts'
import {
  correctEntry,
  disposeEntries,
  disposeUsers,
  entriesDue,
  entriesNamed,
  entryExport,
  userExport,
  usersDue,
  usersNamed,
} from './store/holdings.ts'

const years = (now: Date, count: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear() - count, now.getUTCMonth(), now.getUTCDate()))

/** Staff are named here too, and may ask what is kept about them. Children are not in this room. */
export const accounts = holding({
  name: 'people.account',
  tables: [
    'people.user_account',
    'people.training',
    'people.acceptance',
    'people.session',
    'people.passkey',
    'people.authenticator',
    'people.api_token',
    'people.usual_recipient',
  ],
  retention: {
    text: 'Six years after the account is closed; the name stays where the log of acts has it.',
    cites: ['WY-7'],
  },
  find: async (ctx, sought) =>
    sought.givenName === undefined && sought.surname === undefined
      ? []
      : (await usersNamed(ctx.tx, sought.givenName, sought.surname)).map((one) => ({
          id: one.id,
          label: `Account of ${one.name}`,
          since: one.since,
        })),
  export: (ctx, id) => userExport(ctx.tx, id),
  due: (ctx) => usersDue(ctx.tx, years(ctx.now, 6)),
  dispose: (ctx, ids) => disposeUsers(ctx.tx, ids),
})

export const directoryEntries = holding({
  name: 'people.entry',
  tables: ['people.entry'],
  retention: { text: 'Two years after they have left.', cites: ['WY-7', 'CUM-43'] },
  find: async (ctx, sought) =>
    sought.givenName === undefined && sought.surname === undefined
      ? []
      : (await entriesNamed(ctx.tx, sought.givenName, sought.surname)).map((one) => ({
          id: one.id,
          label: `Directory entry of ${one.name}`,
          since: one.since,
        })),
  export: (ctx, id) => entryExport(ctx.tx, id),
  async correct(ctx, id, change) {
    if (!(await correctEntry(ctx.tx, id, change.field, change.to)))
      throw new Fault('people.field-not-correctable', 'This field is changed on the page of the directory entry.', {
        status: 422,
      })
  },
  due: (ctx) => entriesDue(ctx.tx, years(ctx.now, 2)),
  dispose: (ctx, ids) => disposeEntries(ctx.tx, ids),
})
