// The mail gateway as people meet it: a worker with a mail program, a carer with nothing but a browser and a zip program.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendWithMutt } from '../src/gateway/smtp/mutt.fixture.ts'
import { openStage, type Stage } from './stage.ts'

const MINUTES = 6 * 60_000
const WAIT = 120_000
const ABOUT = 'Julia Smith, born 3 May 2012, of 4 Mill Lane, Kirkvale KV1 2AB, was seen with bruises on Monday.'
const COLLEAGUE = 'bashir.rafiq@kirkvale.example'
const POLICE = 'piotr.nowak@police.five-dales.example'
const SCHOOL = 'sian.prosser@netherbeck-primary.example'
const CARER = 'rukhsana.akhtar@quickmail.example'
const SHOTS = process.env.SHOTS_TO

let stage: Stage
let alice: Page
let own = ''
let login = { name: '', password: '' }

beforeAll(async () => {
  stage = await openStage()
  alice = await stage.enter('alice')
  await alice.goto('/mail/passwords')
  own = /It sends as (\S+@\S+?)\.\s/.exec((await alice.textContent('main')) ?? '')?.[1] ?? ''
  await alice.fill('[name=label]', 'The mail program of this journey')
  await alice.click('button:has-text("Make it")')
  const made = await alice.locator('main dd').allTextContents()
  login = { name: made[1]!.trim(), password: made[2]!.trim() }
}, MINUTES)
afterAll(async () => {
  await stage?.close()
})

/** Writes it in the mail program and presses Send. */
const send = (to: string, subject: string, text: string, file?: { name: string; content: string }) =>
  sendWithMutt(
    { port: stage.smtpPort, certificate: readFileSync(join(stage.folder, 'smtp-certificate.pem'), 'utf8'), ...login },
    { from: own, to, subject, text, ...(file === undefined ? {} : { file }) },
  )

/** Looks again until the page says so. */
async function until(page: Page, path: string, said: RegExp): Promise<void> {
  const late = Date.now() + WAIT
  for (;;) {
    await page.goto(path)
    const text = (await page.textContent('main')) ?? ''
    if (said.test(text)) return
    if (Date.now() > late) throw new Error(`${path} never said ${said}: ${text.replace(/\s+/g, ' ').slice(0, 1_000)}`)
    await page.waitForTimeout(1_000)
  }
}

async function shot(page: Page, name: string): Promise<void> {
  const wide = page.viewportSize()!
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([])
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 })
    expect(await page.evaluate('document.documentElement.scrollWidth'), `${name} at ${width}`).toBeLessThanOrEqual(
      width,
    )
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true })
  }
  await page.setViewportSize(wide)
}

/** The newest of one's messages. */
async function newest(page: Page): Promise<string> {
  await page.goto('/mail')
  const href = await page.locator('ul[aria-label^="Your messages"] a').first().getAttribute('href')
  if (href === null) throw new Error('there is no message')
  return href
}

