import { beforeAll, describe, expect, test } from 'vitest'
import { acceptTerms, actorFor, addUser, recordTraining, TERMS, userById } from '../people/index.ts'
import { actIn, newId, system } from '../platform/index.ts'
import { checkChild, importTold } from '../register/index.ts'
import { jobs as registerJobs, pages as registerPages } from '../register/room.ts'
import { CONSIDERED, fill, openCast, PROTECTED, SIX, typeReferral } from '../sharing/cast.fixture.ts'
import { disclosureForDispatch } from '../sharing/index.ts'
import { pages as sharingPages } from '../sharing/room.ts'
import { dispatch } from './index.ts'
import { jobs, pages } from './room.ts'

const cast = await openCast({ pages: [...registerPages, ...sharingPages, ...pages], jobs: [...registerJobs, ...jobs] })
const { test: house, hubWorker: hugo, entries } = cast
const browser = house.browser(hugo)
const as = <T>(actor: typeof hugo | typeof system, work: Parameters<typeof actIn<T>>[2]) =>
  actIn(house.house, { actor, act: 'test' }, work)
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const tasks = async (): Promise<{ id: string; kind: string; text: string; owner: string; done: boolean }[]> =>
  (
    await house.house.database.pool.query(
      `select id, kind, text, owner_user as owner, done_at is not null as done from transfer.task where kind like 'register-corrected %' order by kind`,
    )
  ).rows

/** Of the same agency as Hugo. */
const cara = await as(system, async ({ tx }) => {
  const who = { id: newId(), username: 'cara', name: 'Cara Colleague', agency: 'northby', area: 'northby' }
  await addUser(
    tx,
    { ...who, roles: ['hub-worker', 'practitioner'], email: 'c.cara@northby.gov.uk' },
    house.clock.now(),
  )
  await recordTraining(tx, who.id, '2026-03-01', 'test')
  await acceptTerms(tx, who.id, TERMS.version, house.clock.now())
  return actorFor((await userById(tx, who.id))!)
})

/** What Northby's own system says of the child. */
async function fed(family: string, school: string, localId = 'N-1', hidden = false): Promise<void> {
  house.clock.forward(60_000)
  const entry = {
    names: [{ given: 'Aisha Noor', family, kind: 'legal' as const }],
    born: { date: '2015-03-09' },
    addresses: [{ lines: ['1 High Street'], postcode: 'NB1 1AA' }],
    school,
    concerns: ['neglect'],
    ...(hidden ? { shielded: { because: 'adoption', visibleTo: [] } } : {}),
  }
  await as(system, (ctx) =>
    importTold(ctx, {
      source: 'csv',
      authority: 'northby',
      told: [{ kind: 'entry', line: 1, localId, entry, flagged: [] }],
    }),
  )
  expect(await house.runJobs()).toEqual([])
}
const asks = (actor: typeof hugo) =>
  as(actor, (ctx) =>
    checkChild(ctx, {
      known: { name: 'Aisha Noor Kahn', born: '2015-03-09' },
      purpose: 'section-47',
      ground: 'safeguarding-sch1-18',
      risk: 'significant-harm',
      needToKnow: 'Two bruises on the arm',
      proportionate: true,
    }),
  )

/** Writes a referral about a child to the detective, up to the last look at it. */
async function writes(name: string, worker = hugo): Promise<string> {
  const browser = house.browser(worker)
  const { id } = await typeReferral({ ...cast, worker }, { recipient: entries.police, name })
  for (const [path, fields] of [
    ['family', { complete: 'yes' }],
    ['consent', { basis: 'without' }],
    ['ground', { ground: 'safeguarding-sch1-18', facts: 'He is hurt at home', riskInAsking: 'The uncle would know' }],
    ['harm', CONSIDERED],
    ['protect', PROTECTED],
    ['six-words', SIX],
    ['balance', { ifShared: 'The family may be upset', ifNot: 'He may be hurt again', answer: 'yes' }],
  ] as const)
    await fill(browser, id, path, fields)
  return id
}

