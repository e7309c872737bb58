import fastifyCookie from '@fastify/cookie'
import fastifyHelmet from '@fastify/helmet'
import fastifyMultipart from '@fastify/multipart'
import fastifyRateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance } from 'fastify'
import { Fault, type House } from '../platform/index.ts'
import { readAssets } from './assets.ts'
import { mountPage } from './mount.ts'
import type { Page } from './page.ts'
import type { Dress, NavigationItem } from './render.ts'
import type { Authenticate } from './sign-in.ts'
import { openTemplates } from './templates.ts'
import { troublePages } from './trouble.ts'

export interface WebParts {
  readonly house: House
  readonly pages: readonly Page[]
  readonly authenticate: Authenticate
  readonly navigation?: readonly NavigationItem[]
  /** The area's name, beside ours. */
  readonly area?: () => string
  /** Requests a minute from one network address, behind which a whole agency may sit; 3 000 unless said. */
  readonly pace?: number
  /** Mounts what else answers on this port, such as the API, beside the pages. */
  readonly beside?: (app: FastifyInstance) => Promise<void>
}

const FORM_LIMIT = 1024 * 1024

/** The web server, ready to listen or to be asked by `inject`. */
export async function openWeb(parts: WebParts): Promise<FastifyInstance> {
  const { house } = parts
  const dress: Dress = {
    config: house.config,
    templates: openTemplates(),
    assets: readAssets(),
    navigation: parts.navigation ?? [],
    area: parts.area ?? (() => ''),
  }
  const app = fastify({
    bodyLimit: FORM_LIMIT,
    // A proxy on this machine may say who asks and that it came over TLS.
    trustProxy: 'loopback',
    requestTimeout: 300_000,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    // Not the library's text, which repeats the address asked for.
    frameworkErrors: (error, request, reply) => void trouble.show(error, request, reply as never),
  })
  const trouble = troublePages(house, dress)
  await app.register(fastifyCookie)
  await app.register(fastifyHelmet, helmetSettings)
  await app.register(fastifyRateLimit, {
    max: parts.pace ?? 3_000,
    timeWindow: 60_000,
    keyGenerator: (request) => request.ip,
    errorResponseBuilder: () =>
      new Fault('web.too-many', 'Very many requests came from here in a short time. Wait a minute, then go on.', {
        status: 429,
      }),
  })
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-robots-tag', 'noindex, nofollow')
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  app.setErrorHandler((error, request, reply) => trouble.show(error, request, reply))
  app.setNotFoundHandler(trouble.missing)
  for (const asset of dress.assets.all) {
    app.get(asset.address, { config: { rateLimit: false } }, (_request, reply) =>
      reply.type(asset.type).header('cache-control', 'public, max-age=31536000, immutable').send(asset.content),
    )
  }
  app.get('/robots.txt', { config: { rateLimit: false } }, (_request, reply) =>
    reply.type('text/plain').send('User-agent: *\nDisallow: /\n'),
  )
  await app.register(async (pages) => {
    pages.removeAllContentTypeParsers()
    pages.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, new URLSearchParams(String(body))),
    )
    await pages.register(fastifyMultipart)
    for (const page of parts.pages) mountPage(pages, { house, dress, authenticate: parts.authenticate }, page)
  })
  if (parts.beside) await parts.beside(app)
  await app.ready()
  return app
}

const helmetSettings = {
  enableCSPNonces: true,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'same-origin' as const },
  xFrameOptions: { action: 'deny' as const },
  hsts: { maxAge: 31_536_000 },
}
