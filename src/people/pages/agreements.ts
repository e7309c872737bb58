import { z } from 'zod'
import { ITEMS, type Item, PURPOSES, type Purpose } from '../../protocols/index.ts'
import {
  choice,
  choices,
  conflict,
  day,
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
import { reviewState } from '../agreements.ts'
import { PROOF_DAYS } from '../rules/channel.ts'
import { PURPOSE_WORDS } from '../rules/words.ts'
import { listAgencies, teamsOf } from '../store/agencies.ts'
import {
  AGREEMENT_KINDS,
  type Agreement,
  type AgreementFields,
  agreementById,
  keepAgreement,
  keepParty,
  listAgreements,
  uptake,
} from '../store/agreements.ts'

const todayOf = (ctx: PageContext): string => ctx.now.toISOString().slice(0, 10)
export const KIND_NAMES: Record<(typeof AGREEMENT_KINDS)[number], string> = {
  framework: 'Framework',
  'information-sharing': 'Information sharing',
  bilateral: 'Between two teams',
  mash: 'MASH',
  marac: 'MARAC',
  mappa: 'MAPPA',
  other: 'Other',
}

export const agreements = page({
  path: '/agreements',
  permission: 'agreement.read',
  audit: 'agreement.list',
  async get(ctx) {
    const found = (await listAgreements(ctx.tx)).map((one) => ({
      ...one,
      kindName: KIND_NAMES[one.kind],
      review: reviewState(one, todayOf(ctx)),
    }))
    return view('people/pages/agreements.njk', {
      title: 'Agreements',
      found,
      pressing: found.filter((one) => one.review.state === 'due' || one.review.state === 'overdue'),
    })
  },
})

export const uptakePage = page({
  path: '/agreements/uptake',
  permission: 'agreement.read',
  audit: 'agreement.uptake',
  async get(ctx) {
    const since = new Date(ctx.now.getTime() - PROOF_DAYS * 86_400_000).toISOString().slice(0, 10)
    const found = await uptake(ctx.tx, since)
    return view('people/pages/uptake.njk', {
      title: 'Who is on the secure process',
      backTo: '/agreements',
      found,
      on: found.filter((one) => one.live > 0).length,
    })
  },
})

export const oneAgreement = page({
  path: '/agreements/:id',
  permission: 'agreement.read',
  audit: 'agreement.read',
  async get(ctx, { params }) {
    const agreement = await agreementById(ctx.tx, params.id ?? '')
    if (agreement === undefined) return notFound()
    ctx.about(agreement.id)
    const under = agreement.under === undefined ? undefined : await agreementById(ctx.tx, agreement.under)
    return view('people/pages/agreement.njk', {
      title: agreement.title,
      backTo: '/agreements',
      agreement,
      under,
      kindName: KIND_NAMES[agreement.kind],
      review: reviewState(agreement, todayOf(ctx)),
      purposes: agreement.purposes.map((one) => PURPOSE_WORDS[one]),
    })
  },
})

const fields = {
  title: text('Enter a title', 300),
  kind: choice(AGREEMENT_KINDS, 'Choose what kind of agreement this is'),
  under: optionalText(80),
  owner: text('Say who owns the agreement', 200),
  ownerContact: text('Say how the owner is reached', 300),
  signedOn: day('Enter the day on which it was signed'),
  reviewOn: day('Enter the day on which it is to be reviewed'),
  endsOn: optionalDay(),
  purposes: choices(PURPOSES),
  items: choices(ITEMS),
  conditions: text('State the conditions of access', 5_000),
  restrictions: text('State the restrictions of use', 5_000),
  jointControllers: tick().default(false),
}
const DAYS = ['signedOn', 'reviewOn', 'endsOn'] as const

async function show(ctx: PageContext, agreement: Agreement | undefined) {
  return view('people/pages/change-agreement.njk', {
    title: agreement === undefined ? 'Add an agreement' : `Change ${agreement.title}`,
    backTo: agreement === undefined ? '/agreements' : `/agreements/${agreement.id}`,
    agreement: agreement ?? { purposes: [], items: [] },
    exists: agreement !== undefined,
    kinds: Object.entries(KIND_NAMES),
    frameworks: (await listAgreements(ctx.tx)).filter((one) => one.id !== agreement?.id),
    purposes: PURPOSES.map((id) => [id, PURPOSE_WORDS[id]]),
    items: ITEMS,
  })
}

function wrong(given: { signedOn: string; reviewOn: string; endsOn?: string | undefined }): Record<string, string> {
  if (given.reviewOn <= given.signedOn) return { reviewOn: 'The review comes after the signing' }
  if (given.endsOn !== undefined && given.endsOn < given.signedOn)
    return { endsOn: 'It cannot end before it was signed' }
  return {}
}

export const addAgreement = page({
  path: '/agreements/add',
  permission: 'agreement.edit',
  audit: 'agreement.add-page',
  auditPost: 'agreement.added',
  get: (ctx) => show(ctx, undefined),
  form: withDays([...DAYS], z.object(fields)),
  async post(ctx, { form }) {
    const errors = wrong(form)
    if (Object.keys(errors).length > 0) return invalid(errors)
    const id = form.title
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 70)
    if (id.length < 2) return invalid({ title: 'Enter a title that has letters in it' })
    if (form.under !== undefined && (await agreementById(ctx.tx, form.under)) === undefined)
      return invalid({ under: 'Choose an agreement from the list' })
    if (!(await keepAgreement(ctx.tx, { ...form, id } as AgreementFields)))
      return invalid({ title: 'There is an agreement of this title already' })
    ctx.about(id)
    return redirect(`/agreements/${id}/parties`)
  },
})

