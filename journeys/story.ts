// The steps of a referral as a worker takes them, in a real browser.
import type { Page } from 'playwright-core'
import { fill, type Typed } from './stage.ts'

export const TOLD = ['why', 'how-used', 'with-whom', 'if-given', 'if-withheld']
const SIX = Object.fromEntries(
  ['necessary', 'proportionate', 'relevant', 'accurate', 'timely', 'secure'].map((one) => [one, 'yes']),
)
const HARM = {
  context: 'Lives with mother and uncle',
  development: 'On track',
  'special-needs': 'None known',
  nature: 'Hitting',
  impact: 'Afraid',
  care: 'Mother at work',
}
const PROTECTED = {
  evidence: 'yes',
  'evidence-facts': 'Bruises seen',
  belief: 'yes',
  'belief-facts': 'What he said',
  prevents: 'yes',
  'prevents-facts': 'An enquiry can protect',
  others: 'no',
}
const CRIME = {
  prevents: 'yes',
  'prevents-facts': 'The assault may be repeated',
  detects: 'yes',
  'detects-facts': 'He names who did it',
  proportionate: 'yes',
  'proportionate-facts': 'Only what is needed',
}
/** Words typed for whatever an item asks. Nothing here is about anybody. */
const WORDS = 'Two bruises on the left arm, seen on Tuesday.'

export interface Wanted {
  /** Absent: today's protocol of the area. */
  readonly protocol?: string
  readonly day?: string
  readonly risk?: 'none' | 'significant-harm'
  readonly purpose: string
  readonly items: readonly string[]
  /** A word to find the recipient in the directory, and the name as it stands there. */
  readonly recipient: readonly [search: string, name: string]
  readonly consent?: boolean
  readonly ground?: string
  readonly route?: string
}

/** Writes a disclosure from worry to the last page before sending; gives its id. */
export async function write(page: Page, wanted: Wanted): Promise<string> {
  await page.goto('/disclosures/new')
  if (wanted.protocol !== undefined) {
    await page.locator('summary', { hasText: 'For practice' }).click()
    await page.selectOption('#protocol', wanted.protocol)
    const [year, month, day] = wanted.day!.split('-') as [string, string, string]
    await page.fill('[name=onDay-day]', day)
    await page.fill('[name=onDay-month]', month)
    await page.fill('[name=onDay-year]', year)
  }
  await page.locator('main button.govuk-button').first().click()
  const id = /disclosures\/([0-9a-f-]{36})/.exec(page.url())?.[1]
  if (id === undefined) throw new Error(`no disclosure was begun: ${page.url()}`)
  const step = (path: string, typed: Typed): Promise<void> => fill(page, `/disclosures/${id}/${path}`, typed)
  await step('worry', { words: 'He said that his uncle hits him.', risk: wanted.risk ?? 'significant-harm' })
  await step('purpose', { purpose: wanted.purpose, ...(await reachedOn(page)) })
  await step('about/person?part=child', {
    name: 'Robin Example',
    'born-day': '9',
    'born-month': '3',
    'born-year': '2015',
  })
  await step('about/person?part=adult', { name: 'Kim Example', age: '34', relation: 'mother', family: 'yes' })
  await chooseItems(page, id, wanted.items)
  await chooseRecipient(page, id, wanted.recipient)
  await weigh(page, id, wanted)
  if (wanted.route !== undefined) await step('route', { route: wanted.route })
  return id
}

async function reachedOn(page: Page): Promise<Typed> {
  return (await page.locator('[name=reachedOn-day]').count()) === 0
    ? {}
    : { 'reachedOn-day': '18', 'reachedOn-month': '11', 'reachedOn-year': '2026' }
}

