import { actorFor, userByName } from '../../../people/index.ts'
import type { Context } from '../../../platform/index.ts'
import {
  answerKeeper,
  askKeeper,
  type Check,
  type CheckAnswer,
  checkChild,
  type Entry,
  importTold,
  type Known,
  sayWhetherSame,
  type Told,
  wishToHear,
} from '../../../register/index.ts'
import type { CastName } from '../../cast.ts'
import { type InventedPerson, inventPeople } from '../people/index.ts'
import { STORY_ENTRIES, SWEPT } from '../register-stories.ts'
import type { Seed } from '../seed-area.ts'

/** Entries in the five registers together. */
const COUNT = 20_000

const DAY = 24 * 60
/** This authority's feed has stood still for so long that its register may lack somebody. */
const STALE = 'sallowby'

/** The five registers, fed as the authorities would feed them, and what people have asked of them: in every state. */
export const seed: Seed = {
  name: 'register',
  async sow(ctx) {
    await sowRegisters(ctx)
    await sowQuestions(ctx)
  },
}

async function sowRegisters(ctx: Context): Promise<void> {
  const people = inventPeople({ count: COUNT, today: ctx.now.toISOString().slice(0, 10) })
  const names = new Map(people.map((one) => [`${one.authority} ${one.localId}`, nameOf(one)]))
  for (const authority of new Set(people.map((one) => one.authority))) {
    const fed = authority === STALE ? ago(ctx, 12 * DAY) : ctx
    const stories = STORY_ENTRIES.filter((one) => one.authority === authority)
    await importTold(fed, {
      source: 'csv',
      authority,
      told: [
        ...stories.map(
          ({ localId, entry }, index): Told => ({
            kind: 'entry',
            line: index + 2,
            localId,
            asOf: fed.now.toISOString(),
            entry,
            flagged: [],
          }),
        ),
        ...people
          .filter((one) => one.authority === authority)
          .map(
            (one, index): Told => ({
              kind: 'entry',
              line: stories.length + index + 2,
              localId: one.localId,
              asOf: fed.now.toISOString(),
              entry: entryFrom(one, names),
              flagged: [],
            }),
          ),
      ],
    })
  }
}

const ago = (ctx: Context, minutes: number): Context => ({
  ...ctx,
  now: new Date(ctx.now.getTime() - minutes * 60_000),
})

/** Someone of the cast, some minutes ago. */
async function as(ctx: Context, username: CastName, minutes: number): Promise<Context> {
  const person = await userByName(ctx.tx, username)
  if (person === undefined) throw new Error(`nobody of the cast is called ${username}`)
  return { ...ago(ctx, minutes), actor: actorFor(person) }
}

const ZEPHYRINE: Known = { name: 'Zefirine Okonkwo Vas', born: '2015-03-09', postcode: 'KV1 2AB' }
const why = (needToKnow: string, over: Partial<Check> = {}): Omit<Check, 'known'> => ({
  purpose: 'register-check',
  consent: 'not-sought',
  ground: 'register-check',
  risk: 'none',
  needToKnow,
  proportionate: true,
  ...over,
})

/** Checks and what follows from them: four agencies about one child, a question that waits, one that is late, one answered; a sweep at night. */
async function sowQuestions(ctx: Context): Promise<void> {
  const ask = async (
    who: CastName,
    minutes: number,
    known: Known,
    because: Omit<Check, 'known'>,
  ): Promise<{ worker: Context; answer: CheckAnswer }> => {
    const worker = await as(ctx, who, minutes)
    return { worker, answer: await checkChild(worker, { known, ...because }) }
  }
  const police = await ask(
    'sinead',
    8 * DAY,
    ZEPHYRINE,
    why('Joint investigation after a call to the house', { purpose: 'section-47', risk: 'significant-harm' }),
  )
  const [here, there] = police.answer.found
  if (here !== undefined && there !== undefined)
    await sayWhetherSame(police.worker, {
      one: here.entry,
      other: there.entry,
      same: true,
      because: 'The mother told us of the move, and both records give the same day and number.',
    })
  const late = await ask('farah', 3 * DAY, ZEPHYRINE, why('Missed two visits; the house looked empty'))
  await askKeeper(late.worker, {
    enquiry: late.answer.enquiry,
    authority: 'kirkvale',
    risk: 'none',
    words: 'I am at the surgery until five.',
  })
  const answered = await ask('dev', 2 * DAY, ZEPHYRINE, why('The school says that the family may have come back'))
  const question = await askKeeper(answered.worker, {
    enquiry: answered.answer.enquiry,
    authority: 'kirkvale',
    risk: 'none',
  })
  await answerKeeper(await as(ctx, 'imran', DAY + 300), question!, {
    answer: 'known',
    words: 'The child is known here. Please telephone Alice Hartley, Kirkvale assessment team, 01632 960110.',
  })
  const waits = await ask(
    'yetunde',
    300,
    ZEPHYRINE,
    why('Attended with a wrist fracture', { risk: 'significant-harm' }),
  )
  await askKeeper(waits.worker, { enquiry: waits.answer.enquiry, authority: 'kirkvale', risk: 'none' })
  const own = await ask('bashir', 90, ZEPHYRINE, why('I supervise the case'))
  if (own.answer.found[0] !== undefined) await wishToHear(own.worker, own.answer.found[0].entry, true)
  await ask('alice', 45, ZEPHYRINE, why('Visit this afternoon', { purpose: 'section-17', ground: 'duty-16LA' }))
  const midnight = Math.floor((ctx.now.getTime() % 86_400_000) / 60_000) + DAY
  for (const [index, family] of SWEPT.entries())
    await ask('grace', midnight + 60 - index * 2, { name: family }, why('Checking'))
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
