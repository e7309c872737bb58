import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { signIn } from '../../testing/sign-in.ts'
import { letter, messagesIn, openGateway } from '../smtp/house.fixture.ts'

const gateway = await openGateway()
const { test } = gateway
const login = await gateway.password('alice')
const { rows } = await test.house.database.pool.query(
  `select email from people.user_account where username in ('alice', 'bashir') order by username`,
)
const [alice, bashir] = rows.map((one) => one.email as string) as [string, string]

describe('the hold page', () => {
  it('fits a telephone and a desk, and no barrier is found in it', { timeout: 240_000 }, async () => {
    const text = `Dear Gwendolyn,\n\nJulia Smith, born 3 May 2012, of 4 Mill Lane, Kirkvale KV1 2AB, was seen with bruises. <script>alert(1)</script> ${'Ж'.repeat(150)}`
    await gateway.send(login, { from: alice, to: [bashir] }, letter(alice, bashir, 'Visit', text))
    const [kept] = await messagesIn(gateway)
    const { cookies } = await signIn(test, 'alice')
    await test.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = test.app.server.address() as { port: number }
    const browser = await chromium.launch({
      executablePath: process.env.SAFEHAVEN_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-sync',
      ],
    })
    try {
      for (const width of [390, 1280]) {
        const context = await browser.newContext({ viewport: { width, height: 844 }, reducedMotion: 'reduce' })
        await context.addCookies([...cookies].map(([name, value]) => ({ name, value, domain: '127.0.0.1', path: '/' })))
        for (const path of [
          '/mail',
          `/mail/${kept!.id}`,
          `/mail/${kept!.id}/recipients`,
          `/mail/${kept!.id}/withdraw`,
          '/mail/passwords',
        ]) {
          const page = await context.newPage()
          const answer = await page.goto(`http://127.0.0.1:${port}${path}`)
          expect(answer?.status()).toBe(200)
          expect(
            await page.evaluate('document.documentElement.scrollWidth'),
            `${path} at ${width}`,
          ).toBeLessThanOrEqual(width)
          const { violations } = await new AxeBuilder({ page }).analyze()
          expect(violations.map((one) => `${path}: ${one.id} ${one.nodes[0]?.html}`)).toEqual([])
          if (process.env.SHOTS_TO !== undefined)
            await page.screenshot({
              path: `${process.env.SHOTS_TO}/${path.replaceAll(/[^a-z]/g, '').slice(-12)}-${width}.png`,
              fullPage: true,
            })
          await page.close()
        }
        await context.close()
      }
    } finally {
      await browser.close()
    }
  })
})
