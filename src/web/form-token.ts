// Against forged posts: a token that only our own pages hold, bound to a cookie, and the browser's word where the form came from.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { fingerprint, newToken, type Secrets, sameText } from '../platform/index.ts'

const COOKIE = 'safehaven_form'
const PURPOSE = 'web.form-token'

/** The browser's form cookie, set when it has none. */
export function formCookie(request: FastifyRequest, reply: FastifyReply): string {
  const known = request.cookies[COOKIE]
  if (known !== undefined && /^[\w-]{22}$/.test(known)) return known
  const id = newToken(16)
  reply.setCookie(COOKIE, id, { path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' })
  return id
}

export const formToken = (secrets: Secrets, cookie: string): string => secrets.mac(PURPOSE, cookie)

/** Stands for the browser without giving its cookie away. */
export const browserOf = (cookie: string): string => fingerprint(cookie)

/** Whether a POST came from a page of ours. */
export function tokenHolds(secrets: Secrets, request: FastifyRequest, token: unknown): boolean {
  const cookie = request.cookies[COOKIE]
  if (cookie === undefined || typeof token !== 'string') return false
  return comesFromUs(request) && secrets.macs(PURPOSE, cookie).some((right) => sameText(right, token))
}

function comesFromUs(request: FastifyRequest): boolean {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
