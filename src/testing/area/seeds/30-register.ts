import type { Context } from '../../../platform/index.ts'
import { type Entry, importTold, type Told } from '../../../register/index.ts'
import { type InventedPerson, inventPeople } from '../people/index.ts'
import type { Seed } from '../seed-area.ts'

/** Entries in the five registers together. */
const COUNT = 20_000

/** The five registers, fed as the authorities would feed them. */
export const seed: Seed = { name: 'register', sow: sowRegisters }

async function sowRegisters(ctx: Context): Promise<void> {
  const people = inventPeople({ count: COUNT, today: ctx.now.toISOString().slice(0, 10) })
  const names = new Map(people.map((one) => [`${one.authority} ${one.localId}`, nameOf(one)]))
  for (const authority of new Set(people.map((one) => one.authority)))
    await importTold(ctx, {
      source: 'csv',
      authority,
      told: people
        .filter((one) => one.authority === authority)
        .map(
          (one, index): Told => ({
            kind: 'entry',
            line: index + 2,
            localId: one.localId,
            asOf: ctx.now.toISOString(),
            entry: entryFrom(one, names),
            flagged: [],
          }),
        ),
    })
}

const nameOf = ({ names }: InventedPerson): string =>
  [names[0]?.given, names[0]?.family].filter((part) => part !== undefined).join(' ')

function entryFrom(one: InventedPerson, names: ReadonlyMap<string, string>): Entry {
  const {
    authority,
    localId: _,
    person: __,
    birth,
    registrations,
    lookedAfterFrom,
    relationships,
    addresses,
    ...rest
  } = one
  return {
    ...(rest as Entry),
    born: { ...birth },
    addresses: addresses.map((address) => ({ ...address, lines: [...address.lines] })),
    relationships: relationships.map((kin) => {
      const name = names.get(`${authority} ${kin.to}`)
      return { ...kin, ...(name === undefined || name === '' ? {} : { name }) }
    }),
    registrations: [
      ...registrations.map((plan) => ({ kind: 'child-protection' as const, ...plan })),
      ...(lookedAfterFrom === undefined ? [] : [{ kind: 'looked-after' as const, from: lookedAfterFrom }]),
    ],
  }
}
