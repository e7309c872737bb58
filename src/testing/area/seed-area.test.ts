import { beforeAll, describe, expect, it } from 'vitest'
import {
  actorFor,
  adviserFor,
  agreementBetween,
  authorities,
  directoryParty,
  listAgreements,
  listUsers,
  managersOf,
  rememberRecipient,
  searchDirectory,
  senderParty,
  telephonesFor,
  userByName,
  usualRecipients,
} from '../../people/index.ts'
import { actIn, type Context, system } from '../../platform/index.ts'
import { decide, protocolNamed } from '../../protocols/index.ts'
import { CAST } from '../cast.ts'
import { type TestHouse, testHouse } from '../test-house.ts'
import { seedArea } from './index.ts'

let test: TestHouse
const asked = <T>(work: (ctx: Context) => Promise<T>, username?: string): Promise<T> =>
  actIn(test.house, { actor: system, act: 'test' }, async (ctx) => {
    const person = username === undefined ? undefined : await userByName(ctx.tx, username)
    return work(person === undefined ? ctx : { ...ctx, actor: actorFor(person) })
  })
const each = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
  const found: R[] = []
  for (const item of items) found.push(await work(item))
  return found
}
const only = async (ctx: Context, text: string) => {
  const found = await searchDirectory(ctx, text)
  expect(found.map((one) => one.name)).toHaveLength(1)
  return found[0]!
}

beforeAll(async () => {
  test = await testHouse()
  expect(await seedArea(test.house, [])).toBe(true)
})

