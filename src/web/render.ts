import type { FastifyReply } from 'fastify'
import nunjucks from 'nunjucks'
import { type Actor, type Config, may } from '../platform/index.ts'
import type { FileAnswer } from './answers.ts'
import type { Assets } from './assets.ts'
import type { Templates } from './templates.ts'
import type { Typed } from './typed.ts'

export interface NavigationItem {
  readonly text: string
  readonly href: string
  readonly permission: string
}

/** What every page is dressed with. */
export interface Dress {
  readonly config: Config
  readonly templates: Templates
  readonly assets: Assets
  readonly navigation: readonly NavigationItem[]
  readonly area: () => string
}

export interface Shown {
  readonly actor: Actor
  readonly now: Date
  readonly path: string
  readonly reference: string
  readonly nonce: string
  readonly token: string
  readonly typed?: Typed
  readonly errors?: Readonly<Record<string, string>>
  readonly notice?: string
}

/** The page as HTML. In the template: `typed(field, otherwise)`, `ticked(field, value, otherwise)`, `errors.field`, `csrf`, `may(permission)`, `actor`, `now`. */
export function render(dress: Dress, template: string, model: object, shown: Shown): string {
  const { typed, errors = {} } = shown
  const named = Object.entries(errors)
  return dress.templates.render(template, {
    notice: shown.notice,
    ...model,
    actor: shown.actor,
    now: shown.now,
    path: shown.path,
    reference: shown.reference,
    nonce: shown.nonce,
    area: dress.area(),
    demo: dress.config.demo,
    assets: dress.assets,
    may: (permission: string) => may(shown.actor, permission),
    navigation: navigationFor(dress.navigation, shown),
    csrf: new nunjucks.runtime.SafeString(`<input type="hidden" name="_token" value="${shown.token}">`),
    errors: Object.fromEntries(
      named.filter(([field]) => field !== '').map(([field, sentence]) => [field, { text: sentence }]),
    ),
    errorList: named.map(([field, sentence]) =>
      field === '' ? { text: sentence } : { text: sentence, href: `#${field}` },
    ),
    typed: (field: string, otherwise: unknown) => (typed === undefined ? otherwise : (typed[field] ?? '')),
    ticked: (field: string, value: string, otherwise: unknown) =>
      isIn(value, typed === undefined ? otherwise : typed[field]),
  })
}

/** What this actor may go to; the nearest to the page is the one they are at. */
function navigationFor(all: readonly NavigationItem[], { actor, path }: Pick<Shown, 'actor' | 'path'>): object[] {
  const open = all.filter((item) => actor.kind !== 'anonymous' && may(actor, item.permission))
  const around = open.map((item) => item.href).filter((href) => isWithin(path, href))
  const nearest = around.sort((one, other) => other.length - one.length)[0]
  return open.map((item) => ({ ...item, active: item.href === nearest }))
}

const isWithin = (path: string, href: string): boolean => path === href || (href !== '/' && path.startsWith(`${href}/`))
const isIn = (value: string, chosen: unknown): boolean =>
  Array.isArray(chosen) ? chosen.includes(value) : chosen === value

/** Sends a file so that a browser neither guesses its kind nor runs anything in it. */
export function sendFile(reply: FastifyReply, answer: FileAnswer): FastifyReply {
  const plain = answer.name.replaceAll(/[^\w. -]/g, '_')
  reply.header('content-type', answer.type)
  reply.header(
    'content-disposition',
    `${answer.inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(answer.name)}`,
  )
  reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  const size = answer.size ?? (Buffer.isBuffer(answer.content) ? answer.content.length : undefined)
  if (size !== undefined) reply.header('content-length', size)
  return reply.send(answer.content)
}
