import { beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../testing/browser.ts'
import { signIn } from '../testing/sign-in.ts'
import { openRegisters, TYPED } from './register-house.fixture.ts'

const { test: area, fed } = await openRegisters()
const child = {
  names: [{ given: 'Leocadia', family: 'Fenwright', kind: 'legal' as const }],
  born: { date: '2014-08-09' },
}
const SOUGHT = {
  ...TYPED,
  name: 'Leocadia Fenwright',
  'born-day': '9',
  'born-month': '8',
  'born-year': '2014',
  postcode: '',
}
let [before, after] = [0, 0]

async function asks(browser: Browser): Promise<{ path: string; html: string }> {
  await browser.get('/register')
  const sent = await browser.post('/register', SOUGHT)
  expect(sent.status, sent.html).toBe(303)
  return { path: sent.to!, html: (await browser.get(sent.to!)).html }
}

describe('a child who moved between authorities', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    before = await fed('marlow-dene', 'M-1', {
      ...child,
      addresses: [{ lines: ['1 Old Street'], postcode: 'MD1 1AA', from: '2019-01-01', to: '2023-03-31' }],
      registrations: [{ kind: 'looked-after', from: '2020-01-01', to: '2020-06-01' }],
    })
    after = await fed('kirkvale', 'K-6', {
      ...child,
      addresses: [{ lines: ['2 New Street'], postcode: 'KV1 1AB', from: '2023-05-01' }],
    })
  })

  test('WY-2, BEX-50: stands in one line of time for who may see both registers: which, from when to when, and the days of which no register knows', async () => {
    const { html } = await asks(await signIn(area, 'sinead'))
    expect(html).toContain('One child in 2 registers, as time went')
    expect(html).toMatch(/1 January 2019 to 31 March 2023[\s\S]*1 May 2023 to now/)
    expect(html).toContain(
      'For 30 days, 1 April 2023 to 30 April 2023, nothing that you may see says where the child was.',
    )
    expect(html).toContain('nobody has looked at it. Nothing is merged: each history stands as its authority keeps it.')
    expect(html.match(/<svg class="register-line__picture"/g)).toHaveLength(2)
    // WY-26: that the child was looked after has no days, not in the line either.
    expect(html).not.toMatch(/1 June 2020/)
  })
  test('WY-18: is no line for who may see one register alone, and nothing of it says that there is another', async () => {
    for (const [who, seen, unseen] of [
      ['alice', '2 New Street', '1 Old Street'],
      ['dev', '1 Old Street', '2 New Street'],
    ] as const) {
      const { html } = await asks(await signIn(area, who))
      expect([html.includes(seen), html.includes(unseen), html.includes('as time went')], who).toEqual([
        true,
        false,
        false,
      ])
    }
  })
  test('is one line on the keeper’s page when somebody has said so, with of the other register only what that keeper was shown', async () => {
    const imran = await signIn(area, 'imran')
    expect((await imran.get(`/register/children/${after}`)).html).not.toContain('as time went')
    const sinead = await signIn(area, 'sinead')
    const { path } = await asks(sinead)
    await sinead.get(`${path}/same/${before}/${after}`)
    await sinead.post(`${path}/same/${before}/${after}`, { same: 'yes', because: 'The mother told me of the move' })
    const { html } = await imran.get(`/register/children/${after}`)
    expect(html).toContain('One child in 2 registers')
    expect(html).toContain('Lived at 2 New Street')
    expect(html).toContain('Not shown here. Check the child, for a reason')
    expect(html).not.toMatch(/1 Old Street|31 March 2023/)
    await area.house.database.pool.query(
      `update people.user_account set authorised_by = 'Harriet Sykes', authorised_on = '2026-01-01' where username = 'imran'`,
    )
    const authorised = await signIn(area, 'imran')
    await asks(authorised)
    await area.runJobs()
    const seen = (await authorised.get(`/register/children/${after}`)).html
    expect(seen).toMatch(/1 January 2019 to 31 March 2023[\s\S]*Lived at 1 Old Street/)
    const auditor = await signIn(area, 'harriet')
    expect((await auditor.get(`/register/children/${after}`)).html).not.toMatch(/as time went|New Street/)
  })
  test('is no line any more when somebody says that they are two children, or when one of them is shielded', async () => {
    const sinead = await signIn(area, 'sinead')
    const { path } = await asks(sinead)
    area.clock.forward(60_000)
    await sinead.get(`${path}/same/${before}/${after}`)
    await sinead.post(`${path}/same/${before}/${after}`, { same: 'no', because: 'Two birth certificates' })
    expect((await sinead.get(path)).html.includes('as time went')).toBe(false)
    area.clock.forward(60_000)
    await sinead.get(`${path}/same/${before}/${after}`)
    await sinead.post(`${path}/same/${before}/${after}`, { same: 'yes', because: 'One after all' })
    expect((await sinead.get(path)).html).toContain('as time went')
    await fed('marlow-dene', 'M-1', { ...child, shielded: { because: 'adoption', visibleTo: [] } })
    const { html } = await sinead.get(path)
    expect([html.includes('as time went'), html.includes('1 Old Street')]).toEqual([false, false])
    const imran = await signIn(area, 'imran')
    expect((await imran.get(`/register/children/${after}`)).html).not.toMatch(/as time went|entry of Marlow Dene/)
  })
})
