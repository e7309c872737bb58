import { command, UsageError } from '../../cli/index.ts'
import type { Context } from '../../platform/index.ts'
import type { Person } from '../person.ts'

const name = { name: { summary: 'sign-in name' } } as const

async function known(ctx: Context, username: string): Promise<Person> {
  const { userByName } = await import('../store/users.ts')
  const person = await userByName(ctx.tx, username)
  if (person === undefined || person.closedAt !== undefined)
    throw new UsageError(`There is no user ${username}. See: safehaven user list`)
  ctx.about(person.id)
  return person
}

async function checkRoles(roles: readonly string[]): Promise<void> {
  const { DUTIES, isDuty, isRole, ROLES } = await import('../roles.ts')
  const unknown = roles.find((role) => !isRole(role) && !isDuty(role))
  if (unknown !== undefined)
    throw new UsageError(
      `${unknown} is neither a role nor a duty. Roles: ${Object.keys(ROLES).join(', ')}. Duties: ${Object.keys(DUTIES).join(', ')}.`,
    )
}

const shown = (person: Person) => ({
  username: person.username,
  name: person.name,
  agency: person.agency,
  roles: person.roles,
  clearance: person.clearance,
  ...(person.area === undefined ? {} : { area: person.area }),
  ...(person.trained === undefined ? {} : { trained: person.trained }),
})

export const userAdd = command({
  name: 'user add',
  summary: 'adds a user and prints a first password, once, for seven days',
  audit: 'user.added',
  needs: 'database',
  arguments: name,
  options: {
    fullName: { value: 'NAME', summary: 'as it is shown', required: true },
    agency: { value: 'ID', summary: 'the agency they work for', required: true },
    role: { value: 'ROLE', summary: 'a role or duty; several times for several', many: true },
    area: { value: 'CODE', summary: 'the authority whose register entries are their own' },
    email: { value: 'ADDRESS', summary: 'their e-mail address' },
    jobTitle: { value: 'TEXT', summary: 'what they work as' },
  },
  async run(io, given, ctx) {
    const { newId } = await import('../../platform/index.ts')
    const { agencyById } = await import('../store/agencies.ts')
    const { addUser } = await import('../store/users.ts')
    const { giveFirstPassword } = await import('../first-password.ts')
    const username = given.name.toLowerCase()
    if (!/^[a-z0-9][a-z0-9._@-]{2,99}$/.test(username))
      throw new UsageError('A sign-in name has at least three small letters and digits.')
    await checkRoles(given.role)
    for (const id of [given.agency, ...(given.area === undefined ? [] : [given.area])])
      if ((await agencyById(ctx.tx, id)) === undefined)
        throw new UsageError(`There is no agency ${id}. See: safehaven agency list`)
    const id = newId()
    const user = {
      id,
      username,
      name: given.fullName,
      agency: given.agency,
      roles: given.role,
      area: given.area,
      email: given.email,
      jobTitle: given.jobTitle,
    }
    if (!(await addUser(ctx.tx, user, ctx.now))) throw new UsageError(`The sign-in name ${username} is taken.`)
    ctx.about(id, { roles: given.role })
    const password = await giveFirstPassword(ctx.tx, id, ctx.now)
    await io.answer({ id, username, password }, () => `${username} is added. First password, shown once: ${password}`)
  },
})

export const userList = command({
  name: 'user list',
  summary: 'lists the users, of one agency or of all',
  audit: 'user.list',
  needs: 'database',
  options: { agency: { value: 'ID', summary: 'only this agency' } },
  async run(io, { agency }, ctx) {
    const { listUsers } = await import('../store/users.ts')
    for (const person of await listUsers(ctx.tx, agency))
      await io.answer(
        shown(person),
        () =>
          `${person.username}  ${person.name}, ${person.agencyName}: ${person.roles.join(', ')} (${person.clearance})`,
      )
  },
})

export const userRoles = command({
  name: 'user roles',
  summary: 'gives a user these roles and duties in place of those they have',
  audit: 'user.changed',
  needs: 'database',
  arguments: { ...name, roles: { summary: 'roles and duties', many: true } },
  async run(io, given, ctx) {
    const person = await known(ctx, given.name)
    await checkRoles(given.roles)
    const { changeUser, userById } = await import('../store/users.ts')
    await changeUser(ctx.tx, { ...person, roles: given.roles }, ctx.now)
    ctx.about(person.id, { rolesBefore: person.roles, roles: given.roles })
    const after = (await userById(ctx.tx, person.id)) ?? person
    await io.answer(shown(after), () => `${after.username}: ${after.roles.join(', ')} (${after.clearance})`)
  },
})

