// The start of a referral without a mouse: Tab, Space and Enter reach everything, and where one is can always be seen.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 130_000)
afterAll(() => stage.close())

// Run in the page: whether what has the focus looks different from when it has not. Radios and boxes draw it on their label.
const MARKED = `(() => {
  const at = document.activeElement
  const styles = [getComputedStyle(at), getComputedStyle(at.nextElementSibling ?? at, '::before')]
  return styles.some((one) => (one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0) || one.boxShadow !== 'none')
})()`

/** Presses Tab until what the selector names has the focus; everything on the way must be seen to have it. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    const { here, where } = await page.evaluate<{ here: boolean; where: string }>(
      `({ here: document.activeElement.matches(${JSON.stringify(selector)}), where: document.activeElement.outerHTML.slice(0, 120) })`,
    )
    if (!where.startsWith('<body'))
      expect(await page.evaluate<boolean>(MARKED), `the focus on ${where} cannot be seen`).toBe(true)
    if (here) return
  }
  throw new Error(`${selector} is not reached with Tab on ${page.url()}`)
}

async function press(page: Page, key: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)])
}

const CONTINUE = 'main form button.govuk-button:not(.govuk-button--secondary)'

test('a worry is written down, its purpose chosen and the child named with the keyboard alone', async () => {
  const page = await stage.enter('alice')
  await page.goto('/')
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.className')).toContain('govuk-skip-link')
  await tabTo(page, 'main a[href="/disclosures/new"]')
  await press(page, 'Enter')
  await tabTo(page, 'main button.govuk-button')
  await press(page, 'Enter')
  expect(page.url()).toMatch(/\/disclosures\/[0-9a-f-]{36}/)
  const begun = /\/disclosures\/[0-9a-f-]{36}/.exec(page.url())![0]

  await page.goto(`${begun}/worry`)
  await tabTo(page, 'textarea[name=words]')
  await page.keyboard.type('He said that his uncle hits him.')
  await tabTo(page, 'input[name=risk]')
  await page.keyboard.press('Space')
  for (let down = 0; down < 3 && !(await page.locator('[name=risk][value=significant-harm]').isChecked()); down += 1)
    await page.keyboard.press('ArrowDown')
  await tabTo(page, CONTINUE)
  await press(page, 'Enter')
  expect(page.url()).toContain('/purpose')

  await tabTo(page, 'input[name=purpose]')
  await page.keyboard.press('Space')
  await tabTo(page, CONTINUE)
  await press(page, 'Enter')

  await page.goto(`${begun}/about/person?part=child`)
  await tabTo(page, '[name=name]')
  await page.keyboard.type('Robin Example')
  await tabTo(page, '[name=born-day]')
  await page.keyboard.type('9')
  await tabTo(page, '[name=born-month]')
  await page.keyboard.type('3')
  await tabTo(page, '[name=born-year]')
  await page.keyboard.type('2015')
  await tabTo(page, CONTINUE)
  await press(page, 'Enter')
  expect(await page.textContent('main')).toContain('Robin Example')

  // A mistake takes the focus to its sentence, and from there to the field.
  await page.goto(`${begun}/about/person?part=child`)
  await tabTo(page, CONTINUE)
  await press(page, 'Enter')
  await tabTo(page, '.govuk-error-summary a')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('document.activeElement.name')).toBe('name')
}, 120_000)
