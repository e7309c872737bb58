import type { z } from 'zod'
import type { Context, Kept } from '../platform/index.ts'
import type { Answer } from './answers.ts'

/** Of the request itself. */
export interface Visit {
  readonly ip: string
  readonly agent: string
  /** Path and query, as asked for. */
  readonly address: string
  /** The token of the session cookie, whether or not it still holds. */
  readonly session?: string
  readonly secure: boolean
}

export interface PageContext extends Context {
  readonly visit: Visit
}

/** A file that came with the form. It is on disk; `ctx.blobs.claim(ctx.tx, file)` keeps it. */
export interface Upload extends Kept {
  readonly field: string
  /** As the sender called it, without folders and control characters; at most 200 characters. */
  readonly name: string
  /** As the sender's browser said; prove it before trusting it. */
  readonly type: string
}

export interface Asked<Params, Query> {
  readonly params: Params
  readonly query: Query
}

export interface PageDefinition<Params, Query, Form> {
  /** "/disclosures/:id/consent" */
  readonly path: string
  /** Of the path; a value that does not parse is a 404. */
  readonly params?: z.ZodType<Params>
  /** Of the query; a value that does not parse is left out, or a 404 when the schema insists. */
  readonly query?: z.ZodType<Query>
  /** What the actor must hold; 'public' is open to everyone. */
  readonly permission: string
  /** The act that is recorded; the POST's has ".sent" put behind it. */
  readonly audit: string
  /** What the POST's act is called, where ".sent" does not say it. */
  readonly auditPost?: string
  get?(ctx: PageContext, asked: Asked<Params, Query>): Promise<Answer>
  /** What may be typed. Its sentences stand beside the fields. */
  readonly form?: z.ZodType<Form>
  /** Files: absent, none are taken. Sizes in bytes; 25 MB a file and 10 files unless said. */
  readonly files?: { readonly limit?: number; readonly count?: number }
  post?(
    ctx: PageContext,
    sent: Asked<Params, Query> & { readonly form: Form; readonly files: readonly Upload[] },
  ): Promise<Answer>
}

// Only the kit reads a page's schemas, so pages of every shape stand in one list.
// biome-ignore lint/suspicious/noExplicitAny: the shapes are checked where the page is written
export type Page = PageDefinition<any, any, any>

/** GET and POST of one address. Throws at once when something it needs is not stated. */
export function page<Params = Record<string, string>, Query = Record<string, string>, Form = undefined>(
  definition: PageDefinition<Params, Query, Form>,
): Page {
  const { path, permission, audit, get, form, post } = definition
  if (!path.startsWith('/')) throw new Error(`the page ${path} has no path that begins with /`)
  if (permission === '' || audit === '') throw new Error(`the page ${path} states no permission or no audit name`)
  if (get === undefined && post === undefined) throw new Error(`the page ${path} answers nothing`)
  if (post !== undefined && form === undefined) throw new Error(`the page ${path} takes a form and does not say which`)
  if (form !== undefined && post === undefined) throw new Error(`the page ${path} has a form that nobody takes`)
  return definition
}