async function chooseItems(page: Page, id: string, items: readonly string[]): Promise<void> {
  await page.goto(`/disclosures/${id}/information/choose`)
  for (const box of await page.locator('main input[type=checkbox]').all()) {
    const wanted = items.includes((await box.getAttribute('value')) ?? '')
    if ((await box.isChecked()) !== wanted) await box.setChecked(wanted, { force: true })
  }
  await page.locator('main form button.govuk-button').first().click()
  for (const item of items) {
    await page.goto(`/disclosures/${id}/information/item?item=${item}`)
    for (const field of await page.locator('main textarea, main input[type=text]').all())
      if ((await field.inputValue()) === '') await field.fill(WORDS)
    await page.locator('main form button.govuk-button').first().click()
  }
}

async function chooseRecipient(page: Page, id: string, [search, name]: Wanted['recipient']): Promise<void> {
  await page.goto(`/disclosures/${id}/recipients?q=${encodeURIComponent(search)}`)
  await page.getByLabel(name).first().check({ force: true })
  await page.locator('main button', { hasText: 'Add and continue' }).click()
  const at = new URL(page.url())
  await fill(page, at.pathname + at.search, { part: 'assesses', needToKnow: 'Helps the child every week' })
}

async function weigh(page: Page, id: string, { risk, consent, ground }: Wanted): Promise<void> {
  const step = (path: string, typed: Typed): Promise<void> => fill(page, `/disclosures/${id}/${path}`, typed)
  if (consent) {
    await page.goto(`/disclosures/${id}/consent`)
    const people = await page
      .locator('main a[href*="consent/person"]')
      .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))])
    for (const path of people)
      await fill(page, path, {
        state: 'given',
        explicit: 'yes',
        told: TOLD,
        competent: 'yes',
        'askedOn-day': '19',
        'askedOn-month': '11',
        'askedOn-year': '2026',
      })
    await page.goto(`/disclosures/${id}/family`)
    if ((await page.locator('[name=complete]').count()) > 0) await step('family', { complete: 'yes' })
  }
  if (ground !== undefined) await step('ground', { ground, facts: 'What is written above' })
  if (risk !== 'none') {
    await step('harm', HARM)
    await step('protect', PROTECTED)
  }
  await step('six-words', SIX)
  await step('balance', { ifShared: 'Some distress', ifNot: 'Further harm', answer: 'yes' })
  const open = await toDo(page, id)
  if (open.includes('crime')) await step('crime', CRIME)
}

/** The steps that the list of a disclosure still shows as to do, by the last word of their address. */
export async function toDo(page: Page, id: string): Promise<string[]> {
  await page.goto(`/disclosures/${id}`)
  const rows = await page
    .locator('.govuk-task-list__item', { hasText: /To do/ })
    .locator('a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  return rows.map((href) => href.split('/').slice(3).join('/'))
}

/** Adds documents to a disclosure. */
export async function attach(
  page: Page,
  id: string,
  documents: readonly { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> {
  for (const document of documents) {
    await page.goto(`/disclosures/${id}/documents`)
    await page.setInputFiles('[name=files]', document)
    await page.locator('main button[name=add]').click()
    if (!((await page.textContent('main')) ?? '').includes(document.name))
      throw new Error(`${document.name} was not taken`)
  }
}

/** Checks the list of recipients and sends; gives the words of the page that says so. */
export async function send(page: Page, id: string): Promise<string> {
  await fill(page, `/disclosures/${id}/check`, { right: 'yes' })
  return (await page.textContent('main')) ?? ''
}

/** Waits until the custody page of a disclosure shows what is looked for; jobs run within a second or two. */
export async function custody(page: Page, id: string, shows: RegExp): Promise<string> {
  let words = ''
  for (let look = 0; look < 60; look += 1) {
    await page.goto(`/disclosures/${id}/custody`)
    words = ((await page.textContent('main')) ?? '').replaceAll(/\s+/g, ' ')
    if (shows.test(words)) return words
    await page.waitForTimeout(500)
  }
  throw new Error(`the custody page does not show ${shows}: ${words}`)
}