export const changeAgreement = page({
  path: '/agreements/:id/change',
  permission: 'agreement.edit',
  audit: 'agreement.change-page',
  auditPost: 'agreement.changed',
  async get(ctx, { params }) {
    const agreement = await agreementById(ctx.tx, params.id ?? '')
    return agreement === undefined ? notFound() : show(ctx, agreement)
  },
  form: withDays([...DAYS], z.object({ ...fields, version: z.coerce.number().int() })),
  async post(ctx, { params, form: { version, ...form } }) {
    const id = params.id ?? ''
    const errors = wrong(form)
    if (Object.keys(errors).length > 0) return invalid(errors)
    if (form.under === id || (form.under !== undefined && (await agreementById(ctx.tx, form.under)) === undefined))
      return invalid({ under: 'Choose another agreement from the list' })
    if (
      !(await keepAgreement(
        ctx.tx,
        { ...form, id, purposes: form.purposes as Purpose[], items: form.items as Item[] } as AgreementFields,
        version,
      ))
    )
      return conflict(
        'Somebody else changed this agreement while you had it open. Open it again and look at what they changed.',
      )
    ctx.about(id)
    return redirect(`/agreements/${id}`)
  },
})

export const agreementParties = page({
  path: '/agreements/:id/parties',
  permission: 'agreement.edit',
  audit: 'agreement.parties-page',
  auditPost: 'agreement.party-kept',
  async get(ctx, { params }) {
    const agreement = await agreementById(ctx.tx, params.id ?? '')
    if (agreement === undefined) return notFound()
    return view('people/pages/parties.njk', {
      title: `Parties to ${agreement.title}`,
      backTo: `/agreements/${agreement.id}`,
      agreement,
      agencies: await listAgencies(ctx.tx),
      teams: await teamsOf(ctx.tx),
    })
  },
  form: withDays(
    ['signedOn', 'liveOn', 'leftOn'],
    z.object({
      agency: text('Choose an agency', 60),
      team: optionalText(80),
      signedBy: text('Say who signed', 200),
      signedOn: day('Enter the day on which they signed'),
      adviser: optionalText(200),
      adviserContact: optionalText(300),
      liveOn: optionalDay(),
      leftOn: optionalDay(),
    }),
  ),
  async post(ctx, { params, form }) {
    const agreement = await agreementById(ctx.tx, params.id ?? '')
    if (agreement === undefined) return notFound()
    if (!(await listAgencies(ctx.tx)).some((one) => one.id === form.agency))
      return invalid({ agency: 'Choose an agency from the list' })
    if (form.team !== undefined && !(await teamsOf(ctx.tx, form.agency)).some((one) => one.id === form.team))
      return invalid({ team: 'Choose a team of this agency' })
    await keepParty(ctx.tx, agreement.id, form as Parameters<typeof keepParty>[2])
    ctx.about(agreement.id, { agency: form.agency })
    return redirect(`/agreements/${agreement.id}`)
  },
})
