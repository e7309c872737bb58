import { STATUS_CODES } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { type House, isFault, randomReference } from '../platform/index.ts'

/** Answers with a problem document (RFC 9457). */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): FastifyReply {
  const document = {
    type: `urn:safehaven:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    ...more,
  }
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(document)
}

/** Any error as a problem document. Only our own sentences go out. */
export function answerError(house: House, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      place: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      sentence: issue.message,
    }))
    const { validationContext } = error as { validationContext?: string }
    return sendProblem(reply, 400, 'api.not-valid', 'What was sent does not have the form described. See `errors`.', {
      in: validationContext ?? 'body',
      errors,
    })
  }
  if (isFault(error)) {
    if (error.status >= 500)
      house.log.fault('an endpoint failed', error, { path: request.routeOptions.url ?? 'unknown' })
    return sendProblem(reply, error.status, error.code, error.sentence, { reference: error.reference })
  }
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status === 413) return sendProblem(reply, 413, 'api.too-large', 'The body is larger than this endpoint takes.')
  if (status >= 400 && status < 500)
    return sendProblem(
      reply,
      status,
      'api.unreadable',
      'The request could not be read. Send JSON with content-type application/json.',
    )
  const reference = randomReference()
  house.log.fault('an endpoint failed', error, { path: request.routeOptions.url ?? 'unknown', reference })
  return sendProblem(
    reply,
    500,
    'api.failed',
    'Something went wrong on our side; nothing was changed. Tell us the reference.',
    { reference },
  )
}