export const userPassword = command({
  name: 'user password',
  summary: 'gives a new first password, printed once, and signs the user out everywhere',
  audit: 'user.helped',
  needs: 'database',
  arguments: name,
  async run(io, given, ctx) {
    const person = await known(ctx, given.name)
    const { giveFirstPassword } = await import('../first-password.ts')
    const password = await giveFirstPassword(ctx.tx, person.id, ctx.now)
    await io.answer(
      { username: person.username, password },
      () => `First password of ${person.username}, shown once: ${password}`,
    )
  },
})

export const userReset = command({
  name: 'user reset',
  summary: 'lets a user set up a new authenticator app, and takes away their passkeys',
  audit: 'user.helped',
  needs: 'database',
  arguments: name,
  async run(io, given, ctx) {
    const person = await known(ctx, given.name)
    const { resetAuthenticator } = await import('../first-password.ts')
    const { dropPasskey, passkeysOf } = await import('../store/credentials.ts')
    await resetAuthenticator(ctx.tx, person.id, ctx.now)
    for (const key of await passkeysOf(ctx.tx, person.id)) await dropPasskey(ctx.tx, person.id, key.id)
    await io.answer(
      { username: person.username, reset: true },
      () => `${person.username} sets up an authenticator app at the next sign-in.`,
    )
  },
})

export const userTrained = command({
  name: 'user trained',
  summary: 'records that a user took information-governance training',
  audit: 'training.recorded',
  needs: 'database',
  arguments: name,
  options: { on: { value: 'DAY', summary: 'the day, YYYY-MM-DD', required: true } },
  async run(io, given, ctx) {
    const person = await known(ctx, given.name)
    if (
      !/^\d{4}-\d{2}-\d{2}$/.test(given.on) ||
      Number.isNaN(Date.parse(given.on)) ||
      given.on > ctx.now.toISOString().slice(0, 10)
    )
      throw new UsageError('--on takes a day that does not lie ahead, such as 2026-03-27.')
    const { recordTraining } = await import('../store/training.ts')
    await recordTraining(ctx.tx, person.id, given.on, ctx.actor.name)
    await io.answer(
      { username: person.username, trained: given.on },
      () => `${person.username} was trained on ${given.on}.`,
    )
  },
})

export const userToken = command({
  name: 'user token',
  summary: 'makes a token for a program that asks in a user’s name, printed once',
  audit: 'account.token-made',
  needs: 'database',
  arguments: name,
  options: {
    may: { value: 'PERMISSION', summary: 'what it may do; several times for several', many: true },
    days: { value: 'N', summary: 'how long it lasts', default: '90' },
    label: { value: 'TEXT', summary: 'which program it is for', default: 'made on the command line' },
  },
  async run(io, given, ctx) {
    const person = await known(ctx, given.name)
    const { fingerprint, newToken } = await import('../../platform/index.ts')
    const { isPermission } = await import('../permissions.ts')
    const { addToken } = await import('../store/sessions.ts')
    const days = Number(given.days)
    if (!Number.isInteger(days) || days < 1 || days > 365)
      throw new UsageError('--days takes a whole number from 1 to 365.')
    const wrong = given.may.find((one) => !isPermission(one) || !person.permissions.has(one))
    if (given.may.length === 0 || wrong !== undefined)
      throw new UsageError(
        `${wrong === undefined ? 'Say with --may what the token may do' : `${person.username} may not ${wrong}`}. They may: ${[...person.permissions].join(', ')}.`,
      )
    const token = `sh_${newToken()}`
    const expiresAt = new Date(ctx.now.getTime() + days * 86_400_000)
    await addToken(
      ctx.tx,
      { userId: person.id, label: given.label, permissions: [...given.may], madeAt: ctx.now, expiresAt },
      fingerprint(token),
    )
    ctx.about(person.id, { permissions: given.may })
    await io.answer({ token, expiresAt }, () => `Token, shown once: ${token}`)
  },
})

export const userClose = command({
  name: 'user close',
  summary: 'closes an account: it opens nothing any more, and stays as the name of what was done',
  audit: 'user.closed',
  needs: 'database',
  arguments: name,
  options: { because: { value: 'TEXT', summary: 'why', required: true } },
  async run(io, given, ctx) {
    const person = await known(ctx, given.name)
    const { closeUser } = await import('../store/users.ts')
    await closeUser(ctx.tx, person.id, given.because, ctx.now)
    await io.answer({ username: person.username, closed: true }, () => `The account of ${person.username} is closed.`)
  },
})
