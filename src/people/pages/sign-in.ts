import { z } from 'zod'
import { isOwnAddress, type PageContext, page, redirect, text, view } from '../../web/index.ts'
import type { Person } from '../person.ts'
import { openSession } from '../sessions.ts'
import { checkPassword } from '../sign-in.ts'
import { printedSignIns } from '../store/printed.ts'
import { userById } from '../store/users.ts'

export const signInQuery = z.object({
  next: z.string().max(2_000).optional().catch(undefined),
  as: z.string().max(100).optional().catch(undefined),
})
type Query = z.infer<typeof signInQuery>

/** Where a sign-in leads: the address that was asked for, when it is ours. */
export const nextOf = (query: { next?: string | undefined }): string =>
  query.next !== undefined && isOwnAddress(query.next) && !query.next.startsWith('/sign-') ? query.next : '/'

export const withNext = (path: string, next: string): string =>
  next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`

/** Where someone who has just signed in goes first: the terms when they are not accepted, their account when nothing else is open to them. */
export function firstPage(person: Person, next: string): string {
  if (!person.accepted) return withNext('/account/terms', next)
  return person.trained === undefined ? '/account' : next
}

async function show(ctx: PageContext, query: Query, problem?: { sentence: string; username: string }) {
  const cast = ctx.config.demo ? await printedSignIns(ctx.tx) : []
  const chosen = cast.find((one) => one.username === query.as)
  return view(
    'people/pages/sign-in.njk',
    {
      title: 'Sign in',
      next: nextOf(query),
      problem: problem?.sentence,
      username: problem?.username ?? chosen?.username,
      password: chosen?.password,
      provider: ctx.config.oidc !== undefined,
      groups: groupsOf(cast),
      printed: cast[0]?.password,
      passkeys: withNext('/sign-in/passkey', nextOf(query)),
      providerPage: withNext('/sign-in/provider', nextOf(query)),
    },
    problem === undefined ? {} : { status: 422 },
  )
}

function groupsOf<T extends { agencyName: string }>(cast: readonly T[]): { agency: string; members: T[] }[] {
  const groups = new Map<string, T[]>()
  for (const member of cast) groups.set(member.agencyName, [...(groups.get(member.agencyName) ?? []), member])
  return [...groups].map(([agency, members]) => ({ agency, members }))
}

export const signIn = page({
  path: '/sign-in',
  query: signInQuery,
  permission: 'public',
  audit: 'sign-in.page',
  auditPost: 'sign-in.password',
  get: (ctx, { query }) => show(ctx, query),
  form: z.object({ username: text('Enter your sign-in name', 100), password: text('Enter your password', 1_000) }),
  async post(ctx, { query, form }) {
    const answer = await checkPassword(ctx.tx, { ...form, ip: ctx.visit.ip }, ctx.now)
    if (answer.outcome !== 'right') {
      // Not `invalid`, which would undo the count of wrong passwords.
      ctx.about('sign-in', { outcome: answer.outcome })
      return show(ctx, query, { sentence: answer.sentence, username: form.username })
    }
    const person = await userById(ctx.tx, answer.user)
    ctx.about(answer.user, { outcome: 'right' })
    const session = await openSession(ctx.tx, answer.user, undefined, ctx.visit.agent, ctx.now)
    const enrolled = person !== undefined && (person.factors.authenticator || person.factors.passkeys > 0)
    return redirect(withNext(enrolled ? '/sign-in/second-step' : '/sign-in/set-up', nextOf(query)), { session })
  },
})
