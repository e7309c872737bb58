import { beforeAll, describe, expect, test } from 'vitest'
import { actorFor, DUTIES, ROLES, userByName } from '../people/index.ts'
import { type Actor, actIn, type Context, type Sql, sql, system, type Tx } from '../platform/index.ts'
import { CAST } from '../testing/cast.ts'
import { signIn } from '../testing/sign-in.ts'
import type { Check, CheckAnswer } from './answer.ts'
import { checkChild } from './check-child.ts'
import type { Entry } from './entry.ts'
import { MISSPELT, NEED, openRegisters, TYPED, without, zephyrine } from './register-house.fixture.ts'

const { test: area, fed, ask, actor } = await openRegisters()
const { house } = area
const PEREGRINE = { name: 'Peregrine Ashdown-Quill', born: '2016-07-08', postcode: 'KV2 3CD' }
const NEARLY = { name: 'Peregrin Quill', age: 10 }
const shielded: Entry = {
  names: [{ given: 'Peregrine', family: 'Ashdown-Quill', kind: 'legal' }],
  born: { date: '2016-07-08' },
  addresses: [{ lines: ['4 Beck Side'], postcode: 'KV2 3CD' }],
  keyWorker: { name: 'Alice Hartley' },
  shielded: { because: 'adoption', visibleTo: ['imran'] },
}
const CHECK: Omit<Check, 'known'> = {
  purpose: 'section-47',
  // Nobody is slowed where harm is about to happen.
  risk: 'imminent-harm',
  ground: 'register-check',
  needToKnow: NEED,
  proportionate: true,
}
let hidden: number
let unwithheld: string[]
let sister: number

/** Whoever it is, with every permission there is: what the register itself withholds must hold without the house's doors. */
const every = async (): Promise<Map<string, Actor>> => {
  const all = new Map<string, Actor>()
  for (const { username } of CAST) if (username !== 'imran') all.set(username, await actor(username))
  for (const role of [...Object.keys(ROLES), ...Object.keys(DUTIES)]) all.set(`role ${role}`, await asRole(role))
  return all
}
/** Alice, of the keeping authority and authorised beyond everything, in another role. */
async function asRole(role: string): Promise<Actor> {
  await house.database.pool.query(
    `update people.user_account set roles = array[$1], authorised_by = 'Harriet Sykes', authorised_on = '2026-01-01' where username = 'bashir'`,
    [role],
  )
  return actorFor((await house.database.transaction(system, (tx) => userByName(tx, 'bashir')))!)
}
const asked = async (who: string, whom: Actor, known: Check['known']): Promise<CheckAnswer> => {
  if (who.startsWith('role ')) await asRole(who.slice(5))
  return actIn(house, { actor: whom, act: 'register.checked' }, (ctx) => checkChild(ctx, { ...CHECK, known }))
}

/** What is said to the database while somebody asks. */
async function statements(known: Check['known']): Promise<string[]> {
  const kept: string[] = []
  await actIn(house, { actor: await actor('alice'), act: 'register.checked' }, (ctx) =>
    checkChild(counting(ctx, kept), { ...CHECK, known }),
  )
  return kept
}

