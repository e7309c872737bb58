import type { z } from 'zod'
import type { Context } from '../platform/index.ts'

export interface EndpointDefinition<Params, Query, Body, Reply> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** "/api/v1/registers/:authority/entries/:id" */
  readonly path: string
  readonly permission: string
  /** The act that is recorded. */
  readonly audit: string
  /** One line for the description of the API. */
  readonly summary: string
  readonly params?: z.ZodType<Params>
  readonly query?: z.ZodType<Query>
  readonly body?: z.ZodType<Body>
  /** Headers that are read, in lower case, such as "if-match"; each may be absent. */
  readonly headers?: readonly string[]
  /** The body may also be NDJSON, one value a line; it comes as an array, with undefined where a line is no JSON. */
  readonly ndjson?: true
  /** What a successful call is answered with. */
  readonly answer: z.ZodType<Reply>
  /** Status of success; 200 unless said. */
  readonly status?: Success
  /** Another one, which `run` gives with `reply`. */
  readonly orStatus?: Success
  /** Bytes of a body; 1 MB unless said. */
  readonly bodyLimit?: number
  run(
    ctx: Context,
    asked: {
      readonly params: Params
      readonly query: Query
      readonly body: Body
      readonly headers: Readonly<Record<string, string | undefined>>
    },
  ): Promise<Reply | Replied<Reply> | Problem>
}

type Success = 200 | 201 | 202 | 204

/** An answer that says more than its body: another status of success, or headers such as ETag. A repeat under the same Idempotency-Key gets them too. */
export interface Replied<Reply> {
  readonly replied: true
  readonly body: Reply
  readonly status?: Success
  readonly headers: Readonly<Record<string, string>>
}

export const reply = <Reply>(
  body: Reply,
  more: { readonly status?: Success; readonly headers?: Readonly<Record<string, string>> },
): Replied<Reply> => ({ replied: true, body, headers: {}, ...more })

export const isReplied = (value: unknown): value is Replied<unknown> =>
  typeof value === 'object' && value !== null && 'replied' in value && value.replied === true && 'headers' in value

// Only the kit reads an endpoint's schemas, so endpoints of every shape stand in one list.
// biome-ignore lint/suspicious/noExplicitAny: the shapes are checked where the endpoint is written
export type Endpoint = EndpointDefinition<any, any, any, any>

/** One address and method of the API. Zod in and out; refusals are `problem(…)`. */
export function endpoint<
  Params = Record<string, string>,
  Query = Record<string, string>,
  Body = undefined,
  Reply = unknown,
>(definition: EndpointDefinition<Params, Query, Body, Reply>): Endpoint {
  if (!definition.path.startsWith('/api/')) throw new Error(`the endpoint ${definition.path} does not lie under /api/`)
  if (definition.permission === '' || definition.audit === '')
    throw new Error(`the endpoint ${definition.path} states no permission or no audit name`)
  return definition
}

/** A refusal as an RFC 9457 problem document; the work of the call is undone and recorded as refused. */
export interface Problem {
  readonly problem: true
  readonly status: number
  /** Stable and dotted, such as "register.no-agreement". */
  readonly code: string
  /** What to do, in a sentence. */
  readonly detail: string
  readonly [extension: string]: unknown
}

export const problem = (
  status: number,
  code: string,
  detail: string,
  extensions: Readonly<Record<string, unknown>> = {},
): Problem => ({
  ...extensions,
  problem: true,
  status,
  code,
  detail,
})

export const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value && value.problem === true && 'code' in value
