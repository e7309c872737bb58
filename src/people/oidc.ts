import { type Config, Fault, fingerprint, newToken, type Secrets, sql, type Tx } from '../platform/index.ts'
import type { Person } from './person.ts'
import { bindOidc, userByAddress, userByOidc } from './store/users.ts'

const PURPOSE = 'people.oidc'
export const CALLBACK = '/sign-in/provider/return'
const library = () => import('openid-client')
type Provider = Awaited<ReturnType<Awaited<ReturnType<typeof library>>['discovery']>>

const known = new Map<string, Promise<Provider>>()

/** The provider's own description of itself, asked once; a failure is not remembered. */
function providerOf(oidc: NonNullable<Config['oidc']>): Promise<Provider> {
  const key = `${oidc.issuer}\n${oidc.clientId}`
  const waiting = known.get(key)
  if (waiting) return waiting
  const asked = library().then(({ allowInsecureRequests, discovery }) => {
    const issuer = new URL(oidc.issuer)
    // A provider on this very machine (a test, a development host) may be spoken to without TLS; no other.
    const near = ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname) && issuer.protocol === 'http:'
    return discovery(
      issuer,
      oidc.clientId,
      oidc.clientSecret,
      undefined,
      near ? { execute: [allowInsecureRequests] } : {},
    )
  })
  known.set(key, asked)
  asked.catch(() => known.delete(key))
  return asked
}

const unreachable = (cause: unknown) =>
  new Fault(
    'people.provider-silent',
    'Your agency’s sign-in does not answer. Try again in a minute, or sign in here with your password.',
    { status: 503, cause },
  )

export interface Leaving {
  readonly to: string
  /** For the browser's cookie: the return is bound to it. */
  readonly token: string
}

/** Where the browser goes to sign in at the agency's own provider: code with PKCE, state and nonce. */
export async function goToProvider(
  tx: Tx,
  config: Config,
  secrets: Secrets,
  next: string,
  now: Date,
): Promise<Leaving> {
  if (config.oidc === undefined)
    throw new Fault('people.no-provider', 'No other sign-in is set up here.', { status: 404 })
  const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } =
    await library()
  const provider = await providerOf(config.oidc).catch((cause) => Promise.reject(unreachable(cause)))
  const token = newToken()
  const [verifier, state, nonce] = [randomPKCECodeVerifier(), randomState(), randomNonce()]
  const sealed = secrets.seal(PURPOSE, JSON.stringify({ verifier, nonce, next, browser: fingerprint(token) }), state)
  await tx.run(sql`delete from people.oidc_request where asked_at < ${new Date(now.getTime() - 900_000)}`)
  await tx.run(sql`insert into people.oidc_request (state, sealed, asked_at) values (${state}, ${sealed}, ${now})`)
  const to = buildAuthorizationUrl(provider, {
    redirect_uri: `${config.publicUrl}${CALLBACK}`,
    scope: 'openid email profile',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  return { to: to.href, token }
}

export type Returned =
  | { readonly outcome: 'known'; readonly person: Person; readonly next: string; readonly twoFactors: boolean }
  | { readonly outcome: 'no'; readonly sentence: string }

/** The browser comes back. The account is the one bound to the provider's subject, or, once, the one whose e-mail address the provider vouches for. */
export async function returnFromProvider(
  tx: Tx,
  config: Config,
  secrets: Secrets,
  came: { address: string; state: string; token: string | undefined },
): Promise<Returned> {
  if (config.oidc === undefined) return { outcome: 'no', sentence: 'No other sign-in is set up here.' }
  const [row] = await tx.query<{ sealed: Buffer }>(
    sql`delete from people.oidc_request where state = ${came.state} returning sealed`,
  )
  const kept =
    row === undefined
      ? undefined
      : (JSON.parse(secrets.open(PURPOSE, row.sealed, came.state).toString()) as {
          verifier: string
          nonce: string
          next: string
          browser: string
        })
  if (kept === undefined || came.token === undefined || fingerprint(came.token) !== kept.browser)
    return { outcome: 'no', sentence: 'This sign-in was not begun in this browser, or too long ago. Begin again.' }
  const { authorizationCodeGrant } = await library()
  const provider = await providerOf(config.oidc).catch((cause) => Promise.reject(unreachable(cause)))
  const tokens = await authorizationCodeGrant(provider, new URL(`${config.publicUrl}${came.address}`), {
    pkceCodeVerifier: kept.verifier,
    expectedState: came.state,
    expectedNonce: kept.nonce,
    idTokenExpected: true,
  }).catch(() => undefined)
  const claims = tokens?.claims()
  if (claims === undefined)
    return { outcome: 'no', sentence: 'Your agency’s sign-in did not confirm who you are. Begin again.' }
  const person = (await userByOidc(tx, claims.iss, claims.sub)) ?? (await firstTime(tx, claims))
  if (person === undefined || person.closedAt !== undefined)
    return {
      outcome: 'no',
      sentence:
        'Your agency confirmed who you are, and you have no account here. Ask whoever looks after accounts in your agency.',
    }
  return { outcome: 'known', person, next: kept.next, twoFactors: saysTwoFactors(claims.amr) }
}

async function firstTime(
  tx: Tx,
  claims: { readonly iss: string; readonly sub: string; readonly [claim: string]: unknown },
): Promise<Person | undefined> {
  if (claims.email_verified !== true || typeof claims.email !== 'string') return undefined
  const person = await userByAddress(tx, claims.email)
  const bound =
    person &&
    (await tx.maybe(sql`select id from people.user_account where id = ${person.id}::uuid and oidc_subject is not null`))
  if (person === undefined || bound !== undefined) return undefined
  await bindOidc(tx, person.id, claims.iss, claims.sub)
  return person
}

// RFC 8176: "mfa" says it outright; otherwise our own second step is asked for.
const saysTwoFactors = (amr: unknown): boolean => Array.isArray(amr) && amr.includes('mfa')
