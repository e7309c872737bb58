import { beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../testing/sign-in.ts'
import { asks, openRegisters, zephyrine } from './register-house.fixture.ts'

const { test: area, fed, ask } = await openRegisters()
beforeAll(async () => {
  await fed('kirkvale', 'K-1', zephyrine())
})

describe('a person’s word on two entries', { timeout: 120_000 }, () => {
  test('“the same” and “not the same” stay through later feeds, with who said it, until a person says otherwise', async () => {
    const twin = (given: string) => ({
      names: [{ given, family: 'Fenwright', kind: 'legal' as const }],
      born: { date: '2014-08-09' },
      addresses: [{ lines: ['2 New Street'], postcode: 'KV1 1AB' }],
    })
    const one = await fed('kirkvale', 'K-61', twin('Leocadia'))
    const other = await fed('marlow-dene', 'M-61', twin('Leocadie'))
    const known = {
      name: 'Leocadia Fenwright',
      'born-day': '9',
      'born-month': '8',
      'born-year': '2014',
      postcode: 'KV1 1AB',
    }
    const sinead = await signIn(area, 'sinead')
    const first = await asks(sinead, known)
    const page = `${first.path}/same/${one}/${other}`
    await sinead.get(page)
    expect((await sinead.post(page, { same: 'no' })).html).toContain('Write how you know')
    await sinead.post(page, { same: 'no', because: 'They are twins: I have seen both.' })
    const again = await sinead.get(page)
    expect(again.html).toMatch(/Not the same child<\/strong>, said Sinéad Doyle, Five Dales Police/)
    expect((await sinead.get(first.path)).html).toContain('not the same child, said Sinéad Doyle')
    await fed('kirkvale', 'K-61', { ...twin('Leocadia'), concerns: ['neglect'] })
    await fed('marlow-dene', 'M-61', { ...twin('Leocadia'), sex: 'F' })
    const known2 = { name: 'Leocadia Fenwright', born: '2014-08-09', postcode: 'KV1 1AB' }
    const later = (await ask('sinead', known2)).found
    expect(later.find((found) => found.entry === one)).toMatchObject({
      linked: [],
      notTheSame: [{ entry: other, by: 'Sinéad Doyle, Five Dales Police' }],
    })
    // Two words of the same instant would have no last one.
    area.clock.forward(60_000)
    await sinead.post(page, { same: 'yes', because: 'I was wrong: the mother says there is one child.' })
    expect((await ask('sinead', known2)).found.find((found) => found.entry === other)?.linked).toEqual([
      { entry: one, how: 'said', by: 'Sinéad Doyle, Five Dales Police' },
    ])
    const imran = await (await signIn(area, 'imran')).get(`/register/children/${one}`)
    expect(imran.html).toContain('The same child as an entry of Marlow Dene Council')
    const { rows } = await area.house.database.pool.query('select same from register.verdict order by said_at, id')
    expect(rows).toHaveLength(2)
    // Nobody to whom only one of them was shown says anything of both.
    const alice = await signIn(area, 'alice')
    const { path } = await asks(alice, known)
    expect((await alice.get(`${path}/same/${one}/${other}`)).status).toBe(404)
  })
})

describe('asking the keeper', { timeout: 120_000 }, () => {
  test('WY-18: whoever may not be told asks the keeper, who answers with an authorisation that is recorded', async () => {
    const dev = await signIn(area, 'dev')
    const { path, html } = await asks(dev)
    expect(html).toContain(`${path}/ask/kirkvale`)
    await dev.get(`${path}/ask/kirkvale`)
    expect((await dev.post(`${path}/ask/kirkvale`, { words: 'Ring me on 01632 960001' })).to).toBe(path)
    expect((await dev.get(path)).html).toContain('Waiting')
    const imran = await signIn(area, 'imran')
    const inbox = await imran.get('/register/questions')
    const link = /\/register\/questions\/[0-9a-f-]{36}/.exec(inbox.html)![0]
    const opened = await imran.get(link)
    expect(opened.html).toContain('Zefirine Okonkwo Vas')
    expect(opened.html).toContain('Zephyrine Okonkwo-Vass')
    expect(opened.html).toContain('Ring me on 01632 960001')
    expect((await (await signIn(area, 'kasia')).get(link)).status).toBe(404)
    expect((await imran.post(link, { answer: 'known', words: 'Ring Alice Hartley.' })).status).toBe(303)
    const answered = await dev.get(path)
    expect(answered.html).toContain('Ring Alice Hartley.')
    expect(answered.html).toContain('Imran Bashir')
    expect((await imran.post(link, { answer: 'known', words: 'Again.' })).status).toBe(409)
    const { rows } = await area.house.database.pool.query(
      `select disclosure -> 'authorisedBy' as by, outcome from protocols.decision where disclosure ? 'authorisedBy'`,
    )
    expect(rows).toEqual([{ by: 'Imran Bashir', outcome: 'share' }])
    expect((await dev.get('/register/notices')).html).toContain('A keeper has answered your question.')
  })
  test('a near match that may not be shown by name can be asked about: the keeper sees whom it may mean', async () => {
    const alice = await signIn(area, 'alice')
    const { path, html } = await asks(alice, {
      name: 'Okonkwo',
      'born-day': '',
      'born-month': '',
      'born-year': '',
      postcode: '',
    })
    expect(html).toContain('Perhaps known to Kirkvale Council: no name can be shown')
    expect(html).toContain('too little to show a name')
    expect(html).not.toContain('Zephyrine')
    await alice.get(`${path}/ask/kirkvale`)
    await alice.post(`${path}/ask/kirkvale`, {})
    const imran = await signIn(area, 'imran')
    const inbox = (await imran.get('/register/questions')).html
    const link = /\/register\/questions\/[0-9a-f-]{36}/.exec(inbox.slice(inbox.indexOf('Waiting')))![0]
    const opened = await imran.get(link)
    expect(opened.html).toContain('Zephyrine Okonkwo-Vass')
    await imran.post(link, { answer: 'telephone', words: 'Ring me.' })
    expect((await alice.get(path)).html).toContain('Ring me.')
    expect((await alice.post(`${path}/ask/kirkvale`, { words: 'Once more' })).status).toBe(409)
  })
  test('a question that nobody answers in time is seen by both sides as overdue, and told once', async () => {
    const farah = await signIn(area, 'farah')
    const { path } = await asks(farah, { risk: 'imminent-harm', purpose: 'planning' })
    await farah.get(`${path}/ask/kirkvale`)
    await farah.post(`${path}/ask/kirkvale`, {})
    area.clock.forward(2 * 3_600_000)
    await area.runRecurring('register.chase-questions')
    await area.runRecurring('register.chase-questions')
    expect((await farah.get(path)).html).toContain('Overdue')
    const imran = await signIn(area, 'imran')
    expect((await imran.get('/register/questions')).html).toContain('Overdue')
    const { rows } = await area.house.database.pool.query(
      `select agency, for_user is null as keeper from register.notice where kind = 'overdue' order by agency`,
    )
    expect(rows).toEqual([
      { agency: 'five-dales-health', keeper: false },
      { agency: 'kirkvale', keeper: true },
    ])
  })
})
