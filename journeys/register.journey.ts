// One misspelt child, three people who ask: a health visitor, a social worker of another authority, and the keeper of the register. Each sees another page.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fill, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 300_000)
afterAll(() => stage.close())

const MISSPELT = {
  name: 'Zefirine Okonkwo Vas',
  'born-day': '9',
  'born-month': '3',
  'born-year': '2015',
  postcode: 'KV1 2AB',
  purpose: 'register-check',
  risk: 'none',
  consent: 'not-sought',
  ground: 'register-check',
  needToKnow: 'Bruising seen today',
  proportionate: 'yes',
} as const

/** Asks about the child, and gives what the page says. */
async function asks(page: Page): Promise<string> {
  await fill(page, '/register', MISSPELT)
  expect(page.url()).toMatch(/\/register\/answers\/[0-9a-f-]{36}$/)
  return (await page.textContent('main')) ?? ''
}
const findings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map((one) => `${one.id} ${one.nodes[0]?.html}`)
}

describe('a misspelt child, asked about by three people', () => {
  test('WY-18: a health visitor is told that no register may answer her, and asks the keeper', async () => {
    const page = await stage.enter('farah')
    const said = await asks(page)
    expect(said).toContain('You may not be told whether this child is known')
    expect(said).not.toContain('Zephyrine')
    expect(await findings(page)).toEqual([])
    await page.click('text=Ask the keeper of Kirkvale Council')
    await page.fill('[name=words]', 'I am at the surgery until five.')
    await page.click('main button.govuk-button')
    expect(await page.textContent('main')).toContain('The answer is due')
  }, 120_000)

  test('WY-18, WY-19: a social worker of another authority is shown her own register’s old entry, and not the one of today', async () => {
    const page = await stage.enter('dev')
    const said = await asks(page)
    expect(said).toContain('Known to Marlow Dene Council')
    expect(said).toContain('Earlier plans')
    expect(said).not.toContain('12 Mill Lane')
    expect(said).toContain('Ask the keeper of Kirkvale Council')
    expect(await findings(page)).toEqual([])
  }, 120_000)

  test('WY-26, WY-31: the keeper is shown the whole record, field by field why, and what is withheld even so', async () => {
    const page = await stage.enter('imran')
    const said = await asks(page)
    expect(said).toContain('Zephyrine Okonkwo-Vass')
    expect(said).toContain('12 Mill Lane')
    expect(said).toContain('Is or was looked after')
    expect(said).toMatch(/Family name: .*times likelier/)
    expect(await page.locator('svg.register-weight__bar').count()).toBeGreaterThan(4)
    expect(await findings(page)).toEqual([])
    await page.goto('/register/questions')
    await page.locator('.govuk-task-list__link', { hasText: 'Farah Siddique' }).last().click()
    expect(await page.textContent('main')).toContain('Whom it may mean in your register')
    expect(await page.locator('svg.register-weight__bar').count()).toBeGreaterThan(4)
    expect(await findings(page)).toEqual([])
    await page.goto('/register/notices')
    expect(await page.textContent('main')).toContain('agencies asked about one child within ten days')
    expect(await findings(page)).toEqual([])
  }, 120_000)

  test('without JavaScript and on a telephone the same is asked and answered', async () => {
    const page = await stage.enter('sinead', { javaScript: false, width: 390 })
    const said = await asks(page)
    expect(said).toContain('Known to Kirkvale Council, Marlow Dene Council')
    expect(said).toContain('the same child, said Sinéad Doyle')
    // Both registers as one line of time: a picture as wide as the telephone, and the same as words.
    expect(said).toContain('From Marlow Dene Council to Kirkvale Council on 1 May 2023, with no day between.')
    const drawn = await page.locator('.register-line__narrow svg').boundingBox()
    expect(drawn!.x + drawn!.width).toBeLessThanOrEqual(390)
    expect(await page.locator('.register-line__wide svg').isVisible()).toBe(false)
    await page.locator('a', { hasText: 'Tell me if anyone else asks' }).first().click()
    await page.click('main button.govuk-button')
    expect(await page.textContent('main')).toContain('You are told if anyone else asks.')
    // Both entries side by side, item by item, stacked on a telephone.
    await page.locator('a', { hasText: 'Change of the entry of' }).first().click()
    expect(await page.locator('tbody [data-label="Marlow Dene Council"]').first().isVisible()).toBe(true)
    expect(await page.evaluate('document.documentElement.scrollWidth <= 390')).toBe(true)
    await page.goBack()
    // Asked again, whom it is about stands there, and why is asked anew.
    await page.click('text=Change it and ask again')
    expect(await page.inputValue('[name=name]')).toBe(MISSPELT.name)
    expect(await page.inputValue('[name=needToKnow]')).toBe('')
  }, 120_000)

  test('an auditor sees that somebody went through the alphabet at night', async () => {
    const page = await stage.enter('harriet')
    await page.goto('/register/watch')
    const said = await page.textContent('main')
    expect(said).toContain('Grace Okafor')
    expect(said).toContain('names in the order of the alphabet')
    expect(await findings(page)).toEqual([])
    await page.click('text=Look, and say what you found')
    expect(await findings(page)).toEqual([])
    await page.fill('[name=found]', 'She was testing the search with the trainer on that night.')
    await page.click('main button.govuk-button')
    expect(await page.textContent('main')).toContain('She was testing the search with the trainer')
  }, 120_000)
})
