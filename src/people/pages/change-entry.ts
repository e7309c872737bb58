import { z } from 'zod'
import { newId } from '../../platform/index.ts'
import { KINDS, type Kind, ROUTES, type Route } from '../../protocols/index.ts'
import {
  choice,
  conflict,
  invalid,
  notFound,
  optionalDay,
  optionalText,
  type PageContext,
  page,
  redirect,
  text,
  tick,
  view,
  withDays,
} from '../../web/index.ts'
import { directoryEntry } from '../directory.ts'
import type { Entry } from '../entry.ts'
import { checkEntry } from '../rules/entry-fields.ts'
import { KIND_WORDS, ROUTE_WORDS } from '../rules/words.ts'
import { listAgencies, teamsOf } from '../store/agencies.ts'
import { addEntry, changeEntry, type EntryFields, retireEntry } from '../store/directory.ts'

const form = withDays(
  ['listCheckedOn', 'prefersAgreedOn'],
  z.object({
    name: text('Enter a name', 200),
    role: optionalText(200),
    kind: choice(KINDS, 'Choose what kind of agency or person this is'),
    agency: optionalText(60),
    team: optionalText(80),
    knownBy: optionalText(300),
    address: optionalText(254),
    telephone: optionalText(40),
    mobile: optionalText(40),
    fax: optionalText(40),
    postal: optionalText(500),
    prefers: z.enum(ROUTES, 'Choose a route from the list').optional(),
    prefersAgreedWith: optionalText(200),
    prefersAgreedOn: optionalDay(),
    via: optionalText(200),
    list: tick().default(false),
    listOwner: optionalText(200),
    listCheckedOn: optionalDay(),
    version: z.coerce.number().int().optional(),
  }),
)
type Form = z.infer<typeof form>

async function show(ctx: PageContext, entry: Entry | undefined) {
  const agencies = await listAgencies(ctx.tx)
  const teams = await teamsOf(ctx.tx)
  return view('people/pages/change-entry.njk', {
    title: entry === undefined ? 'Add to the directory' : `Change ${entry.name}`,
    backTo: entry === undefined ? '/directory' : `/directory/${entry.id}`,
    entry: entry ?? { list: false },
    agencies,
    teams: teams.map((team) => ({
      ...team,
      name: `${agencies.find((one) => one.id === team.agency)?.name ?? ''}: ${team.name}`,
    })),
    kinds: KINDS.map((id) => ({ id, text: KIND_WORDS[id] })),
    routes: ROUTES.filter((id) => id !== 'register' && id !== 'email').map((id) => ({ id, text: ROUTE_WORDS[id] })),
  })
}

async function fieldsFrom(
  ctx: PageContext,
  given: Form,
): Promise<EntryFields | Record<'errors', Record<string, string>>> {
  const errors = checkEntry(given)
  if (given.agency !== undefined && !(await listAgencies(ctx.tx)).some((one) => one.id === given.agency))
    errors.agency = 'Choose an agency from the list'
  if (given.team !== undefined && !(await teamsOf(ctx.tx, given.agency)).some((one) => one.id === given.team))
    errors.team = 'Choose a team of this agency'
  if (Object.keys(errors).length > 0) return { errors }
  const { version: _, ...fields } = given
  return fields as typeof fields & { kind: Kind; prefers?: Route }
}

export const addToDirectory = page({
  path: '/directory/add',
  permission: 'directory.edit',
  audit: 'directory.add-page',
  auditPost: 'directory.added',
  get: (ctx) => show(ctx, undefined),
  form,
  async post(ctx, { form: given }) {
    const fields = await fieldsFrom(ctx, given)
    if ('errors' in fields) return invalid(fields.errors)
    const id = newId()
    await addEntry(ctx.tx, id, fields, { actor: ctx.actor.id, now: ctx.now })
    ctx.about(id)
    return redirect(`/directory/${id}`)
  },
})

export const changeDirectory = page({
  path: '/directory/:id/change',
  params: z.object({ id: z.uuid() }),
  permission: 'directory.edit',
  audit: 'directory.change-page',
  auditPost: 'directory.changed',
  async get(ctx, { params }) {
    const entry = await directoryEntry(ctx, params.id)
    return entry === undefined ? notFound() : show(ctx, entry)
  },
  form,
  async post(ctx, { params, form: given }) {
    const entry = await directoryEntry(ctx, params.id)
    if (entry === undefined) return notFound()
    const fields = await fieldsFrom(ctx, given)
    if ('errors' in fields) return invalid(fields.errors)
    const kept = {
      ...fields,
      mailboxOf: entry.mailboxOf,
      userId: entry.userId,
      trained: entry.userId === undefined ? entry.trained : undefined,
      area: fields.agency === undefined ? entry.area : undefined,
      clearance: entry.userId === undefined ? entry.clearance : undefined,
    }
    if (!(await changeEntry(ctx.tx, entry.id, kept, given.version ?? -1, ctx.now.toISOString().slice(0, 10))))
      return conflict(
        'Somebody else changed this entry while you had it open. Nothing of yours was kept: open it again and look at what they changed.',
      )
    ctx.about(entry.id)
    return redirect(`/directory/${entry.id}`)
  },
})

export const retireFromDirectory = page({
  path: '/directory/:id/retire',
  params: z.object({ id: z.uuid() }),
  permission: 'directory.edit',
  audit: 'directory.retired',
  auditPost: 'directory.retired',
  form: z.object({}),
  async post(ctx, { params }) {
    const entry = await directoryEntry(ctx, params.id)
    if (entry === undefined) return notFound()
    await retireEntry(ctx.tx, entry.id, ctx.now.toISOString().slice(0, 10))
    ctx.about(entry.id)
    return redirect(`/directory/${entry.id}`)
  },
})
