import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, anonymous, type House, system, type Tx } from '../platform/index.ts'
import type { SessionChange } from './answers.ts'
import type { Visit } from './page.ts'

/** What a session token stands for: a signed-in actor, one whose sign-in has run out (the user's id), or nothing. */
export type SignedIn = { readonly actor: Actor } | { readonly expired: string } | undefined

/** Given by the room that knows users; runs as the system, in a short transaction before the page's own. */
export type Authenticate = (token: string, tx: Tx, now: Date, visit: Visit) => Promise<SignedIn>

export interface Visitor {
  readonly actor: Actor
  /** Whose sign-in ran out, if it did. */
  readonly expired?: string
  readonly visit: Visit
}

export const SESSION_COOKIE = 'safehaven_session'

export async function greet(house: House, authenticate: Authenticate, request: FastifyRequest): Promise<Visitor> {
  const session = request.cookies[SESSION_COOKIE]
  const visit: Visit = {
    ip: request.ip,
    agent: (request.headers['user-agent'] ?? '').slice(0, 200),
    address: request.url,
    secure: request.protocol === 'https',
    ...(session === undefined || session === '' ? {} : { session }),
  }
  if (visit.session === undefined || visit.session.length > 200) return { actor: anonymous, visit }
  const token = visit.session
  const known = await house.database.transaction(system, (tx) => authenticate(token, tx, house.clock.now(), visit))
  if (known === undefined) return { actor: anonymous, visit }
  return 'actor' in known ? { actor: known.actor, visit } : { actor: anonymous, visit, expired: known.expired }
}

export function changeSession(reply: FastifyReply, change: SessionChange | undefined, secure: boolean): void {
  if (change === undefined) return
  const scope = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure }
  if (change === null) reply.clearCookie(SESSION_COOKIE, scope)
  else reply.setCookie(SESSION_COOKIE, change, scope)
}
