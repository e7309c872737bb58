import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { actIn, type Context, Fault, type House, may, randomReference } from '../platform/index.ts'
import type { Answer } from './answers.ts'
import { browserOf, formCookie, formToken, tokenHolds } from './form-token.ts'
import { keepForm, recallForm } from './kept-form.ts'
import type { Page, PageContext, Upload } from './page.ts'
import { type Dress, render, type Shown, sendFile } from './render.ts'
import { type Authenticate, changeSession, greet, type Visitor } from './sign-in.ts'
import { sentencesOf, type Typed } from './typed.ts'
import { readSent, roomOf, tooLarge } from './uploads.ts'

export interface Mounting {
  readonly house: House
  readonly dress: Dress
  readonly authenticate: Authenticate
}

interface Turn extends Visitor {
  readonly page: Page
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly reference: string
  readonly cookie: string
}

const turns = new WeakMap<FastifyRequest, Turn>()

/** The turn of a request that failed, so that the page about it is dressed like the others. */
export const visitorOf = (request: FastifyRequest): Visitor | undefined => turns.get(request)

/** Puts a page at its address. Who asks is known, and may, before anything that they sent is read. */
export function mountPage(app: FastifyInstance, mounting: Mounting, page: Page): void {
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    const visitor = await greet(mounting.house, mounting.authenticate, request)
    const turn: Turn = {
      ...visitor,
      page,
      request,
      reply,
      reference: randomReference(),
      cookie: formCookie(request, reply),
    }
    turns.set(request, turn)
    if (Number(request.headers['content-length'] ?? 0) > roomOf(page))
      throw new Fault('web.too-large', tooLarge(page), { status: 413 })
    if (may(turn.actor, page.permission)) return
    if (turn.actor.kind !== 'anonymous') return refuse(mounting, turn)
    // A form is read first, so that what was typed is not lost.
    if (request.method !== 'POST' || request.isMultipart()) return reply.redirect(signInAddress(request.url), 303)
  }
  if (page.get) app.get(page.path, { onRequest }, (request) => answerGet(mounting, turnOf(request)))
  if (page.post) app.post(page.path, { onRequest }, (request) => answerPost(mounting, turnOf(request)))
}

function turnOf(request: FastifyRequest): Turn {
  const turn = turns.get(request)
  if (turn === undefined) throw new Fault('web.no-turn', 'The request was not recognised.')
  return turn
}

const signInAddress = (next: string) => `/sign-in?next=${encodeURIComponent(next)}`

async function refuse({ house }: Mounting, turn: Turn): Promise<never> {
  const { actor, page, reference } = turn
  await house.database.transaction(actor, (tx) =>
    house.record(tx, [
      {
        at: house.clock.now(),
        actor,
        reference,
        act: page.audit,
        outcome: 'refused',
        detail: { permission: page.permission },
      },
    ]),
  )
  throw new Fault(
    'web.not-permitted',
    'Your role does not include this page. If your work needs it, ask whoever looks after accounts in your agency.',
    { status: 403 },
  )
}

interface Asked {
  readonly params: unknown
  readonly query: unknown
}

function readAsked(turn: Turn): Asked {
  const { page, request } = turn
  const { kept: _, ...rest } = request.query as Record<string, unknown>
  const params = page.params?.safeParse(request.params) ?? { success: true as const, data: request.params }
  const query = page.query?.safeParse(rest) ?? { success: true as const, data: rest }
  if (!params.success || !query.success)
    throw new Fault('web.not-found', 'There is nothing at this address. Check that it was copied whole.', {
      status: 404,
    })
  return { params: params.data, query: query.data }
}

async function answerGet(mounting: Mounting, turn: Turn): Promise<FastifyReply> {
  const kept = (turn.request.query as Record<string, unknown>).kept
  if (typeof kept !== 'string') return showGet(mounting, turn, {})
  const asker = { path: pathOf(turn.request), user: turn.actor.id, browser: browserOf(turn.cookie) }
  const typed = await recallForm(mounting.house, kept, asker)
  if (typed === undefined) return showGet(mounting, turn, {})
  return showGet(mounting, turn, {
    typed,
    notice: 'Your sign-in had run out, and nothing was sent. What you typed is here again: check it, and send it.',
  })
}

type Extra = Pick<Shown, 'typed' | 'errors' | 'notice'>

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '/'

async function showGet(mounting: Mounting, turn: Turn, extra: Extra, status?: number): Promise<FastifyReply> {
  const { page } = turn
  const asked = readAsked(turn)
  const done = await perform(mounting, turn, page.audit, (ctx) => page.get!(ctx, asked), extra)
  return answerWith(mounting, turn, done, extra, status)
}

