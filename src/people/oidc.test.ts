import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedArea } from '../testing/area/index.ts'
import { type TestHouse, testHouse } from '../testing/test-house.ts'
import { authenticate, pages } from './room.ts'

// A real provider on loopback: it knows two people, and signs in whoever is named in its cookie.
let server: Server
let issuer = ''
let test: TestHouse
const claimsOf: Record<string, object> = {
  alice: { email: 'alice.hartley@kirkvale.example', email_verified: true },
  stranger: { email: 'nobody@elsewhere.example', email_verified: true },
  unproven: { email: 'dev.mistry@marlow-dene.example', email_verified: false },
}
let amr: string[] = ['pwd', 'mfa']

beforeAll(async () => {
  server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  // @ts-expect-error: the package has no types
  const { default: Provider } = await import('oidc-provider')
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'safehaven',
        client_secret: 'a secret of the test',
        redirect_uris: ['http://localhost:3000/sign-in/provider/return'],
      },
    ],
    cookies: { keys: ['a key of the test'] },
    pkce: { required: () => true },
    claims: { openid: ['sub', 'email', 'email_verified', 'amr'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    findAccount: (_ctx: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...claimsOf[id], amr }),
    }),
    interactions: { url: (_ctx: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
  } as never)
  const callback = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return callback(request, response)
    const who = /who=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'stranger'
    void (async () => {
      const { prompt, params, grantId } = await provider.interactionDetails(request, response)
      if (prompt.name === 'login')
        return provider.interactionFinished(request, response, { login: { accountId: who, amr } })
      const grant = grantId
        ? ((await provider.Grant.find(grantId)) ?? new provider.Grant())
        : new provider.Grant({ accountId: who, clientId: String(params.client_id) })
      grant.addOIDCScope('openid email profile')
      grant.addOIDCClaims(['email', 'email_verified', 'amr'])
      return provider.interactionFinished(
        request,
        response,
        { consent: { grantId: await grant.save() } },
        { mergeWithLastSubmission: true },
      )
    })()
  })
  test = await testHouse({
    pages,
    authenticate,
    config: { oidc: { issuer, clientId: 'safehaven', clientSecret: 'a secret of the test' } },
  })
  await seedArea(test.house, [])
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Follows the provider's own redirects, with its cookies, until it sends the browser back to us. */
async function atProvider(from: string, who: string): Promise<string> {
  const cookies = new Map([['who', who]])
  let at = from
  for (let steps = 0; steps < 12; steps++) {
    const answer = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = (line.split(';')[0] ?? '').split('=') as [string, string]
      cookies.set(name, value)
    }
    const next = new URL(answer.headers.get('location') ?? '', at)
    if (next.port === '3000') return `${next.pathname}${next.search}`
    at = next.href
  }
  throw new Error('the provider never sent the browser back')
}

async function signIn(who: string) {
  const browser = test.browser()
  const away = await browser.get('/sign-in/provider?next=/directory')
  expect(away.to).toContain('code_challenge_method=S256')
  const back = await atProvider(away.to ?? '', who)
  return { browser, back, seen: await browser.get(back) }
}

describe('signing in with the agency’s own account', () => {
  it('opens the account whose address the provider vouches for, and knows it again by the provider’s name for it', async () => {
    const { browser, seen } = await signIn('alice')
    expect(seen.to).toBe('/directory')
    expect((await browser.get('/account')).html).toContain('Alice Hartley')
    claimsOf.alice = { email: 'renamed@kirkvale.example', email_verified: true }
    expect((await signIn('alice')).seen.to).toBe('/directory')
  })

  it('WY-5: leaves the second factor to us where the provider does not say that it asked for two', async () => {
    amr = ['pwd']
    const { browser, seen } = await signIn('alice')
    amr = ['pwd', 'mfa']
    expect(seen.to).toContain('/sign-in/second-step')
    expect((await browser.get('/account')).status).toBe(303)
  })

  it('opens nothing for someone without an account, nor for an address that nobody has proved', async () => {
    expect((await signIn('stranger')).seen).toMatchObject({
      status: 403,
      html: expect.stringContaining('you have no account here'),
    })
    expect((await signIn('unproven')).seen.status).toBe(403)
  })

  it('counts once, and only in the browser in which it was begun', async () => {
    const { browser, back } = await signIn('alice')
    expect((await browser.get(back)).html).toContain('not begun in this browser')
    const victim = test.browser()
    const away = await test.browser().get('/sign-in/provider')
    expect((await victim.get(await atProvider(away.to ?? '', 'alice'))).html).toContain('not begun in this browser')
  })

  it('says so when the provider does not answer', async () => {
    const silent = await testHouse({
      pages,
      authenticate,
      config: { oidc: { issuer: 'http://localhost:9', clientId: 'x', clientSecret: 'y' } },
    })
    expect((await silent.browser().get('/sign-in/provider')).status).toBe(503)
  })
})
