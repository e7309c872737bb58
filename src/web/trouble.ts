import type { FastifyReply, FastifyRequest } from 'fastify'
import { anonymous, Fault, type House, isFault, randomReference } from '../platform/index.ts'
import { formCookie, formToken } from './form-token.ts'
import { visitorOf } from './mount.ts'
import { type Dress, render } from './render.ts'

interface Trouble {
  readonly status: number
  readonly title: string
  readonly sentences: readonly string[]
}

/** What the person reads when something could not be done. Only our own sentences are shown; everything else is said plainly. */
export function describeTrouble(error: unknown): Trouble {
  const status = isFault(error) ? error.status : statusOf(error)
  const said = isFault(error) && status !== 500 ? [error.sentence] : []
  switch (status) {
    case 400:
      return {
        status,
        title: 'The request could not be read',
        sentences: said.length > 0 ? said : ['Go back, reload the page and try again.'],
      }
    case 403:
      return { status, title: 'You may not do this', sentences: said }
    case 404:
    case 414:
      return {
        status: 404,
        title: 'Page not found',
        sentences:
          said.length > 0
            ? said
            : [
                'There is nothing at this address. If you typed it, check it; if you followed a link, tell us the reference below.',
              ],
      }
    case 405:
      return {
        status,
        title: 'This page does not take what was sent',
        sentences: ['Go back and start from the page itself.'],
      }
    case 409:
      return { status, title: 'Somebody else was quicker', sentences: said }
    case 410:
      return { status, title: 'This is no longer here', sentences: said }
    case 413:
      return {
        status,
        title: 'This is too large',
        sentences: said.length > 0 ? said : ['Shorten or split what you are sending. Nothing of it was kept.'],
      }
    case 415:
      return {
        status,
        title: 'The request could not be read',
        sentences: ['Send the form from the page itself. Nothing was kept.'],
      }
    case 422:
      return { status, title: 'There is a problem with what was entered', sentences: said }
    case 429:
      return {
        status,
        title: 'Too many requests',
        sentences:
          said.length > 0
            ? said
            : ['This browser asked for very many pages in a short time. Wait a minute, then go on.'],
      }
    case 503:
      return {
        status,
        title: 'Safehaven is not available just now',
        sentences:
          said.length > 0
            ? said
            : ['Nothing was changed. Try again in a minute. If a child is in danger now, do not wait: telephone.'],
      }
    default:
      return {
        status: 500,
        title: 'Something went wrong on our side',
        sentences: [
          'It is not your mistake. Nothing of what you just sent was kept. Try again; if it happens again, telephone and say the reference below.',
          'If a child is in danger now, do not wait for this to be mended: telephone.',
        ],
      }
  }
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 600 ? status : 500
}

/** The page about a trouble, dressed like the others. */
export function troublePages(house: House, dress: Dress) {
  const show = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const trouble = describeTrouble(error)
    const reference = isFault(error) ? error.reference : randomReference()
    if (trouble.status >= 500)
      house.log.fault('a page failed', error, { path: request.routeOptions.url ?? 'unknown', reference })
    const html = render(
      dress,
      'web/templates/trouble.njk',
      { ...trouble },
      {
        actor: visitorOf(request)?.actor ?? anonymous,
        now: house.clock.now(),
        path: '',
        reference,
        nonce: reply.cspNonce?.script ?? '',
        // An address that cannot be read comes here before cookies are.
        token: request.cookies === undefined ? '' : formToken(house.secrets, formCookie(request, reply)),
      },
    )
    return reply.code(trouble.status).type('text/html; charset=utf-8').send(html)
  }
  return {
    show,
    missing: (request: FastifyRequest, reply: FastifyReply) =>
      show(
        new Fault('web.not-found', 'There is nothing at this address. If you typed it, check it.', { status: 404 }),
        request,
        reply,
      ),
  }
}