for (const javaScript of [true, false])
  test(`CUM-13, CUM-52: a message that greets another waits; its sender sees why in its place, confirms, and it goes${javaScript ? '' : ', without JavaScript'}`, {
    timeout: MINUTES,
  }, async () => {
    const page = javaScript ? alice : await stage.enter('alice', { javaScript, width: 390 })
    const subject = javaScript ? 'Morning' : 'Evening'
    expect(await send(POLICE, subject, `Dear Gwendolyn,\n\n${ABOUT}`)).toEqual({ code: 0, said: '' })
    const message = await newest(page)
    await page.goto(message)
    expect(await page.textContent('h1')).toContain('Waiting')
    expect(await page.locator('mark', { hasText: 'Gwendolyn' }).count()).toBe(1)
    await page.locator('mark:has-text("Gwendolyn") + a').click()
    expect(page.url()).toMatch(/#finding-\d+$/)
    if (javaScript) await shot(page, 'held')
    await page.goto(`/demo/mail/of/${POLICE}`)
    expect(await page.textContent('main')).not.toContain(subject)
    await page.goto(message)
    await page.check('[name=confirmed][value=recipient-check]', { force: true })
    await page.click('button:has-text("Confirm")')
    await until(page, message, /Gone/)
    if (javaScript) await shot(page, 'gone')
    await until(page, `/demo/mail/of/${POLICE}`, new RegExp(subject))
  })

test('CUM-20: a message with a name in its subject is refused in the mail program; mended, it goes', {
  timeout: MINUTES,
}, async () => {
  const refused = await send(COLLEAGUE, 'Visit to Julia Smith, born 3 May 2012', 'Please ring me about the visit.')
  expect(refused.code).not.toBe(0)
  expect(refused.said).toMatch(/550 5\.7\.1 \S+ .*subject/i)
  const message = await newest(alice)
  await alice.goto(message)
  expect(await alice.textContent('h1')).toContain('Refused')
  expect(await alice.locator('mark', { hasText: 'Julia Smith' }).count()).toBeGreaterThan(0)
  await shot(alice, 'refused')
  expect(await send(COLLEAGUE, 'Visit', 'Please ring me about the visit.')).toEqual({ code: 0, said: '' })
  await until(alice, await newest(alice), /Gone/)
  await until(alice, `/demo/mail/of/${COLLEAGUE}`, /Visit/)
})

test('a message that waits is withdrawn, and nobody gets it', { timeout: MINUTES }, async () => {
  await send(POLICE, 'Keys', `Dear Gwendolyn,\n\n${ABOUT}`)
  const message = await newest(alice)
  await alice.goto(message)
  await alice.click('a:has-text("Withdraw it")')
  await shot(alice, 'withdraw')
  await alice.click('button:has-text("Withdraw it")')
  await until(alice, message, /Withdrawn/)
  await shot(alice, 'withdrawn')
  await alice.goto(`/demo/mail/of/${POLICE}`)
  expect(await alice.textContent('main')).not.toContain('Keys')
})

test('CUM-35, BEX-42: what may not be e-mailed to a carer lies in the portal; the code goes by telephone, and the carer reads it', {
  timeout: MINUTES,
}, async () => {
  expect(await send(CARER, 'Visit', `Dear Rukhsana,\n\n${ABOUT}`)).toEqual({ code: 0, said: '' })
  const message = await newest(alice)
  await until(alice, message, /Gone/)
  await shot(alice, 'converted')
  await alice.click('a:has-text("See its way")')
  await alice.click('main table a')
  const dispatch = /\/dispatches\/[0-9a-f-]{36}/.exec(alice.url())![0]
  await until(alice, `${dispatch}/portal`, /Give this code by telephone/)
  const code = /\b(\d{4} \d{4})\b/.exec((await alice.textContent('main')) ?? '')![1]!
  const carer = await stage.enter(undefined, { javaScript: false, width: 390 })
  await until(carer, `/demo/mail/of/${CARER}`, /\S/)
  await carer.locator('main a[href*="/demo/mail/"]').first().click()
  const invitation = (await carer.textContent('main')) ?? ''
  expect(invitation).not.toContain('Julia')
  const link = /\/portal\/[\w-]{20,}/.exec(invitation)![0]
  await carer.goto(link)
  await carer.fill('[name=password]', 'otter lantern quiet')
  await carer.fill('[name=again]', 'otter lantern quiet')
  await carer.fill('[name=code]', code)
  await carer.click('button:has-text("Read it")')
  expect(await carer.textContent('main')).toContain('was seen with bruises on Monday')
})

test('CUM-28, CUM-30, CUM-55: by encrypted attachment, 7-Zip opens it with the password that was told by telephone', {
  timeout: MINUTES,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'safehaven-carer-'))
  try {
    expect(await send(SCHOOL, 'Report', ABOUT, { name: 'case-notes.txt', content: ABOUT })).toEqual({
      code: 0,
      said: '',
    })
    await until(alice, await newest(alice), /Gone/)
    await alice.click('a:has-text("See its way")')
    await alice.click('main table a')
    const dispatch = /\/dispatches\/[0-9a-f-]{36}/.exec(alice.url())![0]
    await until(alice, dispatch, /Sent/)
    // The school rings: the portal will not open there. It goes on by a way that the decision leaves open, or its sender is asked which.
    await alice.goto(`${dispatch}/steps/returned`)
    for (const field of await alice.locator('main input[type=text], main textarea').all())
      await field.fill('She rang: the portal is blocked there.')
    await alice.click('main button.govuk-button')
    await until(alice, dispatch, /by Encrypted attachment|Choose how it shall go/i)
    if ((await alice.locator('main a[href$="/route"]').count()) > 0) {
      await alice.goto(`${dispatch}/route`)
      await alice.check('[name=route][value=encrypted-attachment]', { force: true })
      await alice.click('button:has-text("Send it this way")')
    }
    await until(alice, dispatch, /Sent\s+by Encrypted attachment/i)
    await shot(alice, 'rerouted')
    await alice.goto(`${dispatch}/password`)
    const password = (await alice.textContent('main strong.govuk-heading-l'))!.trim()
    const carer = await stage.enter(undefined, { javaScript: false, width: 390 })
    await carer.goto(`/demo/mail/of/${SCHOOL}`)
    const letters = await carer
      .locator('main a[href*="/demo/mail/"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
    let archive: Buffer | undefined
    for (const href of letters) {
      await carer.goto(href)
      const words = (await carer.textContent('main')) ?? ''
      expect(words).not.toContain(password)
      expect(words).not.toContain('Julia')
      const zip = carer.locator('main a[download]:has-text(".zip")')
      if (archive === undefined && (await zip.count()) > 0)
        archive = Buffer.from(await (await carer.request.get((await zip.getAttribute('href'))!)).body())
    }
    writeFileSync(join(folder, 'archive.zip'), archive!)
    const open = (word: string) =>
      execFileSync('7z', ['x', '-y', `-p${word}`, '-oopened', 'archive.zip'], { cwd: folder, stdio: 'pipe' })
    expect(() => open('a guess')).toThrow()
    rmSync(join(folder, 'opened'), { recursive: true, force: true })
    open(password)
    const found = execFileSync('find', ['opened', '-type', 'f'], { cwd: folder, encoding: 'utf8' })
    // What an encrypted archive shows to everybody is its names: here none that anybody chose (CUM-48).
    expect(found.trim()).toBe('opened/document-1.zip')
    execFileSync('7z', ['x', '-y', '-oinner', 'opened/document-1.zip'], { cwd: folder, stdio: 'pipe' })
    expect(readFileSync(join(folder, 'inner', 'case-notes.txt'), 'utf8')).toBe(ABOUT)
    await alice.fill('[name=to]', 'Sian Prosser')
    await alice.click('button:has-text("I have told the password")')
    await until(alice, dispatch, /Told|told/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
