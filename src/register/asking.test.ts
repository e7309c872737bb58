import { beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../testing/sign-in.ts'
import { asks, MISSPELT, openRegisters, TYPED, zephyrine } from './register-house.fixture.ts'

const registers = await openRegisters()
const { test: area, fed, ask } = registers
let entry: number

describe('asking the registers on a page', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    entry = await fed('kirkvale', 'K-1', zephyrine())
    await fed('marlow-dene', 'M-1', { names: [{ given: 'Someone', family: 'Else', kind: 'legal' }] })
  })

  test('WY-19, WY-31: a social worker of the area is shown the misspelt child, with every field’s weight as a picture', async () => {
    const { html } = await asks(await signIn(area, 'alice'))
    expect(html).toContain('Known to Kirkvale')
    expect(html).toContain('Zephyrine Okonkwo-Vass')
    expect(html.match(/<svg class="register-weight__bar"/g)!.length).toBeGreaterThan(4)
    expect(html).toMatch(/Family name: [^<]+<\/span> <span class="register-weight__says">for: [\d,.]+ times likelier/)
  })
  test('WY-18: a health visitor is told that the register may not answer, by which rule, and never whether the child is known', async () => {
    const farah = await signIn(area, 'farah')
    const [known, unknown] = [await asks(farah), await asks(farah, { name: 'Quillon Xyzzyvarth' })]
    for (const { html } of [known, unknown]) {
      expect(html).toContain('You may not be told whether this child is known')
      expect(html).toContain('href="/rules/WY-18"')
      expect(html).not.toContain('Zephyrine')
    }
  })
  test('WY-26, WY-27: what is withheld is listed with its reason and rule, and looked-after history is an indicator alone', async () => {
    const { html } = await asks(await signIn(area, 'alice'))
    expect(html).toContain('Is or was looked after')
    expect(html).toMatch(/Times looked after\. [^<]*<span[^>]*> \(<a class="govuk-link" href="\/rules\/WY-26"/)
  })
  test('WY-10, WY-12, WY-16: without a reason, a word on consent and, where there is none, a ground, nothing is asked', async () => {
    const alice = await signIn(area, 'alice')
    await alice.get('/register')
    for (const [field, sentence] of [
      ['purpose', 'Choose the reason for which you ask'],
      ['consent', 'Say whether consent was given'],
      ['ground', 'choose the ground on which you ask without it'],
      ['needToKnow', 'Write why you need to know'],
      ['proportionate', 'Say whether asking is proportionate'],
    ] as const) {
      const { status, html } = await alice.post('/register', { ...TYPED, [field]: '' })
      expect([status, html.includes(sentence)], field).toEqual([422, true])
      expect(html).toContain('value="Zefirine Okonkwo Vas"')
    }
    for (const risk of ['significant-harm', 'imminent-harm'])
      expect((await alice.post('/register', { ...TYPED, ground: '', risk })).status, risk).toBe(422)
    expect((await alice.post('/register', { ...TYPED, ground: '', consent: 'given' })).status).toBe(303)
  })
  test('a name alone is said to be too little, with what to add, in the same words whoever is in the register; its keeper looks at namesakes', async () => {
    const alice = await signIn(area, 'alice')
    const alone = { 'born-day': '', 'born-month': '', 'born-year': '', postcode: '' }
    for (let n = 0; n < 40; n += 1)
      await fed('kirkvale', `J-${n}`, {
        names: [{ given: 'Jorge', family: 'Rodgers', kind: 'legal' }],
        born: { date: `20${String(n % 17).padStart(2, '0')}-03-1${n % 10}` },
      })
    const said: string[] = []
    let path = ''
    for (const name of ['Jorge Rodgers', 'Jorge']) {
      const answer = await asks(alice, { ...alone, name })
      if (name === 'Jorge Rodgers') path = answer.path
      const main = answer.html.slice(answer.html.indexOf('<h1'), answer.html.indexOf('Registers that may not'))
      expect(main).toContain('Too little to find anybody by')
      expect(main).toContain('a date of birth or an age')
      said.push(main.replaceAll(/[0-9a-f-]{36}/g, ''))
    }
    expect(said[0]).toBe(said[1])
    expect(
      (await asks(alice, { ...alone, name: 'Jorge Rodgers', 'born-day': '9', 'born-month': '3', 'born-year': '1999' }))
        .html,
    ).not.toContain('entered under exactly')
    await alice.get(`${path}/ask/kirkvale`)
    expect((await alice.post(`${path}/ask/kirkvale`, { words: '' })).status).toBe(303)
    const imran = await signIn(area, 'imran')
    const inbox = (await imran.get('/register/questions')).html
    const question = /\/register\/questions\/[0-9a-f-]{36}/.exec(inbox)![0]
    expect((await imran.get(question)).html).toContain('Jorge Rodgers')
    expect((await imran.post(question, { answer: 'telephone', words: 'Which of them? Ring me.' })).status).toBe(303)
  })
  test('a mistyped NHS number, UPN or postcode is said at once: it would find nobody, and be taken for an answer', async () => {
    const alice = await signIn(area, 'alice')
    await alice.get('/register')
    for (const [field, typed, sentence] of [
      ['nhsNumber', '9991234565', 'The check digit of the NHS number is wrong'],
      ['nhsNumber', '12', 'An NHS number has ten digits'],
      ['upn', 'X', 'A UPN is a letter'],
      ['postcode', 'NOT A CODE', 'Enter a postcode such as KV1 2AB'],
    ] as const) {
      const { status, html } = await alice.post('/register', { ...TYPED, [field]: typed })
      expect([status, html.includes(sentence)], typed).toEqual([422, true])
    }
  })
  test('a birthday may be a year alone, and a day without a year is refused with what to do', async () => {
    const alice = await signIn(area, 'alice')
    const { html } = await asks(alice, { 'born-day': '', 'born-month': '' })
    expect(html).toContain('Known to Kirkvale')
    await alice.get('/register')
    const refused = await alice.post('/register', { ...TYPED, 'born-year': '' })
    expect(refused.html).toContain('Enter the year too')
    const impossible = await alice.post('/register', { ...TYPED, 'born-day': '31', 'born-month': '2' })
    expect(impossible.html).toContain('Enter a day that exists')
    const early = await alice.post('/register', { ...TYPED, 'born-year': '2031' })
    expect([early.status, early.html.includes('has not come yet')]).toEqual([422, true])
  })
  test('an answer is for the one who asked, for a day', async () => {
    const alice = await signIn(area, 'alice')
    const { path } = await asks(alice)
    expect((await (await signIn(area, 'bashir')).get(path)).status).toBe(404)
    const was = area.clock.now()
    area.clock.forward(25 * 3_600_000)
    const { html } = await alice.get(path)
    expect(html).toContain('This answer is closed')
    expect(html).not.toContain('Zephyrine')
    area.clock.set(was)
  })
  test('what was typed stands in no address, no entry of the log of acts and no row that could be read', async () => {
    const { path } = await asks(await signIn(area, 'dev'))
    expect(path).toMatch(/^\/register\/answers\/[0-9a-f-]{36}$/)
    const { rows } = await area.house.database.pool.query(
      `select (select json_agg(e) from audit.entry e)::text || (select json_agg(q) from register.enquiry q)::text
        || (select json_agg(d) from protocols.decision d)::text || (select coalesce(json_agg(n), '[]') from register.notice n)::text
        || coalesce((select json_agg(j)::text from graphile_worker._private_jobs j), '') as everything`,
    )
    expect(rows[0].everything).not.toMatch(/zefirine|zephyrine|okonkwo|KV1 2AB/i)
  })
  test('WY-10, WY-16: the API answers the same as the page, and refuses what has no reason', async () => {
    const alice = await registers.actor('alice')
    const call = (payload: object) =>
      area.app.inject({
        method: 'POST',
        url: '/api/v1/register/checks',
        headers: { authorization: `Bearer ${area.bearer(alice)}` },
        payload,
      })
    const asked = { known: MISSPELT, needToKnow: 'Bruising seen', proportionate: true, ground: 'register-check' }
    const { statusCode, body } = await call({ ...asked, purpose: 'register-check' })
    expect(statusCode, body).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ outcome: 'known', found: [{ entry, authority: 'kirkvale' }] })
    const refused = await call(asked)
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([
      expect.toSatisfy((one: number) => one === 400 || one === 422),
      expect.stringContaining('application/problem+json'),
    ])
    const nothing = await call({ ...asked, purpose: 'register-check', known: { age: 9 } })
    expect([nothing.statusCode, JSON.parse(nothing.body).code]).toEqual([422, 'register.too-little'])
  })
  test('WY-25, WY-35: the keeper reads who asked about a child, when and why; an auditor reads it without the name', async () => {
    await ask('farah', MISSPELT)
    await area.runJobs()
    const page = await (await signIn(area, 'imran')).get(`/register/children/${entry}`)
    expect(page.html).toContain('Zephyrine Okonkwo-Vass')
    expect(page.html).toContain('Farah Siddique')
    expect(page.html).toContain('A check because there are child protection concerns')
    expect(page.html).toContain('Was not told')
    const auditor = await (await signIn(area, 'harriet')).get(`/register/children/${entry}`)
    expect(auditor.html).toContain('Farah Siddique')
    expect(auditor.html).not.toContain('Zephyrine')
    expect((await (await signIn(area, 'kasia')).get(`/register/children/${entry}`)).status).toBe(404)
    const { html } = await asks(await signIn(area, 'alice'))
    expect(html).toContain('Who asked before')
  })
  test('WY-25: the child’s worker is told of each check, on a page and by a mail that says nothing of anyone', async () => {
    await ask('sinead', MISSPELT)
    expect(await area.runJobs()).toEqual([])
    const alice = await signIn(area, 'alice')
    const { html } = await alice.get('/register/notices')
    expect(html).toContain('Another agency asked the registers about a child you work with.')
    // The one who works with the child reads which child, who asked and why; a colleague reads nothing.
    expect(html).toContain('Zephyrine Okonkwo-Vass')
    expect(html).toContain('Sinéad')
    expect((await (await signIn(area, 'bashir')).get('/register/notices')).html).not.toMatch(/Zephyrine|Sinéad/)
    const id = /name="notice" value="([^"]+)"/.exec(html)![1]!
    await alice.post('/register/notices', { notice: id })
    expect((await alice.get('/register/notices')).html).toContain('Read before')
    const told = (await area.acts()).filter((one) => one.act === 'register.told-by-mail')
    expect(told.length).toBeGreaterThan(0)
  })
  test('“tell me if anyone else asks”: the next enquiry reaches whoever wished to hear, without saying who asked', async () => {
    const bashir = await signIn(area, 'bashir')
    const { path } = await asks(bashir)
    const page = `${path}/tell-me/${entry}`
    expect((await bashir.get(page)).html).toContain('Tell me if anyone else asks')
    expect((await bashir.post(page, { wanted: 'yes' })).to).toBe(path)
    await ask('yetunde', MISSPELT)
    expect(await area.runJobs()).toEqual([])
    const { html } = await bashir.get('/register/notices')
    expect(html).toContain('Somebody else asked about a child you wished to hear of')
    expect(html).not.toContain('Yetunde')
    await bashir.get(page)
    await bashir.post(page, { wanted: 'no' })
    expect((await bashir.get(path)).html).toContain('Tell me if anyone else asks')
    const farah = await signIn(area, 'farah')
    expect((await farah.get(`${(await asks(farah)).path}/tell-me/${entry}`)).status).toBe(404)
  })
})
