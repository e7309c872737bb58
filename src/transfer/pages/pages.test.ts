import { afterAll, describe, expect, it } from 'vitest'
import { actIn, spellAloud, system } from '../../platform/index.ts'
import type { Route } from '../../protocols/index.ts'
import { testHouse } from '../../testing/test-house.ts'
import { brenda, colleague, consignmentBy, head, stranger } from '../consignment.fixture.ts'
import type { Consignment } from '../consignment.ts'
import { dispatch } from '../dispatch.ts'
import { jobs, navigation, pages } from '../room.ts'
import { openSink } from '../sink.fixture.ts'
import { costsByAgency } from '../store/dispatches.ts'

const sink = await openSink()
const { house, browser, runJobs, clock, acts } = await testHouse({
  pages,
  jobs,
  navigation,
  relay: { url: sink.url, ca: sink.ca },
})
afterAll(() => sink.stop())

const brendas = browser(brenda)
const colleagues = browser(colleague)
const strangers = browser(stranger)
const reader = browser({ ...brenda, id: 'reader', permissions: new Set(['disclosure.read']) })

async function send(consignment: Consignment): Promise<string> {
  const [made] = await actIn(house, { actor: system, act: 'test' }, (ctx) => dispatch(ctx, consignment))
  expect(await runJobs()).toEqual([])
  return made!.id
}
const sendBy = (route: Route) => send(consignmentBy(route))

