import { type Actor, fingerprint, newToken, type Tx } from '../platform/index.ts'
import type { Authenticate, SignedIn } from '../web/index.ts'
import { isPermission } from './permissions.ts'
import type { Person } from './person.ts'
import {
  beginSession,
  endSession,
  type Factor,
  markTokenUsed,
  sessionById,
  tokenByHash,
  touchSession,
} from './store/sessions.ts'
import { userById } from './store/users.ts'

/** A session ends after half an hour without a page, and after twelve hours in any case. */
export const IDLE = 30 * 60_000
export const LONGEST = 12 * 3_600_000
/** How long someone may take over the second step. */
const SECOND_STEP = 10 * 60_000
/** How long after its end a session still tells whose it was, so that what was typed can be given back. */
const REMEMBERED = 24 * 3_600_000

/** The person as an actor of the house. `role` is what row security sees, and never "system". */
export const actorFor = (person: Person, permissions: ReadonlySet<string> = person.permissions): Actor => ({
  id: person.id,
  name: person.name,
  kind: 'user',
  agency: person.agency,
  agencyName: person.agencyName,
  role: person.roles[0] ?? 'none',
  permissions,
})

/** Whose session a browser's token stands for. */
export const authenticate: Authenticate = async (token, tx, now): Promise<SignedIn> => {
  const session = await sessionById(tx, fingerprint(token))
  if (session === undefined || session.factor === null) return undefined
  const idle = now.getTime() - session.seenAt.getTime()
  if (idle > REMEMBERED) return undefined
  if (idle > IDLE || now.getTime() - session.begunAt.getTime() > LONGEST) return { expired: session.userId }
  const person = await userById(tx, session.userId)
  if (person === undefined || person.closedAt !== undefined) return undefined
  if (idle > 60_000) await touchSession(tx, session.id, now)
  return { actor: actorFor(person) }
}

/** Who a program's bearer token stands for: its user, with no more than the permissions the token was made with. */
export async function authenticateToken(token: string, tx: Tx, now: Date): Promise<Actor | undefined> {
  if (token.length < 20 || token.length > 200) return undefined
  const found = await tokenByHash(tx, fingerprint(token))
  if (found === undefined || found.expiresAt <= now) return undefined
  const person = await userById(tx, found.userId)
  if (person === undefined || person.closedAt !== undefined) return undefined
  await markTokenUsed(tx, found.id, now)
  const both = found.permissions.filter(isPermission).filter((permission) => person.permissions.has(permission))
  return { ...actorFor(person, new Set(both)), kind: 'program' }
}

/** Begins a session and gives the token for the browser. Without a factor it opens nothing but the second step. */
export async function openSession(
  tx: Tx,
  user: string,
  factor: Factor | undefined,
  browser: string,
  now: Date,
): Promise<string> {
  const token = newToken()
  await beginSession(tx, fingerprint(token), user, factor, browser, now)
  return token
}

/** Who has given a password in this browser and owes the second step; undefined when nobody has, or too long ago. */
export async function owingSecondStep(
  tx: Tx,
  token: string | undefined,
  now: Date,
): Promise<{ session: string; person: Person } | undefined> {
  if (token === undefined) return undefined
  const session = await sessionById(tx, fingerprint(token))
  if (session === undefined || session.factor !== null || now.getTime() - session.begunAt.getTime() > SECOND_STEP)
    return undefined
  const person = await userById(tx, session.userId)
  return person === undefined || person.closedAt !== undefined ? undefined : { session: session.id, person }
}

/** The second step is done: the session of the first ends, a new one begins under a new token. */
export async function completeSignIn(
  tx: Tx,
  owing: { session: string; person: Person },
  factor: Factor,
  browser: string,
  now: Date,
): Promise<string> {
  await endSession(tx, owing.session, now)
  return openSession(tx, owing.person.id, factor, browser, now)
}
