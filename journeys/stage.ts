// The stage of a journey: the invented area as `npm start` opens it, and a real browser in which someone of its cast is signed in.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const PASSWORD = 'quiet harbour lantern'

export interface Stage {
  readonly address: string
  /** Where mail programs hand in, and the folder with the certificate of that. */
  readonly smtpPort: number
  readonly folder: string
  /** A fresh window in which this member of the cast is signed in; nobody when no name is given. */
  enter(username?: string, options?: { javaScript?: boolean; width?: number }): Promise<Page>
  close(): Promise<void>
}

/** Opens the area on free ports in a folder of its own; takes some ten seconds. */
export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'safehaven-journey-'))
  const [port, smtpPort] = [await freePort(), await freePort()]
  const address = `http://localhost:${port}`
  const started = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '..', 'bin', 'safehaven.js'),
      'start',
      '--demo',
      '--port',
      String(port),
      '--smtp-port',
      String(smtpPort),
      '--data',
      folder,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  await ready(started)
  const browser = await chromium.launch({ ...where(), args: FLAGS })
  return {
    address,
    smtpPort,
    folder,
    enter: (username, options) => enter(browser, address, username, options),
    async close() {
      await browser.close()
      const ended = new Promise((resolve) => started.once('exit', resolve))
      started.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Debian's Chromium where there is one, otherwise the one that Playwright fetched. */
function where(): { executablePath?: string } {
  const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  )
  return found === undefined ? {} : { executablePath: found }
}

async function ready(started: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the area did not open within two minutes:\n${said}`)), 120_000)
    const listen = (piece: Buffer): void => {
      said += piece.toString()
      if (!said.includes('is ready')) return
      clearTimeout(late)
      resolve()
    }
    started.stdout?.on('data', listen)
    started.stderr?.on('data', listen)
    started.once('exit', () => {
      clearTimeout(late)
      reject(new Error(`the area did not open:\n${said}`))
    })
  })
}

async function enter(
  browser: Browser,
  address: string,
  username?: string,
  { javaScript = true, width = 1280 }: { javaScript?: boolean; width?: number } = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled: javaScript,
    baseURL: address,
    acceptDownloads: true,
  })
  const page = await context.newPage()
  if (username === undefined) return page
  await page.goto('/sign-in')
  await page.fill('[name=username]', username)
  await page.fill('[name=password]', PASSWORD)
  await page.click('button:has-text("Continue")')
  // The invented area shows the authenticator's code on the page; a code is good once, so the next may have to be waited for.
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const shown = /\b(\d{6})\b/.exec((await page.textContent('main')) ?? '')?.[1]
    if (shown === undefined) throw new Error('the second step shows no code')
    await page.fill('[name=code]', shown)
    await page.click('main button.govuk-button')
    if (!page.url().includes('/sign-in')) return page
    await page.waitForTimeout(10_000)
    await page.goto('/sign-in/second-step')
  }
  throw new Error(`${username} could not sign in`)
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const found = server.address()
      server.close(() => resolve(typeof found === 'object' && found !== null ? found.port : 0))
    })
  })
}

export type Typed = Readonly<Record<string, string | readonly string[]>>

/** Goes to a page, types what is given by the names of its fields, and presses its first green button. */
export async function fill(
  page: Page,
  path: string,
  typed: Typed,
  button = 'main form button.govuk-button:not(.govuk-button--secondary):not(.govuk-button--warning)',
): Promise<void> {
  await page.goto(path)
  for (const [name, value] of Object.entries(typed)) {
    for (const one of Array.isArray(value) ? value : [value as string]) {
      const choice = page.locator(`main [name="${name}"][value="${one}"]`)
      if (
        (await choice.count()) > 0 &&
        ['radio', 'checkbox'].includes((await choice.first().getAttribute('type')) ?? '')
      )
        await choice.first().check({ force: true })
      else if ((await page.locator(`main select[name="${name}"]`).count()) > 0)
        await page.locator(`main select[name="${name}"]`).selectOption(one)
      else await page.locator(`main [name="${name}"]`).first().fill(one)
    }
  }
  await page.locator(button).first().click()
  await page.waitForLoadState()
  const trouble = page.locator('.govuk-error-summary')
  if ((await trouble.count()) > 0)
    throw new Error(`${path}: ${(await trouble.first().textContent())?.replaceAll(/\s+/g, ' ')}`)
}
