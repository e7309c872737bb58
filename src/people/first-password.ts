import { generatePassword, hashPassword, type Tx } from '../platform/index.ts'
import { dropAuthenticator, setPassword } from './store/credentials.ts'
import { endSessionsOf } from './store/sessions.ts'

/** A first password lasts this long; whoever holds it chooses their own and sets up a second factor. */
const LASTS = 7 * 24 * 3_600_000

/** Gives a user a new first password, to be told in person or by telephone, and signs them out everywhere. */
export async function giveFirstPassword(tx: Tx, user: string, now: Date): Promise<string> {
  const password = generatePassword(80)
  await setPassword(tx, user, await hashPassword(password), now, new Date(now.getTime() + LASTS))
  await endSessionsOf(tx, user, now)
  return password
}

/** Lets a user set up a new authenticator app: the old one opens nothing any more, and they are signed out everywhere. */
export async function resetAuthenticator(tx: Tx, user: string, now: Date): Promise<void> {
  await dropAuthenticator(tx, user)
  await endSessionsOf(tx, user, now)
}
