import { beforeAll, describe, expect, test } from 'vitest'
import { actIn } from '../platform/index.ts'
import type { Browser } from '../testing/browser.ts'
import { signIn } from '../testing/sign-in.ts'
import { holdings } from './keeping/holdings.ts'
import { openRegisters, TYPED, zephyrine } from './register-house.fixture.ts'

const { test: area, fed, actor, ask } = await openRegisters()
const SAID = { item: 'address', who: 'the mother', words: 'We never lived there. It is my sister’s flat.' }
let entry = 0

async function asks(browser: Browser): Promise<{ path: string; html: string }> {
  await browser.get('/register')
  const sent = await browser.post('/register', TYPED)
  expect(sent.status, sent.html).toBe(303)
  return { path: sent.to!, html: (await browser.get(sent.to!)).html }
}

describe('BEX-56: a disagreement that is not settled', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    entry = await fed('kirkvale', 'K-1', zephyrine())
  })

  test('is kept beside the information by the agency that was told of it, whoever keeps the entry', async () => {
    const sinead = await signIn(area, 'sinead')
    const { path } = await asks(sinead)
    const form = `${path}/disagreement/${entry}`
    expect((await sinead.get(form)).html).toContain('12 Mill Lane')
    for (const [field, sentence] of [
      ['item', 'Choose what they disagree with'],
      ['who', 'Say who disagrees'],
      ['words', 'Write what they say'],
    ] as const)
      expect((await sinead.post(form, { ...SAID, [field]: '' })).html).toContain(sentence)
    expect((await sinead.post(form, { ...SAID, item: 'ethnicity' })).status, 'was not shown').toBe(422)
    const kept = await sinead.post(form, SAID)
    expect(
      kept.to,
      kept.html
        .slice(kept.html.indexOf('<main'))
        .replaceAll(/<[^>]+>\s*/g, ' ')
        .slice(0, 1500),
    ).toBe(`${path}#entry-${entry}`)
    expect((await sinead.get(path)).html).toMatch(/disagrees\.[\s\S]*href="\/rules\/BEX-56"[\s\S]*We never lived there/)
    expect((await asks(await signIn(area, 'alice'))).html).toContain('We never lived there')
    const [found] = (await ask('alice', { nhsNumber: '9991234578', name: 'Zephyrine' })).found
    expect(found!.disputed).toMatchObject([{ item: 'address', who: 'the mother', agency: 'five-dales-police' }])
  })
  test('is told to the keeper of the register, who reads it beside the child and in what is handed out', async () => {
    const imran = await signIn(area, 'imran')
    const notices = (await imran.get('/register/notices')).html
    expect(notices).toContain('Somebody disagrees with what the register says of this child')
    const child = (await imran.get(`/register/children/${entry}`)).html
    expect(child).toContain('We never lived there')
    const path = /\/register\/disagreements\/[0-9a-f-]{36}/.exec(child)![0]
    expect((await imran.get(path)).html).toContain('Five Dales Police keeps it')
    expect((await imran.post(path, { words: 'It stands, say I.' })).status, 'not the keeper’s to end').toBe(404)
    const exported = await actIn(area.house, { actor: await actor('rowena'), act: 'test' }, (ctx) =>
      holdings[0]!.export(ctx, String(entry)),
    )
    expect(JSON.stringify(exported)).toContain('We never lived there')
  })
  test('goes to nobody who is not shown what it is about', async () => {
    await fed('kirkvale', 'K-1', zephyrine({ addresses: [] }))
    expect((await asks(await signIn(area, 'alice'))).html).not.toContain('We never lived there')
    await fed('kirkvale', 'K-1', zephyrine())
    for (const who of ['farah', 'dev']) {
      const browser = await signIn(area, who)
      const { path, html } = await asks(browser)
      expect(html, who).not.toContain('We never lived there')
      expect((await browser.get(`${path}/disagreement/${entry}`)).status, who).toBe(404)
      const { rows } = await area.house.database.pool.query('select id from register.disagreement')
      expect((await browser.get(`/register/disagreements/${rows[0].id}`)).status, who).toBe(404)
    }
  })
  test('ends when the agency that keeps it says how it was settled, and stays in the history', async () => {
    const sinead = await signIn(area, 'sinead')
    const { html, path } = await asks(sinead)
    const one = /\/register\/disagreements\/[0-9a-f-]{36}/.exec(html)![0]
    expect((await sinead.post(one, { words: 'Done' })).status).toBe(422)
    expect((await sinead.post(one, { words: 'Kirkvale has put the address right.' })).to).toBe(one)
    expect((await sinead.get(one)).html).toContain('Kirkvale has put the address right.')
    expect((await sinead.get(path)).html).not.toContain('We never lived there')
    expect((await (await signIn(area, 'imran')).get(`/register/children/${entry}`)).html).toContain('Settled')
  })
})
