import { z } from 'zod'
import { newId } from '../../platform/index.ts'
import {
  choices,
  forbidden,
  invalid,
  notFound,
  optionalText,
  type PageContext,
  page,
  redirect,
  refusal,
  text,
  view,
} from '../../web/index.ts'
import { giveFirstPassword, resetAuthenticator } from '../first-password.ts'
import type { Person } from '../person.ts'
import { DUTIES, ROLES, roleTitle } from '../roles.ts'
import { trainingState } from '../rules/training.ts'
import { authorities, teamsOf } from '../store/agencies.ts'
import { dropPasskey, passkeysOf } from '../store/credentials.ts'
import { addUser, changeUser, closeUser, listUsers, userById } from '../store/users.ts'

const ROLE_IDS = [...Object.keys(ROLES), ...Object.keys(DUTIES)] as [string, ...string[]]
const fields = {
  name: text('Enter their name', 200),
  jobTitle: optionalText(200),
  email: optionalText(254),
  team: optionalText(80),
  area: optionalText(60),
  manager: optionalText(60),
  roles: choices(ROLE_IDS),
  authorisedBy: optionalText(300),
}
type Fields = z.infer<z.ZodObject<typeof fields>>

const agencyOf = (ctx: PageContext): string => ctx.actor.agency ?? ''

export const users = page({
  path: '/users',
  permission: 'user.admin',
  audit: 'user.list',
  async get(ctx) {
    const today = ctx.now.toISOString().slice(0, 10)
    const found = (await listUsers(ctx.tx, agencyOf(ctx))).map((one) => ({
      ...one,
      titles: one.roles.map(roleTitle),
      training: trainingState(one.trained, today).state,
    }))
    ctx.about('user', { listed: found.length })
    return view('people/pages/users.njk', { title: 'Users', found })
  },
})

async function show(ctx: PageContext, person: Person | undefined) {
  const agency = agencyOf(ctx)
  return view('people/pages/user.njk', {
    title: person?.name ?? 'Add a user',
    backTo: '/users',
    person: person ?? { roles: [] },
    exists: person !== undefined,
    own: person?.id === ctx.actor.id,
    roles: Object.entries(ROLES),
    duties: Object.entries(DUTIES),
    areas: await authorities(ctx.tx),
    teams: await teamsOf(ctx.tx, agency),
    managers: (await listUsers(ctx.tx, agency)).filter((one) => one.id !== person?.id),
  })
}

async function wrong(ctx: PageContext, given: Fields): Promise<Record<string, string>> {
  const errors: Record<string, string> = {}
  if (given.area !== undefined && !(await authorities(ctx.tx)).some((one) => one.id === given.area))
    errors.area = 'Choose an authority from the list'
  if (given.team !== undefined && !(await teamsOf(ctx.tx, agencyOf(ctx))).some((one) => one.id === given.team))
    errors.team = 'Choose a team from the list'
  if (given.manager !== undefined && (await userById(ctx.tx, given.manager))?.agency !== agencyOf(ctx))
    errors.manager = 'Choose a manager from the list'
  if (given.email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given.email))
    errors.email = 'Enter an e-mail address, such as name@agency.example'
  if (given.roles.length === 0) errors.roles = 'Choose at least one role or duty'
  return errors
}

export const newUser = page({
  path: '/users/add',
  permission: 'user.admin',
  audit: 'user.add-page',
  auditPost: 'user.added',
  get: (ctx) => show(ctx, undefined),
  form: z.object({ ...fields, username: text('Enter a sign-in name', 100) }),
  async post(ctx, { form }) {
    const username = form.username.toLowerCase()
    if (!/^[a-z0-9][a-z0-9._@-]{2,99}$/.test(username))
      return invalid({
        username: 'Use at least three small letters and digits; points, hyphens and @ may stand between them',
      })
    const errors = await wrong(ctx, form)
    if (Object.keys(errors).length > 0) return invalid(errors)
    const id = newId()
    if (!(await addUser(ctx.tx, { ...form, id, username, agency: agencyOf(ctx) }, ctx.now)))
      return invalid({ username: 'This sign-in name is taken. Choose another' })
    const password = await giveFirstPassword(ctx.tx, id, ctx.now)
    ctx.about(id, { roles: form.roles })
    return view('people/pages/first-password.njk', {
      title: 'The user is added',
      name: form.name,
      username,
      password,
      backTo: `/users/${id}`,
    })
  },
})

async function ours(ctx: PageContext, id: string): Promise<Person | undefined> {
  const person = await userById(ctx.tx, id)
  return person === undefined || person.agency !== agencyOf(ctx) || person.closedAt !== undefined ? undefined : person
}
const params = z.object({ id: z.uuid() })

export const oneUser = page({
  path: '/users/:id',
  params,
  permission: 'user.admin',
  audit: 'user.read',
  auditPost: 'user.changed',
  async get(ctx, { params: { id } }) {
    const person = await ours(ctx, id)
    ctx.about(id)
    return person === undefined ? notFound() : show(ctx, person)
  },
  form: z.object(fields),
  async post(ctx, { params: { id }, form }) {
    const person = await ours(ctx, id)
    if (person === undefined) return notFound()
    // WY-30: nobody raises themselves.
    const before = [...person.roles].sort().join()
    if (
      id === ctx.actor.id &&
      (before !== [...form.roles].sort().join() || (form.authorisedBy !== undefined) !== person.authorised)
    )
      return forbidden('Your own roles are changed by somebody else.')
    const errors = await wrong(ctx, form)
    if (Object.keys(errors).length > 0) return invalid(errors)
    await changeUser(ctx.tx, { ...form, id, agency: person.agency }, ctx.now)
    ctx.about(id, { rolesBefore: person.roles, roles: form.roles })
    return redirect('/users')
  },
})

const HELP = ['password', 'authenticator', 'close'] as const
export const helpUser = page({
  path: '/users/:id/help',
  params,
  permission: 'user.admin',
  audit: 'user.help',
  auditPost: 'user.helped',
  form: z.object({ what: z.enum(HELP, 'Choose what to do'), because: optionalText(300) }),
  async post(ctx, { params: { id }, form }) {
    const person = await ours(ctx, id)
    if (person === undefined) return notFound()
    if (id === ctx.actor.id) return forbidden('Your own account is looked after by somebody else.')
    ctx.about(id, { what: form.what })
    switch (form.what) {
      case 'password':
        return view('people/pages/first-password.njk', {
          title: 'A new first password',
          name: person.name,
          username: person.username,
          password: await giveFirstPassword(ctx.tx, id, ctx.now),
          backTo: `/users/${id}`,
        })
      case 'authenticator':
        await resetAuthenticator(ctx.tx, id, ctx.now)
        for (const key of await passkeysOf(ctx.tx, id)) await dropPasskey(ctx.tx, id, key.id)
        return redirect(`/users/${id}`)
      case 'close':
        if (form.because === undefined)
          return refusal(422, 'Say why the account is closed: go back and enter the reason.')
        await closeUser(ctx.tx, id, form.because, ctx.now)
        return redirect('/users')
    }
  },
})
