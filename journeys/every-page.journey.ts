// Every page that somebody of the cast can reach: axe finds nothing, nothing is pushed sideways on a telephone, no word is spoilt, and all of it works without JavaScript.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SEEDS, type Walk, walk } from './crawl.ts'
import { openStage, type Stage } from './stage.ts'
import { custody, send, write } from './story.ts'

let stage: Stage
let alice: Page
let disclosures: readonly string[]
const axed = new Map<string, number>()

beforeAll(async () => {
  stage = await openStage()
  alice = await stage.enter('alice')
  const wanted = {
    purpose: 'section-47',
    items: ['name', 'concern'],
    recipient: ['Martha', 'Martha Ellis'],
  } as const
  const sent = await write(alice, wanted)
  await send(alice, sent)
  await custody(alice, sent, /Sent \d/)
  disclosures = [sent, await write(alice, wanted)]
}, 300_000)
afterAll(() => stage.close())

const pagesOf = (id: string): string[] =>
  ['', '/decision', '/check', '/custody', '/record', '/ask', '/not-share', '/route', '/consent', '/harm', '/about'].map(
    (part) => `/disclosures/${id}${part}`,
  )

const lookAt = async (username: string | undefined, seeds: readonly string[] = SEEDS): Promise<Walk> => {
  const page = username === 'alice' ? alice : await stage.enter(username)
  return walk(page, { seeds, axed, within: 290_000 })
}

describe('every page', () => {
  test('that a social worker reaches can be read with a screen reader and on a telephone', async () => {
    const { opened, findings } = await lookAt('alice', [...SEEDS, ...disclosures.flatMap(pagesOf)])
    expect(findings).toEqual([])
    expect(opened.length).toBeGreaterThan(60)
  }, 300_000)

  test.each([
    ['a business supporter who administers users', 'usha', 40],
    ['a hub worker', 'grace', 25],
    ['a team manager', 'bashir', 25],
    ['an information-governance lead', 'harriet', 20],
    ['a keeper of the register', 'imran', 25],
    ['a police constable', 'piotr', 25],
    ['a designated safeguarding lead', 'martha', 25],
    ['an analyst who may see little', 'chelsea', 15],
    ['a visitor who has not signed in', undefined, 1],
  ])(
    'that %s reaches does so too',
    async (_who, username, least) => {
      const { opened, findings } = await lookAt(username)
      expect(findings).toEqual([])
      expect(opened.length).toBeGreaterThanOrEqual(least)
    },
    180_000,
  )

  test('works with JavaScript turned off', async () => {
    const browser = alice.context().browser()!
    const context = await browser.newContext({
      baseURL: stage.address,
      javaScriptEnabled: false,
      viewport: { width: 390, height: 900 },
      storageState: await alice.context().storageState(),
    })
    const page = await context.newPage()
    const seeds = [...SEEDS, ...disclosures.flatMap(pagesOf)]
    const { opened, findings } = await walk(page, { seeds, ofOneShape: 1, javaScript: false, within: 60_000 })
    expect(findings).toEqual([])
    expect(opened.length).toBeGreaterThan(40)
  }, 90_000)
})
