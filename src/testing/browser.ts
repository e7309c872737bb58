// A browser without a screen or scripts: keeps cookies, finds a form's token, sends what was typed.
import type { FastifyInstance } from 'fastify'

export interface Seen {
  readonly status: number
  readonly html: string
  /** Where a redirect leads. */
  readonly to?: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly bytes: Buffer
}

export interface Attached {
  readonly name: string
  readonly content: Buffer | string
  readonly type?: string
}

export interface Browser {
  get(address: string): Promise<Seen>
  /** Sends a form, with the token of the last page seen (or of the page itself when none was). */
  post(
    address: string,
    typed?: Readonly<Record<string, string | readonly string[]>>,
    files?: Readonly<Record<string, Attached>>,
  ): Promise<Seen>
  /** Lets the sign-in run out, or come back. */
  expire(expired?: boolean): void
  readonly cookies: Map<string, string>
}

const BOUNDARY = 'safehaven-test-boundary'

export function openBrowser(
  app: FastifyInstance,
  session: string | undefined,
  expire: (expired: boolean) => void,
): Browser {
  const cookies = new Map<string, string>(session === undefined ? [] : [['safehaven_session', session]])
  let token: string | undefined
  async function ask(method: 'GET' | 'POST', url: string, payload?: Buffer | string, type?: string): Promise<Seen> {
    const answer = await app.inject({
      method,
      url,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const cookie of answer.cookies) {
      if (cookie.value === '') cookies.delete(cookie.name)
      else cookies.set(cookie.name, cookie.value)
    }
    token = /name="_token" value="([^"]+)"/.exec(answer.body)?.[1] ?? token
    const to = answer.headers.location
    return {
      status: answer.statusCode,
      html: answer.body,
      headers: answer.headers,
      bytes: answer.rawPayload,
      ...(typeof to === 'string' ? { to } : {}),
    }
  }
  return {
    cookies,
    expire: (expired = true) => expire(expired),
    get: (address) => ask('GET', address),
    async post(address, typed = {}, files) {
      if (token === undefined) await ask('GET', address)
      const pairs = [
        ['_token', token ?? ''],
        ...Object.entries(typed).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value]] : value.map((one) => [name, one]),
        ),
      ] as [string, string][]
      if (files === undefined)
        return ask('POST', address, new URLSearchParams(pairs).toString(), 'application/x-www-form-urlencoded')
      const parts = [
        ...pairs.map(([name, value]) =>
          Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
        ),
        ...Object.entries(files).flatMap(([field, file]) => [
          Buffer.from(
            `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="${file.name}"\r\ncontent-type: ${file.type ?? 'application/octet-stream'}\r\n\r\n`,
          ),
          Buffer.from(file.content),
          Buffer.from('\r\n'),
        ]),
        Buffer.from(`--${BOUNDARY}--\r\n`),
      ]
      return ask('POST', address, Buffer.concat(parts), `multipart/form-data; boundary=${BOUNDARY}`)
    },
  }
}
