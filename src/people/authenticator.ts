import {
  authenticatorAddress,
  authenticatorCode,
  authenticatorStep,
  newAuthenticatorSecret,
  type Secrets,
  type Tx,
} from '../platform/index.ts'
import type { Person } from './person.ts'
import { authenticatorOf, beginAuthenticator, dropAuthenticator, useStep } from './store/credentials.ts'

const PURPOSE = 'people.authenticator'

export interface Enrolment {
  /** The key as it may be typed into an app, in groups of four. */
  readonly key: string
  /** The QR code as a data: address. */
  readonly picture: string
}

/** What an authenticator app needs to know, the same until it is confirmed by a code. Undefined when one is confirmed already. */
export async function enrolAuthenticator(tx: Tx, secrets: Secrets, person: Person): Promise<Enrolment | undefined> {
  const known = await authenticatorOf(tx, person.id)
  if (known?.confirmedAt) return undefined
  const secret =
    known === undefined ? await newAuthenticatorSecret() : secrets.open(PURPOSE, known.sealed, person.id).toString()
  if (known === undefined) await beginAuthenticator(tx, person.id, secrets.seal(PURPOSE, secret, person.id))
  const { default: QRCode } = await import('qrcode')
  const picture = await QRCode.toDataURL(await authenticatorAddress(secret, person.username), { margin: 2, width: 220 })
  return { key: secret.match(/.{1,4}/g)?.join(' ') ?? secret, picture }
}

export type CodeAnswer = 'right' | 'wrong' | 'used' | 'none'

/** Whether a code is right now. Each counts once; the first right one confirms a new authenticator. */
export async function checkCode(
  tx: Tx,
  secrets: Secrets,
  user: string,
  given: string,
  now: Date,
  enrolling = false,
): Promise<CodeAnswer> {
  const row = await authenticatorOf(tx, user)
  if (row === undefined || (row.confirmedAt === null) !== enrolling) return 'none'
  const step = await authenticatorStep(
    secrets.open(PURPOSE, row.sealed, user).toString(),
    given.replaceAll(/\s/g, ''),
    now,
  )
  if (step === undefined) return 'wrong'
  if (step <= row.lastStep) return 'used'
  await useStep(tx, user, step, now)
  return 'right'
}

export const CODE_SENTENCES: Record<Exclude<CodeAnswer, 'right'>, string> = {
  wrong:
    'The code is not right. Type the six digits that the app shows now; if they never fit, set the clock of your telephone to automatic.',
  used: 'This code has been used already. Wait until the app shows the next one.',
  none: 'No authenticator app is set up for this account.',
}

/** Sets an authenticator whose secret is known beforehand: for the invented area and for tests. */
export async function giveAuthenticator(
  tx: Tx,
  secrets: Secrets,
  user: string,
  secret: string,
  now: Date,
): Promise<void> {
  await dropAuthenticator(tx, user)
  await beginAuthenticator(tx, user, secrets.seal(PURPOSE, secret, user))
  await useStep(tx, user, 0, now)
}

/** The code that an app would show now; only the sign-in page of an invented area asks. Undefined when there is none. */
export async function codeNow(tx: Tx, secrets: Secrets, user: string, now: Date): Promise<string | undefined> {
  const row = await authenticatorOf(tx, user)
  return row === undefined ? undefined : authenticatorCode(secrets.open(PURPOSE, row.sealed, user).toString(), now)
}