describe('the invented area', () => {
  it('is sown once, however often it is asked for', async () => {
    expect(await seedArea(test.house, [])).toBe(false)
    expect(await asked((ctx) => authorities(ctx.tx))).toHaveLength(5)
    expect(await asked((ctx) => listUsers(ctx.tx))).toHaveLength(CAST.length)
  })

  it('WY-32: each authority gives a level to each of the nine roles, so the same role is cleared differently in another area', async () => {
    const levels = await asked(async (ctx) =>
      each(['alice', 'chelsea', 'martha', 'rowena'], async (name) => (await userByName(ctx.tx, name))?.clearance),
    )
    expect(levels).toEqual(['sensitive', 'anonymised', 'personal', 'personal'])
  })

  it('BOU-1: someone who has never been trained may look after their own account and nothing else', async () => {
    const toby = await asked((ctx) => userByName(ctx.tx, 'toby'))
    expect([...(toby?.permissions ?? [])]).toEqual(['account.own'])
    expect((await asked((ctx) => userByName(ctx.tx, 'alice')))?.permissions.has('disclosure.write')).toBe(true)
    expect((await asked((ctx) => userByName(ctx.tx, 'chelsea')))?.permissions.has('disclosure.write')).toBe(false)
  })

  it('MPS-3: the directory says of each address whether its secure channel is live, being explored, or not there', async () => {
    const states = await asked(async (ctx) =>
      each(
        ['duty@marlow', 'duty@sallowby', 'Martha Ellis', 'Rukhsana', 'Renee Samuels'],
        async (text) => (await only(ctx, text)).state,
      ),
    )
    expect(states).toEqual(['live', 'exploring', 'none', 'none', 'none'])
  })

  it('MPS-4: a team without secure mail is reached by the secure mailbox of another team of its authority', async () => {
    const party = await asked(async (ctx) => directoryParty(ctx, (await only(ctx, 'duty@wrenhaugh')).id))
    expect(party).toMatchObject({ address: 'secure@youth-justice.wrenhaugh.example', channel: { mtaSts: true } })
  })

  it('CUM-13: several Daves are told apart by agency, role and a note of who each is', async () => {
    const daves = await asked((ctx) => searchDirectory(ctx, 'dave wal'))
    expect(daves.map((one) => [one.name, one.agencyName, one.role])).toEqual([
      ['Dave Walker', 'Dene Homes', 'Housing officer'],
      ['Dave Walker', 'Five Dales Health Trust', 'Health visitor'],
      ['Dave Walters', 'Five Dales Police', 'Detective constable'],
    ])
    expect(daves.every((one) => (one.knownBy ?? '') !== '')).toBe(true)
  })

  it('BOU-14: a caseworker’s mobile number is shown to colleagues, and never to a young person nor in a disclosure', async () => {
    const victor = await asked((ctx) => only(ctx, 'Victor Mills'))
    expect(telephonesFor(victor, 'health').map((one) => one.label)).toEqual(['Office', 'Mobile'])
    expect(telephonesFor(victor, 'young-person').map((one) => one.label)).toEqual(['Office'])
    expect(JSON.stringify(await asked((ctx) => directoryParty(ctx, victor.id)))).not.toContain(victor.mobile)
  })

  it('BOU-12: a carer’s party carries the agreed route and who hands it over', async () => {
    const party = await asked(async (ctx) => directoryParty(ctx, (await only(ctx, 'Joan Beaumont')).id))
    expect(party).toMatchObject({ kind: 'carer', prefers: 'by-hand', via: 'Ruth Ormerod, supervising social worker' })
  })

  it('MPS-5: a bilateral protocol covers its two teams and no other team of the same agencies', async () => {
    const on = test.house.clock.now().toISOString().slice(0, 10)
    const between = (fromTeam: string) =>
      asked((ctx) =>
        agreementBetween(ctx.tx, {
          from: 'kirkvale',
          to: 'five-dales-police',
          fromTeam,
          toTeam: 'police-protection',
          purpose: 'general',
          on,
        }),
      )
    expect((await between('kirkvale-hub'))?.id).toBe('hub-police-bilateral')
    expect(await between('kirkvale-fostering')).toBeUndefined()
  })

  it('BEX-63: an agreement covers its parties, purposes, items and days, and nothing beyond', async () => {
    const on = test.house.clock.now().toISOString().slice(0, 10)
    const find = (exchange: object) =>
      asked((ctx) =>
        agreementBetween(ctx.tx, {
          from: 'kirkvale-virtual-school',
          to: 'hillfoot-academy',
          purpose: 'pep',
          items: ['name', 'pep'],
          on,
          ...exchange,
        } as never),
      )
    expect((await find({}))?.id).toBe('virtual-school-plans')
    expect(await find({ items: ['name', 'mental-health'] })).toBeUndefined()
    expect(await find({ purpose: 'crime-prevention' })).toBeUndefined()
    expect(await find({ on: '2020-01-01' })).toBeUndefined()
    expect(
      await find({ from: 'marlow-dene', to: 'dene-homes', purpose: 'section-17', items: undefined }),
    ).toBeUndefined()
    expect(await asked((ctx) => listAgreements(ctx.tx))).toHaveLength(8)
  })

  it('those who are not sure find an adviser, and those who need authority a manager, of their own agency', async () => {
    expect((await asked((ctx) => adviserFor(ctx.tx, 'kirkvale'))).map((one) => one.username)).toEqual(['harriet'])
    expect((await asked((ctx) => managersOf(ctx.tx, 'kirkvale'))).map((one) => one.username)).toEqual([
      'bashir',
      'imran',
    ])
  })

  it('puts usual recipients first', async () => {
    const order = await asked(async (ctx) => {
      await rememberRecipient(ctx, (await only(ctx, 'Sinéad Doyle')).id)
      return [(await searchDirectory(ctx, 'd'))[0]?.name, (await usualRecipients(ctx)).map((one) => one.name)]
    }, 'alice')
    expect(order).toEqual(['Sinéad Doyle', ['Sinéad Doyle']])
  })

  it('gives parties from which the area’s protocol decides: proven to proven by secure e-mail, a school by portal, a carer by the agreed route', async () => {
    const decided = await asked(async (ctx) => {
      const from = await senderParty(ctx)
      const routes = []
      for (const text of ['duty@marlow', 'Martha Ellis', 'Joan Beaumont']) {
        const to = { ...(await directoryParty(ctx, (await only(ctx, text)).id))!, needToKnow: 'works with the child' }
        const decision = decide(
          {
            from,
            to: [to],
            information: ['name', 'concern'],
            purpose: 'section-47',
            risk: 'significant-harm',
            proportionate: true,
            confirmed: ['role-of-recipient', 'recipient-check'],
          },
          protocolNamed('uk-2026'),
          ctx.now.toISOString().slice(0, 10),
        )
        routes.push(decision.route)
      }
      return routes
    }, 'alice')
    expect(decided).toEqual(['secure-email', 'portal', 'by-hand'])
  })
})
