import type { Config, Tx } from '../platform/index.ts'
import type { Person } from './person.ts'
import { addPasskey, askPasskey, passkeyById, passkeysOf, takeQuestion, usePasskey } from './store/credentials.ts'

// A passkey asks its holder for a finger or a PIN, so that it is both factors in one.
const library = () => import('@simplewebauthn/server')
const site = (config: Config) => ({ origin: new URL(config.publicUrl).origin, id: new URL(config.publicUrl).hostname })

/** The question for a new passkey, as JSON for the browser. `session` is what the answer is bound to. */
export async function askForPasskey(
  tx: Tx,
  config: Config,
  person: Person,
  session: string,
  now: Date,
): Promise<string> {
  const { generateRegistrationOptions } = await library()
  const known = await passkeysOf(tx, person.id)
  const options = await generateRegistrationOptions({
    rpName: 'Safehaven',
    rpID: site(config).id,
    userName: person.username,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    attestationType: 'none',
    excludeCredentials: known.map((key) => ({ id: key.id, transports: key.transports as never })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await askPasskey(tx, session, options.challenge, 'add', now)
  return JSON.stringify(options)
}

/** Keeps a new passkey when the browser's answer proves it. */
export async function keepPasskey(
  tx: Tx,
  config: Config,
  given: { person: Person; session: string; answer: string; label: string },
  now: Date,
): Promise<boolean> {
  const challenge = await takeQuestion(tx, given.session, 'add', now)
  const response = parsed(given.answer)
  if (challenge === undefined || response === undefined) return false
  const { verifyRegistrationResponse } = await library()
  const { origin, id } = site(config)
  const proof = await verifyRegistrationResponse({
    response: response as never,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!proof?.verified) return false
  const { credential } = proof.registrationInfo
  return addPasskey(tx, {
    id: credential.id,
    userId: given.person.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: [...(credential.transports ?? [])],
    label: given.label,
    addedAt: now,
  })
}

/** The question for signing in with any passkey that the browser holds for this site. */
export async function askToSignIn(tx: Tx, config: Config, session: string, now: Date): Promise<string> {
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({ rpID: site(config).id, userVerification: 'required' })
  await askPasskey(tx, session, options.challenge, 'sign-in', now)
  return JSON.stringify(options)
}

/** Whose passkey the browser's answer proves; undefined when it proves none. */
export async function provenByPasskey(
  tx: Tx,
  config: Config,
  session: string,
  answer: string,
  now: Date,
): Promise<string | undefined> {
  const challenge = await takeQuestion(tx, session, 'sign-in', now)
  const response = parsed(answer)
  if (challenge === undefined || response === undefined) return undefined
  const key = await passkeyById(tx, response.id)
  if (key === undefined) return undefined
  const { verifyAuthenticationResponse } = await library()
  const { origin, id } = site(config)
  const proof = await verifyAuthenticationResponse({
    response: response as never,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    credential: {
      id: key.id,
      publicKey: new Uint8Array(key.publicKey),
      counter: key.counter,
      transports: key.transports as never,
    },
  }).catch(() => undefined)
  if (!proof?.verified) return undefined
  await usePasskey(tx, key.id, proof.authenticationInfo.newCounter, now)
  return key.userId
}

function parsed(answer: string): { id: string } | undefined {
  try {
    const value: unknown = JSON.parse(answer)
    return typeof value === 'object' &&
      value !== null &&
      'id' in value &&
      typeof value.id === 'string' &&
      value.id.length < 1_500
      ? (value as { id: string })
      : undefined
  } catch {
    return undefined
  }
}
