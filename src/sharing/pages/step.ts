import { z } from 'zod'
import type { Context } from '../../platform/index.ts'
import type { Protocol } from '../../protocols/index.ts'
import {
  type Answer,
  invalid,
  notFound,
  type Page,
  type PageContext,
  page,
  redirect,
  type Upload,
  view,
} from '../../web/index.ts'
import type { Draft } from '../draft.ts'
import { backFrom, JOURNEY, nextAfter } from '../journey.ts'
import { inForceFor } from '../protocol-in-force.ts'
import type { StepId } from '../rules/unanswered.ts'
import { saveStep } from '../save-step.ts'
import { disclosureById, type Row } from '../store/disclosures.ts'

/** What every form of the journey carries beside its own fields. */
const carried = {
  version: z.coerce.number('Open the page again, and send it from there').int(),
  go: z.enum(['next', 'hub']).default('next'),
}
export const stepForm = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ ...shape, ...carried })
interface Carried {
  readonly version: number
  readonly go: 'next' | 'hub'
}

export interface Shown {
  readonly row: Row
  readonly protocol: Protocol
  readonly day: string
  readonly query: Readonly<Record<string, string>>
}
type Errors = { readonly errors: Readonly<Record<string, string>> }
export const wrong = (errors: Readonly<Record<string, string>>): Errors => ({ errors })

export interface StepDefinition<Form extends Carried> {
  readonly step: StepId
  /** Behind "/disclosures/:id/"; the step's own name unless said. */
  readonly path?: string
  readonly title?: string | ((shown: Shown) => string)
  readonly template: string
  show?(ctx: PageContext, shown: Shown): Promise<Record<string, unknown> | undefined>
  readonly form: z.ZodType<Form>
  readonly files?: { readonly limit?: number; readonly count?: number }
  /** The draft with this page's part in it, or sentences beside the fields. */
  save(draft: Draft, form: Form, shown: Shown, ctx: PageContext): Draft | Errors
  /** What is kept beside the draft, in the same transaction. */
  also?(ctx: PageContext, form: Form, shown: Shown, files: readonly Upload[]): Promise<Errors | undefined>
  /** Where it leads; the next page of the journey unless said. */
  next?(form: Form, draft: Draft, shown: Shown): string | undefined
  /** Where the back link leads; the page before in the journey unless said. */
  readonly back?: (shown: Shown) => string
}

const isErrors = (value: object | undefined): value is Errors => value !== undefined && 'errors' in value
const params = z.object({ id: z.uuid() })
const query = z.record(z.string(), z.string().max(500))

/** One page of the journey: shows its part of the draft, and saves it unless somebody else changed the draft meanwhile. */
export function step<Form extends Carried>(definition: StepDefinition<Form>): Page {
  const { step: id, template, form, files } = definition
  const named = JOURNEY.find((one) => one.id === id)!
  const name = definition.path ?? id
  const titleOf = (shown: Shown) =>
    typeof definition.title === 'function' ? definition.title(shown) : (definition.title ?? named.title)
  return page({
    path: `/disclosures/:id/${name}`,
    params,
    query,
    permission: 'disclosure.write',
    audit: `disclosure.${name.replaceAll('/', '-')}`,
    form,
    ...(files === undefined ? {} : { files }),
    async get(ctx, asked) {
      const shown = await shownOf(ctx, asked.params.id, asked.query)
      if (shown === undefined) return notFound()
      ctx.about(shown.row.id)
      if (isClosed(shown.row)) return redirect(`/disclosures/${shown.row.id}/record`)
      const model = await definition.show?.(ctx, shown)
      if (definition.show !== undefined && model === undefined) return notFound()
      return view(template, {
        ...frame(shown),
        title: titleOf(shown),
        caption: named.section,
        backTo: definition.back?.(shown) ?? backFrom(id, caseOf(shown)),
        ...model,
      })
    },
    async post(ctx, asked) {
      const shown = await shownOf(ctx, asked.params.id, asked.query)
      if (shown === undefined) return notFound()
      ctx.about(shown.row.id)
      const sent = asked.form
      let errors: Errors | undefined
      const saved = await saveStep(ctx, shown.row.id, sent.version, name, (draft) => {
        const made = definition.save(draft, sent, shown, ctx)
        if (!isErrors(made)) return made
        errors = made
        return draft
      })
      if (errors !== undefined) return invalid(errors.errors)
      if (saved.kind === 'missing') return notFound()
      if (saved.kind === 'closed') return redirect(`/disclosures/${shown.row.id}/record`)
      if (saved.kind === 'changed') return changedView(saved.row, ctx.visit.address, sent)
      const more = await definition.also?.(ctx, sent, shown, asked.files)
      if (isErrors(more)) return invalid(more.errors)
      if (sent.go === 'hub') return redirect(`/disclosures/${shown.row.id}`)
      const after = { ...shown, row: { ...shown.row, draft: saved.draft } }
      return redirect(definition.next?.(sent, saved.draft, after) ?? nextAfter(id, caseOf(after)))
    },
  })
}

/** Two people at the same referral: the second is told, and sees what they typed (issue: nothing is overwritten, nothing is lost). */
export function changedView(row: Row, address: string, typed: object): Answer {
  const own = Object.entries(typed).flatMap(([field, value]) =>
    typeof value === 'string' && value.length > 2 && field !== 'go' ? [value] : [],
  )
  return view(
    'sharing/pages/changed.njk',
    { title: 'Somebody else has changed this', row, address, own, backTo: `/disclosures/${row.id}` },
    { status: 409 },
  )
}

export async function shownOf(
  ctx: Context,
  id: string,
  asked: Readonly<Record<string, string>> = {},
): Promise<Shown | undefined> {
  const row = await disclosureById(ctx.tx, id)
  return row === undefined ? undefined : { row, query: asked, ...(await inForceFor(ctx, row)) }
}

export const isClosed = (row: Row): boolean => row.state !== 'draft' && row.state !== 'held'
export const caseOf = ({ row, protocol }: Shown) => ({ id: row.id, draft: row.draft, form: row.form, protocol })
export const frame = ({ row, protocol, day }: Shown) => ({
  row,
  id: row.id,
  draft: row.draft,
  version: row.version,
  here: `/disclosures/${row.id}`,
  protocol: { id: protocol.id, title: protocol.title },
  day,
  historic: row.onDay !== null,
})