describe('a shielded record', { timeout: 180_000 }, () => {
  const before = new Map<string, { answer: unknown; nearly: unknown }>()
  beforeAll(async () => {
    sister = await fed('kirkvale', 'K-1', {
      names: [{ given: 'Ottoline', family: 'Ashdown-Quill', kind: 'legal' }],
      born: { date: '2012-01-02' },
      relationships: [
        { to: 'K-2', name: 'Peregrine Ashdown-Quill', kind: 'sibling' },
        { to: 'K-9', name: 'Marjorie Ashdown-Quill', kind: 'mother' },
      ],
    })
    await fed('kirkvale', 'K-3', zephyrine())
    // Somebody else of that day and postcode: the search has whom to look at in any case.
    await fed('kirkvale', 'K-4', {
      names: [{ given: 'Rosamund', family: 'Tarrant', kind: 'legal' }],
      born: { date: '2016-07-08' },
      addresses: [{ lines: ['9 Beck Side'], postcode: 'KV2 3CD' }],
    })
    for (const [who, whom] of await every())
      before.set(who, {
        answer: without(await asked(who, whom, PEREGRINE)),
        nearly: without(await asked(who, whom, NEARLY)),
      })
    await area.runJobs()
    await statements(PEREGRINE)
    unwithheld = await statements(PEREGRINE)
    hidden = await fed('kirkvale', 'K-2', shielded)
  }, 120_000)

  test('WY-30: whatever their role, duty or agency, nobody but those named gets another answer because it is there: not a count, not a sentence', async () => {
    expect(before.size).toBeGreaterThan(36)
    for (const [who, whom] of await every()) {
      expect(without(await asked(who, whom, PEREGRINE)), who).toEqual(before.get(who)!.answer)
      expect(without(await asked(who, whom, NEARLY)), who).toEqual(before.get(who)!.nearly)
    }
    const seen = JSON.stringify([...before])
    expect(seen).toContain('"outcome":"may-not-be-told"')
    expect(seen).not.toContain('Peregrine')
  })
  test('those named are shown it, marked as shielded', async () => {
    const answer = await ask('imran', PEREGRINE)
    expect(answer.found).toMatchObject([
      { entry: hidden, shielded: true, shown: { name: ['Peregrine Ashdown-Quill'] } },
    ])
  })
  test('a sister who may be shown does not give it away among her family', async () => {
    const [found] = (await ask('alice', { name: 'Ottoline Ashdown-Quill', born: '2012-01-02' })).found
    expect([found?.entry, found?.shown.family]).toEqual([sister, ['mother: Marjorie Ashdown-Quill']])
    const [named] = (await ask('imran', { name: 'Ottoline Ashdown-Quill', born: '2012-01-02' })).found
    expect(named?.shown.family).toHaveLength(2)
  })
  test('asking takes the same statements in the same order whether or not a record is withheld', async () => {
    const withheld = await statements(PEREGRINE)
    expect(withheld.length).toBeGreaterThan(8)
    expect(withheld).toEqual(unwithheld)
    expect(await statements({ name: 'Quillon Xyzzyvarth', born: '1934-05-06', postcode: 'SB3 9QQ' })).toEqual(withheld)
  })
  test('nobody but those named is told that somebody asked, and no signal is raised to the agency', async () => {
    for (const who of ['alice', 'dev', 'farah', 'sinead']) await ask(who, PEREGRINE)
    await area.runJobs()
    const { rows } = await house.database.pool.query(
      `select distinct kind, username from register.notice left join people.user_account on user_account.id::text = for_user where entry_id = $1`,
      [hidden],
    )
    expect(rows).toEqual([{ kind: 'enquiry', username: 'imran' }])
    const pages = ['/register/notices', `/register/children/${hidden}`]
    expect((await (await signIn(area, 'imran')).get(pages[1]!)).html).toContain('Shielded')
    expect((await (await signIn(area, 'harriet')).get(pages[1]!)).status).toBe(404)
  })
  test('whoever was shown a child that is shielded afterwards is no longer shown it', async () => {
    const alice = await signIn(area, 'alice')
    await alice.get('/register')
    const { to } = await alice.post('/register', TYPED)
    expect((await alice.get(to!)).html).toContain('Zephyrine')
    await fed('kirkvale', 'K-3', zephyrine({ shielded: { because: 'witness protection', visibleTo: ['imran'] } }))
    const { html } = await alice.get(to!)
    expect(html).not.toMatch(/Zephyrine|Known to Kirkvale/)
    expect((await ask('alice', MISSPELT)).found).toEqual([])
    await fed('kirkvale', 'K-3', zephyrine())
    expect((await ask('alice', MISSPELT)).outcome).toBe('known')
  })
  test('the second wall: with the application’s filters taken away, its own authority reads it only where it names them', async () => {
    const all = async (who: string) =>
      house.database.transaction(await actor(who), (tx) =>
        tx.query(sql`select id from register.entry where id = ${hidden}`),
      )
    expect(await all('imran')).toHaveLength(1)
    for (const who of ['alice', 'bashir', 'harriet', 'kasia', 'farah']) expect(await all(who), who).toEqual([])
  })
})

/** The context, noting every statement: its text with the number of values, never the values. */
function counting(ctx: Context, kept: string[]): Context {
  const noted =
    <Answer>(what: string, asked: (statement: Sql) => Answer) =>
    (statement: Sql): Answer => {
      kept.push(`${what} ${statement.sql.replaceAll(/\s+/g, ' ').replaceAll(/\?(, \?)*/g, '?')}`)
      return asked(statement)
    }
  const tx: Tx = {
    ...ctx.tx,
    query: <Row extends object>(statement: Sql) => noted('query', ctx.tx.query<Row>)(statement),
    one: <Row extends object>(statement: Sql) => noted('one', ctx.tx.one<Row>)(statement),
    maybe: <Row extends object>(statement: Sql) => noted('maybe', ctx.tx.maybe<Row>)(statement),
    run: noted('run', ctx.tx.run),
    enqueue(job, payload, options) {
      kept.push(`enqueue ${job.name} ${Object.keys(payload as object)}`)
      return ctx.tx.enqueue(job, payload, options)
    },
  }
  return { ...ctx, tx }
}