describe('the pages of a dispatch', () => {
  it('show the custody chain, the decision and what is owed to the agency that sent it, and to nobody else', async () => {
    const id = await sendBy('recorded-post')
    const page = await brendas.get(`/dispatches/${id}`)
    expect(page.status).toBe(200)
    for (const part of [
      'Ready to go',
      'Decided and made ready',
      'Amina Hart',
      'It protects the child.',
      'Telephone the safeguarding hub now.',
      'Posted by recorded delivery',
    ]) {
      expect(page.html).toContain(part)
    }
    for (const path of ['', '/proof', '/route', '/password', '/sheets/letter', '/steps/posted']) {
      expect((await strangers.get(`/dispatches/${id}${path}`)).status).toBe(404)
      expect((await browser().get(`/dispatches/${id}${path}`)).status).not.toBe(200)
    }
  })

  it('MPS-10 MPS-11: what is posted needs a tracking number, and its cost is recorded against the receiving agency', async () => {
    const id = await sendBy('recorded-post')
    const form = await brendas.get(`/dispatches/${id}/steps/posted`)
    expect(form.html).toContain('Tracking number')
    const empty = await brendas.post(`/dispatches/${id}/steps/posted`, {
      named: 'yes',
      envelope: 'yes',
      cost: 'four pounds',
    })
    expect(empty.status).toBe(422)
    expect(empty.html).toContain('Enter the tracking number on the receipt')
    expect(empty.html).toContain('Enter the cost in pounds, such as 4.35')
    expect(empty.html).toContain('four pounds')
    const done = await brendas.post(`/dispatches/${id}/steps/posted`, {
      named: 'yes',
      envelope: 'yes',
      tracking: 'AB 1234 5678 9GB',
      cost: '4.35',
    })
    expect(done.to).toBe(`/dispatches/${id}`)
    const page = await brendas.get(`/dispatches/${id}`)
    expect(page.html).toContain('Tracking number: AB 1234 5678 9GB')
    expect(page.html).toContain('Brenda Hill')
    const costs = await actIn(house, { actor: brenda, act: 'test' }, (ctx) => costsByAgency(ctx.tx))
    expect(costs).toEqual([{ agency: 'St John’s School', pence: 435, times: 1 }])
  })

  it('a step that a colleague has confirmed meanwhile is not confirmed again', async () => {
    const id = await sendBy('by-hand')
    await brendas.get(`/dispatches/${id}/steps/signed-out`)
    await colleagues.post(`/dispatches/${id}/steps/signed-out`, { necessary: 'yes', carrier: 'Col Eague' })
    const late = await brendas.post(`/dispatches/${id}/steps/signed-out`, { necessary: 'yes', carrier: 'Brenda Hill' })
    expect(late.status).toBe(409)
    expect(late.html).toContain('confirmed already')
    expect((await brendas.get(`/dispatches/${id}`)).html).not.toContain('Who carries it: Brenda Hill')
  })

  it('BEX-49 CUM-44 CUM-45: a fax is confirmed only with all four checks, and logged with number, sender, receiver and report', async () => {
    const id = await sendBy('fax')
    const missing = await brendas.post(`/dispatches/${id}/steps/faxed`, {
      secure: 'yes',
      number: 'yes',
      cover: 'yes',
      report: '3 pages, 14:02',
    })
    expect(missing.status).toBe(422)
    expect(missing.html).toContain('Confirm that the named recipient is ready')
    await brendas.post(`/dispatches/${id}/steps/faxed`, {
      secure: 'yes',
      number: 'yes',
      ready: 'yes',
      cover: 'yes',
      report: '3 pages, 14:02',
    })
    const page = await brendas.get(`/dispatches/${id}`)
    for (const logged of ['Faxed to 01632 960222, for Amina Hart', '3 pages, 14:02', 'Brenda Hill'])
      expect(page.html).toContain(logged)
  })

  it('CUM-30 CUM-54: the password is read out from its page, who was told and how is recorded, and then it is forgotten', async () => {
    const id = await sendBy('encrypted-attachment')
    const page = await brendas.get(`/dispatches/${id}/password`)
    const password = /([2-9A-Z]{4}(?:-[2-9A-Z]{4}){4})/.exec(page.html)![1]!
    expect(page.html).toContain(spellAloud(password.slice(0, 4)).join(', '))
    expect(sink.received.at(-1)!.raw.toString()).not.toContain(password)
    const byMail = await brendas.post(`/dispatches/${id}/password`, { to: 'Amina Hart', channel: 'e-mail' })
    expect(byMail.status).toBe(422)
    const told = await brendas.post(`/dispatches/${id}/password`, { to: 'Amina Hart', channel: 'telephone' })
    expect(told.to).toBe(`/dispatches/${id}`)
    expect((await brendas.get(`/dispatches/${id}/password`)).status).toBe(409)
    const chain = (await brendas.get(`/dispatches/${id}`)).html
    expect(chain).toContain('By telephone, to Amina Hart')
    expect(chain).not.toContain(password)
    const { rows } = await house.database.pool.query(
      'select sealed, channel from transfer.password where dispatch = $1',
      [id],
    )
    expect(rows).toEqual([{ sealed: null, channel: 'telephone' }])
  })

  it('tasks are seen by their owner, by the agency, and as overdue when their time is past', async () => {
    const consignment = consignmentBy('meeting')
    await send(consignment)
    const mine = await brendas.get('/tasks')
    expect(mine.html).toContain('Follow the call up in writing within 48 hours.')
    clock.forward(49 * 3_600_000)
    const overdue = await colleagues.get('/tasks?list=overdue')
    expect(overdue.html).toContain('Follow the call up in writing within 48 hours.')
    expect(overdue.html).toContain('Overdue')
    expect((await strangers.get('/tasks?list=team')).html).not.toContain('Follow the call up')
    const { rows } = await house.database.pool.query(
      `select id from transfer.task where disclosure = $1 and kind = 'written-follow-up'`,
      [consignment.id],
    )
    expect((await brendas.post(`/tasks/${rows[0].id}`, {})).status).toBe(422)
    expect((await brendas.post(`/tasks/${rows[0].id}`, { note: 'Wrote to the hub' })).to).toBe('/tasks')
    expect((await colleagues.post(`/tasks/${rows[0].id}`, { note: 'Me too' })).status).toBe(409)
    expect((await strangers.get(`/tasks/${rows[0].id}`)).status).toBe(404)
  })

  it('whoever may only read confirms nothing', async () => {
    const id = await sendBy('post')
    expect((await reader.get(`/dispatches/${id}`)).status).toBe(200)
    expect((await reader.get(`/dispatches/${id}/steps/posted`)).status).toBe(403)
    const step = await reader.post(`/dispatches/${id}/steps/posted`, { envelope: 'yes', where: 'post room' })
    expect(step.status).toBe(403)
  })

  it('a name with a script tag, direction marks, an emoji and 10,000 signs is shown as text, on pages and in the proof', async () => {
    const name = `<script>alert(1)</script>\u202eمريم🦊${'x'.repeat(10_000)}`
    const id = await send(consignmentBy('recorded-post', { party: { ...head, name }, letter: name }))
    const page = await brendas.get(`/dispatches/${id}`)
    expect(page.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page.html).not.toContain('<script>alert')
    for (const path of ['proof', 'sheets/letter', 'sheets/outer-envelope', 'sheets/inner-envelope', 'sheets/labels']) {
      const pdf = await brendas.get(`/dispatches/${id}/${path}`)
      expect(pdf.status).toBe(200)
      expect(pdf.headers['content-type']).toBe('application/pdf')
    }
  })

  it('a disclosure to 5,000 recipients lists them all, page by page, and each has its own custody', async () => {
    const consignment = consignmentBy('by-hand')
    const recipients = Array.from({ length: 5000 }, (_, index) => ({
      index,
      party: { ...head, name: `Person ${index}` },
      route: 'by-hand' as const,
    }))
    const many = {
      ...consignment,
      recipients,
      decision: {
        ...consignment.decision,
        obligations: consignment.decision.obligations.filter(({ id }) => id === 'sign-out'),
      },
    }
    await send(many)
    const page = await brendas.get(`/disclosures/${many.id}/custody`)
    expect(page.html).toContain('Ready to go: 5,000')
    expect(page.html.match(/Person \d+/g)).toHaveLength(200)
    expect((await brendas.get(`/disclosures/${many.id}/custody?from=4900`)).html).toContain('Person 4999')
    const { rows } = await house.database.pool.query('select count(*) as n from transfer.task where disclosure = $1', [
      many.id,
    ])
    expect(rows[0].n).toBe(5000)
  })

  it('every look and every confirmation is in the log of acts', async () => {
    const names = new Set((await acts()).map((entry) => entry.act))
    for (const act of [
      'transfer.dispatch-read',
      'transfer.step-confirmed',
      'transfer.password-shown',
      'transfer.password-told',
      'transfer.proof-saved',
      'transfer.tasks-read',
    ]) {
      expect(names).toContain(act)
    }
  })
})
