import fastifySwagger from '@fastify/swagger'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type Actor, actIn, anonymous, Fault, type House, may, system, type Tx } from '../platform/index.ts'
import { type Endpoint, isProblem, isReplied } from './endpoint.ts'
import { mountHealth } from './health.ts'
import { NDJSON, takeNdjson } from './ndjson.ts'
import { answerError, sendProblem } from './problems.ts'
import { type Answered, once } from './repeat.ts'

export interface ApiParts {
  readonly house: House
  readonly endpoints: readonly Endpoint[]
  /** Whose bearer token this is; runs as the system, in a short transaction of its own. */
  readonly authenticateToken: (token: string, tx: Tx, now: Date) => Promise<Actor | undefined>
  /** For the description of the API. */
  readonly version?: string
}

const ProblemDocument = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string() })
  .catchall(z.unknown())

const actors = new WeakMap<FastifyRequest, Actor>()

/** Puts the endpoints, their description at /api/v1/openapi.json, /health and /metrics on a web server. */
export async function mountApi(app: FastifyInstance, parts: ApiParts): Promise<void> {
  await mountHealth(app, parts.house)
  await app.register(async (api) => {
    api.setValidatorCompiler(validatorCompiler)
    api.setSerializerCompiler(serializerCompiler)
    api.setErrorHandler((error, request, reply) => answerError(parts.house, error, request, reply))
    await api.register(fastifySwagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Safehaven',
          description: 'Share what protects a child, and nothing more.',
          version: parts.version ?? '1',
        },
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
        security: [{ bearer: [] }],
      },
      transform: jsonSchemaTransform,
      transformObject: jsonSchemaTransformObject,
    })
    takeNdjson(api)
    for (const one of parts.endpoints) mountEndpoint(api, parts, one)
    api.get('/api/v1/openapi.json', { schema: { hide: true } as never }, () => api.swagger())
    api.all('/api/*', { schema: { hide: true } as never }, (_request, reply) =>
      sendProblem(reply, 404, 'api.not-found', 'No endpoint has this address and method. See /api/v1/openapi.json.'),
    )
  })
}

function mountEndpoint(api: FastifyInstance, parts: ApiParts, one: Endpoint): void {
  const status = one.status ?? 200
  const schema = {
    summary: one.summary,
    ...(one.params === undefined ? {} : { params: one.params }),
    ...(one.query === undefined ? {} : { querystring: one.query }),
    ...(one.body === undefined ? {} : { body: one.body }),
    ...(one.headers === undefined ? {} : { headers: headersOf(one.headers) }),
    ...(one.ndjson === true ? { consumes: ['application/json', NDJSON] } : {}),
    response: {
      [status]: one.answer,
      ...(one.orStatus === undefined ? {} : { [one.orStatus]: one.answer }),
      '4xx': ProblemDocument,
      '5xx': ProblemDocument,
    },
    ...(one.permission === 'public' ? { security: [] } : {}),
  }
  api.route({
    method: one.method,
    url: one.path,
    schema,
    ...(one.bodyLimit === undefined ? {} : { bodyLimit: one.bodyLimit }),
    onRequest: async (request) => {
      actors.set(request, await admit(parts, one, request))
    },
    handler: (request, reply) => answer(parts.house, one, status, request, reply),
  })
}

/** Loose, because the kit reads others besides. */
const headersOf = (names: readonly string[]) =>
  z.looseObject(Object.fromEntries(names.map((name) => [name, z.string().max(1_000).optional()])))

async function admit({ house, authenticateToken }: ApiParts, one: Endpoint, request: FastifyRequest): Promise<Actor> {
  const [, token] = /^Bearer ([\w.~+/=-]{1,500})$/i.exec(request.headers.authorization ?? '') ?? []
  const actor =
    token === undefined
      ? undefined
      : await house.database.transaction(system, (tx) => authenticateToken(token, tx, house.clock.now()))
  if (may(actor ?? anonymous, one.permission)) return actor ?? anonymous
  if (actor === undefined)
    throw new Fault('api.not-signed-in', 'Send a valid token: Authorization: Bearer …', { status: 401 })
  await house.database.transaction(actor, (tx) =>
    house.record(tx, [
      {
        at: house.clock.now(),
        actor,
        reference: request.id,
        act: one.audit,
        outcome: 'refused',
        detail: { permission: one.permission },
      },
    ]),
  )
  throw new Fault('api.not-permitted', `This token's role does not include ${one.permission}.`, { status: 403 })
}

async function answer(
  house: House,
  one: Endpoint,
  status: number,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const actor = actors.get(request) ?? anonymous
  const { params, query, body } = request
  if (Array.isArray(body) && one.ndjson !== true && request.headers['content-type']?.startsWith(NDJSON))
    throw new Fault('api.unreadable', 'This endpoint takes JSON, not NDJSON.', { status: 415 })
  const headers = Object.fromEntries(
    (one.headers ?? []).map((name) => [name, request.headers[name]?.toString()] as const),
  )
  const key = request.headers['idempotency-key']
  const answered = await actIn(
    house,
    { actor, act: one.audit, outcomeOf: (result) => (isProblem((result as Answered).body) ? 'refused' : 'done') },
    async (ctx): Promise<Answered> => {
      const run = async () => {
        const result = await one.run(ctx, { params, query, body, headers })
        if (isReplied(result)) return { status: result.status ?? status, body: result.body, headers: result.headers }
        return { status: isProblem(result) ? result.status : status, body: result }
      }
      if (typeof key !== 'string' || one.method === 'GET') return run()
      return once(ctx, key, [one.method, request.url, body], run, (given) => !isProblem(given.body))
    },
  )
  if (isProblem(answered.body)) {
    const { problem: _, status: refused, code, detail, ...more } = answered.body
    return sendProblem(reply, refused, code, detail, more)
  }
  return reply
    .code(answered.status)
    .headers(answered.headers ?? {})
    .send(answered.body)
}