async function answerPost(mounting: Mounting, turn: Turn): Promise<FastifyReply> {
  const { page, request, reply } = turn
  const { house } = mounting
  const sent = await readSent(request, page, house.blobs, (token) => tokenHolds(house.secrets, request, token))
  if (!may(turn.actor, page.permission))
    return reply.redirect(await wayBack(mounting, turn, sent.typed, sent.tokenRight), 303)
  if (!sent.tokenRight) {
    await discard(house, sent.files)
    throw new Fault(
      'web.form-not-ours',
      'This form did not come from a page of Safehaven in this browser, or the page was open for very long. Nothing was sent. Open the page again and send it from there.',
      { status: 403 },
    )
  }
  const form = page.form!.safeParse({ ...sent.typed })
  if (!form.success) {
    await discard(house, sent.files)
    return showAgain(mounting, turn, sent.typed, sentencesOf(form.error))
  }
  const asked = readAsked(turn)
  const work = (ctx: PageContext) => page.post!(ctx, { ...asked, form: form.data, files: sent.files } as never)
  let done: Done | undefined
  try {
    done = await perform(mounting, turn, page.auditPost ?? `${page.audit}.sent`, work, { typed: sent.typed })
  } finally {
    if (done === undefined || outcomeOf(done.answer) !== 'done') await discard(house, sent.files)
  }
  return answerWith(mounting, turn, done, { typed: sent.typed })
}

const discard = (house: House, files: readonly Upload[]) =>
  Promise.all(files.map((upload) => house.blobs.discard(upload.id)))

// The sign-in ran out while a form was being filled in.
async function wayBack({ house }: Mounting, turn: Turn, typed: Typed, tokenRight: boolean): Promise<string> {
  const { page, request, expired, cookie } = turn
  if (expired === undefined || !tokenRight || page.get === undefined)
    return signInAddress(page.get === undefined ? '/' : request.url)
  const kept = await keepForm(house, { path: pathOf(request), user: expired, browser: browserOf(cookie), typed })
  return signInAddress(`${request.url}${request.url.includes('?') ? '&' : '?'}kept=${kept}`)
}

async function showAgain(
  mounting: Mounting,
  turn: Turn,
  typed: Typed,
  errors: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  if (turn.page.get) return showGet(mounting, turn, { typed, errors }, 422)
  throw new Fault('web.form-invalid', Object.values(errors).join('. '), { status: 422 })
}

async function perform(
  mounting: Mounting,
  turn: Turn,
  name: string,
  work: (ctx: PageContext) => Promise<Answer>,
  extra: Extra,
): Promise<Done> {
  const { house, dress } = mounting
  const { visit } = turn
  const doing = {
    actor: turn.actor,
    act: name,
    reference: turn.reference,
    outcomeOf: (result: unknown) => outcomeOf((result as Done).answer),
  }
  return actIn(house, doing, async (ctx: Context): Promise<Done> => {
    const answer = await work({ ...ctx, visit })
    // Rendered inside the transaction: a page that cannot be shown has not been answered.
    if (answer.kind !== 'view') return { answer }
    return { answer, html: render(dress, answer.template, answer.model, { ...shownTo(mounting, turn), ...extra }) }
  })
}

async function answerWith(
  mounting: Mounting,
  turn: Turn,
  { answer, html }: Done,
  extra: Extra,
  status?: number,
): Promise<FastifyReply> {
  const { reply, visit } = turn
  if (answer.kind === 'view' || answer.kind === 'redirect') changeSession(reply, answer.session, visit.secure)
  switch (answer.kind) {
    case 'view':
      return reply
        .code(status ?? answer.status)
        .type('text/html; charset=utf-8')
        .send(html)
    case 'redirect':
      return reply.redirect(answer.to, 303)
    case 'file':
      return sendFile(reply, answer)
    case 'invalid':
      return showAgain(mounting, turn, extra.typed ?? {}, answer.errors)
    case 'refusal':
      throw new Fault('web.refused', answer.sentence, { status: answer.status })
  }
}

interface Done {
  readonly answer: Answer
  readonly html?: string
}

const outcomeOf = (answer: Answer) =>
  answer.kind === 'invalid' ? 'invalid' : answer.kind === 'refusal' ? 'refused' : 'done'

function shownTo({ house }: Mounting, turn: Turn): Shown {
  return {
    actor: turn.actor,
    now: house.clock.now(),
    path: pathOf(turn.request),
    reference: turn.reference,
    nonce: turn.reply.cspNonce.script,
    token: formToken(house.secrets, turn.cookie),
  }
}
