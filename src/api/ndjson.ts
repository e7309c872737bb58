import type { FastifyInstance } from 'fastify'

export const NDJSON = 'application/x-ndjson'

/** Reads a body of one JSON value a line as an array; a line that is no JSON becomes undefined, so that the others are not lost with it. */
export function takeNdjson(api: FastifyInstance): void {
  api.addContentTypeParser(NDJSON, { parseAs: 'string' }, (_request, body, done) => {
    const lines = String(body)
      .replace(/^\uFEFF/, '')
      .split('\n')
      .filter((line) => line.trim() !== '')
    done(null, lines.map(parsed))
  })
}

function parsed(line: string): unknown {
  try {
    // As of JSON bodies: a key that would reach into what objects are made of is no data.
    return JSON.parse(line, (key, value: unknown) => (key === '__proto__' ? undefined : value))
  } catch {
    return undefined
  }
}
