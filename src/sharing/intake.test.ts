import { expect, test } from 'vitest'
import { actIn, newId, system } from '../platform/index.ts'
import { fill, openCast, SIX } from './cast.fixture.ts'
import { recordSent } from './index.ts'

const cast = await openCast()
const { test: house, officer, hubWorker, teacher, entries } = cast

async function reported(rag: 'red' | 'amber' | 'green', route = 'secure-email'): Promise<string> {
  const browser = house.browser(officer)
  await browser.get('/')
  const id = newId()
  await browser.post('/disclosures/new', { startId: id, form: 'police-report' })
  const send = (path: string, fields: Record<string, string | readonly string[]>) => fill(browser, id, path, fields)
  await send('worry', { words: 'Found alone', risk: 'significant-harm' })
  await send('purpose', {
    purpose: 'ctn-report',
    'reachedOn-day': '20',
    'reachedOn-month': '11',
    'reachedOn-year': '2026',
  })
  await send('about/person?part=child', { key: 'p-child', part: 'child', name: 'Mia Reed', age: '6' })
  expect((await send('report', { number: 'X' })).status).toBe(422)
  await send('report', {
    number: 'VP/1',
    officer: 'PC 12',
    'occurredOn-day': '19',
    'occurredOn-month': '11',
    'occurredOn-year': '2026',
    occurredAt: '23:40',
    place: 'Bus station',
    notice: 'Missing, or found',
    factors: ['Neglect'],
    rag,
  })
  await send('information/choose', { items: ['name', 'concern', 'incident-detail'] })
  await send('information/item?item=name', { item: 'name', why: 'Whom' })
  await send('information/item?item=concern', {
    item: 'concern',
    'words-concern': 'Nobody looked for her',
    why: 'Risk',
  })
  await send('information/item?item=incident-detail', {
    item: 'incident-detail',
    'words-circumstances': 'Sat alone by the doors',
    why: 'What happened',
  })
  await send('recipients', { add: entries.hub })
  const key = `r-${entries.hub.slice(0, 30)}`
  await send(`recipients/need?key=${key}`, { key, part: 'assesses', needToKnow: 'Screens it' })
  const texts = Object.fromEntries(
    ['context', 'development', 'special-needs', 'nature', 'impact', 'care'].map((one) => [one, 'Not known']),
  )
  await send('harm', texts)
  await send('protect', {
    evidence: 'yes',
    'evidence-facts': 'Alone',
    belief: 'yes',
    'belief-facts': 'Alone',
    prevents: 'yes',
    'prevents-facts': 'Visit',
    others: 'no',
  })
  await send('six-words', SIX)
  await send('route', { route })
  const sent = await send('check', { right: 'yes' })
  expect(sent.to, sent.html).toBe(`/disclosures/${id}/record?sent=yes`)
  return id
}
const gone = (id: string) => actIn(house.house, { actor: system, act: 'test' }, (ctx) => recordSent(ctx, id))

test('MPS-6: a police report goes under the headings of its form, and joins the hub’s queue when it has gone, not before', async () => {
  const id = await reported('red')
  const hugo = house.browser(hubWorker)
  expect((await hugo.get('/intake')).html).toContain('Nothing is here')
  await gone(id)
  const queue = await hugo.get('/intake')
  expect(queue.html).toContain('M.R. 6')
  expect(queue.html).not.toContain('Mia')
  const address = /href="(\/intake\/[0-9a-f-]{36})"/.exec(queue.html)![1]!
  const report = await hugo.get(address)
  for (const words of [
    'Mia Reed',
    'Report number: VP/1',
    '19 November 2026 at 23:40',
    'Bus station',
    'Risk factors: Neglect',
    'Sat alone by the doors',
  ])
    expect(report.html).toContain(words)
  expect((await house.browser(teacher).get(address)).status).toBe(403)
})

test('MPS-7: counts stand by clock, state and agency; the clock runs over, is set anew, and one person takes a report up', async () => {
  await gone(await reported('green'))
  await gone(await reported('amber'))
  house.clock.forward(5 * 3_600_000)
  const hugo = house.browser(hubWorker)
  const queue = await hugo.get('/intake')
  expect(queue.html).toContain('How it stands now: 1 overdue')
  expect(queue.html).toContain('Waiting (3)')
  expect(queue.html).toContain('Vale Police (3 open of 3)')
  const addresses = [...queue.html.matchAll(/href="(\/intake\/[0-9a-f-]{36})"/g)].map((one) => one[1]!)
  expect(addresses).toHaveLength(3)
  const first = await hugo.get(addresses[0]!)
  const version = /name="version" value="(\d+)"/.exec(first.html)![1]!
  expect((await hugo.post(addresses[0]!, { version, act: 'claim' })).status).toBe(303)
  expect((await hugo.post(addresses[0]!, { version, act: 'claim' })).status).toBe(303)
  expect((await hugo.post(addresses[0]!, { version, act: 'clock', rag: 'green' })).status).toBe(409)
  expect((await hugo.get('/intake?state=claimed')).html).toContain('Hugo Hub')
  const last = await hugo.get(addresses[2]!)
  const other = /name="version" value="(\d+)"/.exec(last.html)![1]!
  await hugo.post(addresses[2]!, { version: other, act: 'clock', rag: 'red' })
  expect((await hugo.get('/intake')).html).toContain('2 overdue')
})

test('CUM-9, BEX-10: the hub records what it means and what is done, and the sender reads it', async () => {
  const hugo = house.browser(hubWorker)
  const address = /href="(\/intake\/[0-9a-f-]{36})"/.exec((await hugo.get('/intake?state=claimed')).html)![1]!
  const version = /name="version" value="(\d+)"/.exec((await hugo.get(address)).html)![1]!
  expect((await hugo.post(address, { version, act: 'decide' })).html).toContain(
    'Record what the information is taken to mean',
  )
  const made = {
    version,
    act: 'decide',
    understood: 'Left alone before',
    outcome: 'Assessment under section 17',
    action: 'Visit tomorrow',
    assignedTo: 'Hugo Hub',
  }
  expect((await hugo.post(address, made)).to).toBe('/intake')
  expect((await hugo.post(address, made)).to).toBe('/intake')
  const { rows } = await house.house.database.pool.query(
    `select disclosure from sharing.report where state = 'decided'`,
  )
  const record = await house.browser(officer).get(`/disclosures/${rows[0].disclosure}/record`)
  for (const words of ['Left alone before', 'Assessment under section 17', 'Visit tomorrow'])
    expect(record.html).toContain(words)
})

test('MPS-10: what goes on paper is announced in the queue, and what it says is not', async () => {
  const id = await reported('amber', 'recorded-post')
  await gone(id)
  const { rows } = await house.house.database.pool.query(
    `select id, content, route from sharing.report where disclosure = $1`,
    [id],
  )
  expect(rows).toMatchObject([{ content: null, route: 'recorded-post' }])
  expect((await house.browser(hubWorker).get(`/intake/${rows[0].id}`)).html).toContain('It comes on paper or in person')
})