/** The same sent by recorded post, to the post office. */
async function sends(name: string, worker = hugo): Promise<string> {
  const browser = house.browser(worker)
  const id = await writes(name, worker)
  const gone = await fill(browser, id, 'check', { right: 'yes' })
  expect(gone.to, words(gone.html)).toBe(`/disclosures/${id}/record?sent=yes`)
  const found = (await as(system, (ctx) => disclosureForDispatch(ctx, id)))!
  const recipients = found.recipients.map((one) => ({ ...one, route: 'recorded-post' as const }))
  const [made] = await as(system, (ctx) => dispatch(ctx, { ...found, recipients }))
  await house.runJobs()
  const posted = { named: 'yes', envelope: 'yes', tracking: 'AB 1234 5678 9GB', cost: '4.35' }
  expect((await browser.post(`/dispatches/${made!.id}/steps/posted`, posted)).status).toBe(303)
  return id
}

describe('BEX-55: a register corrects what was sent on', { timeout: 180_000 }, () => {
  let sent: string
  beforeAll(async () => {
    await fed('Kahn', 'Oak School')
    expect((await asks(hugo)).found.map((one) => one.shown.name)).toEqual([['Aisha Noor Kahn']])
    sent = await sends('Aisha Noor Kahn')
    await sends('Somebody Else')
    expect(await house.runJobs()).toEqual([])
  }, 180_000)

  test('nothing is owed for what was not sent on', async () => {
    await fed('Kahn', 'Elm School')
    expect(await tasks()).toEqual([])
  })
  test('whoever sent it on is owed a task for that disclosure alone, which names neither the child nor what it says', async () => {
    await fed('Khan', 'Elm School')
    await fed('Khan', 'Ash School')
    const owed = await tasks()
    expect(owed).toHaveLength(1)
    expect(owed[0]).toMatchObject({ owner: hugo.id, done: false })
    expect(owed[0]!.text).toContain('The register of Northby Council now says something else under “Name”')
    expect(owed[0]!.text).not.toMatch(/Aisha|Kahn|Khan/)
    expect(words((await browser.get('/tasks')).html)).toContain('now says something else under “Name”')
    expect(words((await browser.get('/')).html), 'the start page').toContain('1 notice from the registers to read')
  })
  test('reads what was corrected, who has it, and begins the correction for all of them with one button', async () => {
    const { id } = (await tasks())[0]!
    expect((await browser.get(`/tasks/${id}`)).html).toContain(`/tasks/${id}/correct`)
    const page = words((await browser.get(`/tasks/${id}/correct`)).html)
    expect(page).toMatch(/You were shown Aisha Noor Kahn It says now Aisha Noor Khan/)
    expect(page).toContain('Petra Police')
    for (const other of [cast.colleague, cast.teacher])
      expect((await house.browser(other).get(`/tasks/${id}/correct`)).status).toBe(404)
    const typed = { wrong: 'Name: Aisha Noor Kahn', right: 'Name: Aisha Noor Khan', how: 'Northby’s register' }
    expect((await browser.post(`/tasks/${id}/correct`, { ...typed, right: '' })).status).toBe(422)
    const begun = await browser.post(`/tasks/${id}/correct`, typed)
    const correction = /^\/disclosures\/([0-9a-f-]{36})\/decision$/.exec(begun.to ?? '')![1]!
    expect(words((await browser.get(begun.to!)).html)).toContain('You may share this')
    const { rows } = await house.house.database.pool.query(
      `select kind, cites from transfer.task where disclosure = $1 and kind like 'send-correction %' and done_at is null`,
      [sent],
    )
    expect(rows).toEqual([{ kind: expect.any(String), cites: ['BEX-55'] }])
    expect(await tasks()).toMatchObject([{ done: true }])
    expect((await browser.post(`/tasks/${id}/correct`, typed)).status).toBe(409)
    const gone = await fill(browser, correction, 'check', { right: 'yes' })
    expect(gone.to, words(gone.html)).toBe(`/disclosures/${correction}/record?sent=yes`)
  })
  test('of a record that has been shielded since nothing is on the page', async () => {
    await fed('Kahan', 'Ash School')
    const open = (await tasks()).find((one) => !one.done)!
    expect(words((await browser.get(`/tasks/${open.id}/correct`)).html)).toContain('It says now Aisha Noor Kahan')
    await fed('Kahlan', 'Ash School', 'N-1', true)
    const page = words((await browser.get(`/tasks/${open.id}/correct`)).html)
    expect(page).not.toMatch(/Kah[l]?an /)
    expect(page).toContain('cannot be shown to you here')
  })
  test('what a colleague sent on since, who was not shown the entry, is owed by whoever was; the colleague learns of the correction and not of the register', async () => {
    await fed('Bakar', 'Ash School', 'N-2')
    const theirs = await sends('Aisha Noor Bakar', cara)
    house.clock.forward(60_000)
    expect((await asks(hugo)).found.flatMap((one) => one.shown.name)).toContain('Aisha Noor Bakar')
    const since = await sends('Aisha Noor Bakar', cara)
    await fed('Baker', 'Ash School', 'N-2')
    const owed = (await tasks()).filter((one) => !one.done && one.text.includes('Cara Colleague has sent on'))
    expect(owed).toHaveLength(1)
    expect(owed[0]).toMatchObject({ owner: hugo.id })
    const { rows } = await house.house.database.pool.query(`select disclosure from transfer.task where id = $1`, [
      owed[0]!.id,
    ])
    expect(rows).toEqual([{ disclosure: since }])
    expect(rows).not.toEqual([{ disclosure: theirs }])
    const colleague = house.browser(cara)
    for (const path of ['/tasks?list=team', '/tasks?list=overdue', `/tasks/${owed[0]!.id}`]) {
      const page = words((await colleague.get(path)).html)
      expect(page, path).not.toMatch(/register of Northby|under “Name”/)
    }
    expect(words((await colleague.get('/tasks?list=team')).html)).toContain('is not right any more')
    expect((await colleague.get(`/tasks/${owed[0]!.id}/correct`)).status).toBe(404)
    const typed = { wrong: 'Name: Aisha Noor Bakar', right: 'Name: Aisha Noor Baker', how: 'Northby’s register' }
    expect((await browser.post(`/tasks/${owed[0]!.id}/correct`, typed)).status).toBe(303)
    expect(words((await colleague.get('/tasks')).html)).toMatch(
      /has begun the correction \S+ of what you sent\. Read it before you rely on what you sent/,
    )
  })
  test('what was corrected before it was sent is said to whoever wrote it, as they open it and before it goes; a colleague who was not shown the entry is told nothing', async () => {
    await fed('Cassar', 'Ash School', 'N-3')
    await asks(hugo)
    await house.runJobs()
    const id = await writes('Aisha Noor Cassar')
    const says = async (who: typeof hugo, page: string) =>
      words((await house.browser(who).get(`/disclosures/${id}/${page}`)).html)
    const warned =
      /Northby Council has changed what its register says under “Name” since you were shown it on 20 November 2026/
    for (const page of ['decision', 'check'])
      expect(await says(hugo, page), page).not.toMatch(/has changed what its register/)
    await fed('Casaar', 'Ash School', 'N-3')
    for (const page of ['decision', 'check']) {
      expect(await says(hugo, page), page).toMatch(warned)
      expect(await says(cara, page), page).not.toMatch(/has changed what its register|Casaar/)
    }
    const stopped = await fill(browser, id, 'check', { right: 'yes' })
    expect(words(stopped.html)).toContain('Look at what a register has corrected')
    expect(
      (await house.house.database.pool.query(`select state from sharing.disclosure where id = $1`, [id])).rows,
    ).not.toEqual([{ state: 'decided' }])
    const gone = await fill(browser, id, 'check', { right: 'yes', looked: 'yes' })
    expect(gone.to, words(gone.html)).toBe(`/disclosures/${id}/record?sent=yes`)
  })
  test('who asks the registers again has seen what was corrected, and is not warned any more', async () => {
    await fed('Dalli', 'Ash School', 'N-4')
    await asks(hugo)
    await house.runJobs()
    const id = await writes('Aisha Noor Dalli')
    await fed('Dally', 'Ash School', 'N-4')
    const page = async () => words((await browser.get(`/disclosures/${id}/decision`)).html)
    expect(await page()).toMatch(/has changed what its register says/)
    house.clock.forward(60_000)
    await asks(hugo)
    await house.runJobs()
    expect(await page()).not.toMatch(/has changed what its register says/)
  })
})
