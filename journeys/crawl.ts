// Walks through every page that somebody can reach, and looks at each as its readers would: wide, on a telephone, with a screen reader.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Pages that stand at the beginning of a walk; what one may not open is left out by the walk itself. */
export const SEEDS = [
  '/',
  '/directory',
  '/disclosures',
  '/tasks',
  '/protocols',
  '/demo/mail',
  '/register',
  '/intake',
  '/follow-ups',
  '/advice',
  '/authorisations',
  '/agreements',
  '/agreements/uptake',
  '/training',
  '/users',
  '/users/levels',
  '/directory/domains',
  '/account',
  '/gateway',
]

export interface Walk {
  /** Addresses that were opened, in their order. */
  readonly opened: readonly string[]
  /** What is wrong: the address, then what. */
  readonly findings: readonly string[]
}

export interface Wishes {
  readonly seeds?: readonly string[]
  /** How many addresses of one shape are opened: `/rules/CUM-1` and `/rules/CUM-2` are of one shape. */
  readonly ofOneShape?: number
  /** Shapes that axe has seen often enough; shared between walks. */
  readonly axed?: Map<string, number>
  /** Milliseconds after which the walk ends, saying so. */
  readonly within?: number
  readonly javaScript?: boolean
}

/** The shape of an address: ids, rule names and dates left out, of the query only the names. */
export function shapeOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://here')
  const path = pathname
    .split('/')
    .map((part) => (/[0-9%A-Z]/.test(part) ? ':id' : part))
    .join('/')
    .replace(/^\/(agreements|users)\/(?!add$|uptake$|levels$)[^/]+/, '/$1/:id')
  return `${path}?${[...new Set(searchParams.keys())].sort().join('&')}`
}

/** Opens every page that links lead to, breadth first, and says what is wrong with each. */
export async function walk(page: Page, wishes: Wishes = {}): Promise<Walk> {
  const { seeds = SEEDS, ofOneShape = 2, axed = new Map(), within = 60_000, javaScript = true } = wishes
  const origin = new URL(await homeOf(page)).origin
  const waiting = [...seeds]
  const seen = new Set(waiting)
  const shapes = new Map<string, number>()
  const opened: string[] = []
  const findings: string[] = []
  const end = Date.now() + within
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (Date.now() > end) {
      findings.push(`the walk was not done in time: ${waiting.length + 1} addresses were left, the next ${next}`)
      break
    }
    const shape = shapeOf(next)
    if ((shapes.get(shape) ?? 0) >= ofOneShape) continue
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1)
    const status = await open(page, next)
    const seed = seeds.includes(next)
    if (seed && (status === 403 || status === 404)) continue
    opened.push(next)
    const say = (what: string) => findings.push(`${next}: ${what}`)
    if (status >= 400) say(`answers ${status}`)
    if (status >= 500 || status === 0) continue
    for (const found of await look(page, javaScript)) say(found)
    const times = axed.get(shape) ?? 0
    if (javaScript && times < 2) {
      axed.set(shape, times + 1)
      // The second of a shape shows other content in the same layout: once, where there is least room.
      for (const found of await lookCloser(page, times === 0 ? [1280, 390] : [390])) say(found)
    }
    for (const link of await linksOf(page, origin)) {
      if (seen.has(link)) continue
      seen.add(link)
      waiting.push(link)
    }
  }
  return { opened, findings }
}

async function homeOf(page: Page): Promise<string> {
  if (page.url() === 'about:blank') await page.goto('/')
  return page.url()
}

const DOWNLOAD = -1

/** The status of the answer; 0 for none. A file to save is asked for as a program would and counts as opened when it comes. */
async function open(page: Page, address: string): Promise<number> {
  try {
    return (await page.goto(address, { timeout: 15_000 }))?.status() ?? 0
  } catch (error) {
    if (!/download|ERR_ABORTED/i.test(String(error))) return 0
    const answer = await page.request.get(address)
    return answer.status() < 400 ? DOWNLOAD : answer.status()
  }
}

const SPOILT = /\bundefined\b|\[object Object\]|\{\{|\}\}|\{%|\bNaN\b|Invalid Date|\bnull\b/

interface Seen {
  readonly type: string
  readonly text: string
  readonly title: string
  readonly headings: number
  readonly unlabelled: readonly string[]
}

// Run in the page, whose types this program does not know.
const SEEN = `({
  type: document.contentType,
  text: document.body.innerText,
  title: document.title,
  headings: document.querySelectorAll('main h1').length,
  unlabelled: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
    .filter((field) => field.labels.length === 0 && !field.ariaLabel && !field.getAttribute('aria-labelledby'))
    .map((field) => field.name),
})`

/** What anybody would see: a heading, a title, whole words, a label beside each field. */
async function look(page: Page, javaScript: boolean): Promise<string[]> {
  const { type, text, headings, title, unlabelled } = await page.evaluate<Seen>(SEEN)
  if (type !== 'text/html') return []
  const found: string[] = []
  const spoilt = SPOILT.exec(text)
  if (spoilt !== null) found.push(`shows “${text.slice(Math.max(0, spoilt.index - 40), spoilt.index + 40)}”`)
  if (headings !== 1) found.push(`has ${headings} main headings`)
  if (title.trim() === '') found.push('has no title')
  if (unlabelled.length > 0) found.push(`has fields without a label: ${unlabelled.join(', ')}`)
  if (!javaScript && /turn on JavaScript/i.test(text)) found.push('asks for JavaScript')
  return found
}

/** Axe at these widths, and nothing that must be pushed sideways on a telephone. */
async function lookCloser(page: Page, widths: readonly number[]): Promise<string[]> {
  if ((await page.evaluate('document.contentType')) !== 'text/html') return []
  const found: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    if (over > 0) found.push(`is ${over} px wider than a screen of ${width} px`)
    // No page holds a frame, for which alone axe would open a second window.
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .analyze()
    for (const { id, nodes } of violations)
      found.push(
        `at ${width} px axe says ${id}: ${nodes
          .slice(0, 2)
          .map((node) => `${node.target.join(' ')} ${node.html.slice(0, 120)}`)
          .join(' and ')}`,
      )
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  return [...new Set(found)]
}

async function linksOf(page: Page, origin: string): Promise<string[]> {
  const all = await page
    .locator('a[href]')
    .evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href))
  return all.flatMap((href) => {
    const url = URL.canParse(href) ? new URL(href) : undefined
    if (url?.origin !== origin || url.pathname.startsWith('/sign-out')) return []
    return [url.pathname + url.search]
  })
}
