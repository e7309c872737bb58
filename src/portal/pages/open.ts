import { z } from 'zod'
import { fingerprint, hashPassword, passwordMatches, sameText, spendPasswordTime } from '../../platform/index.ts'
import {
  type Answer,
  notFound,
  optionalText,
  type PageContext,
  page,
  redirect,
  refusal,
  text,
  view,
} from '../../web/index.ts'
import { codeTyped, passwordFault, waitAfter } from '../rules/entering.ts'
import {
  CODE_TRIES,
  codeOf,
  countCodeTry,
  countWrongPassword,
  forgiveWrongPasswords,
  keepReader,
  type Message,
  messageByLink,
  noteVerified,
  openSitting,
  readerOf,
} from '../store.ts'

const params = z.object({ token: z.string().regex(/^[\w-]{20,100}$/) })

/** Where someone invited comes in: a password of their own, and the first time the code that they were given by telephone (BEX-42, BOU-5). */
export const openPage = page({
  path: '/portal/:token',
  params,
  permission: 'public',
  audit: 'portal.door',
  auditPost: 'portal.entered',
  async get(ctx, { params: { token } }) {
    const message = await usable(ctx, token)
    return 'kind' in message ? message : show(ctx, message)
  },
  form: z.object({ password: text('Enter your password', 1_000), again: optionalText(1_000), code: optionalText(40) }),
  async post(ctx, { params: { token }, form }) {
    const message = await usable(ctx, token)
    if ('kind' in message) return message
    const { password, again, code } = form
    const reader = await readerOf(ctx.tx, message.address)
    const wrong = (problem: string, field: 'password' | 'code' | 'again' = 'password'): Promise<Answer> => {
      ctx.about(message.dispatchId, { outcome: `wrong ${field}` })
      return show(ctx, message, { problem, field })
    }
    if (reader?.waitUntil && reader.waitUntil > ctx.now)
      return wrong(`There were too many wrong passwords. Wait until ${clock(reader.waitUntil)} and try again.`)
    if (reader === undefined) {
      await spendPasswordTime(password)
      const fault = passwordFault(password, message.address)
      if (fault !== undefined) return wrong(fault)
      if (again !== password) return wrong('The two passwords are not the same.', 'again')
    } else if (!(await passwordMatches(reader.passwordHash, password))) {
      const wait = waitAfter(reader.wrongTries + 1)
      await countWrongPassword(ctx.tx, message.address, wait === 0 ? null : new Date(ctx.now.getTime() + wait * 1_000))
      return wrong('That is not the password that was chosen for this address.')
    }
    if (message.verifiedAt === null) {
      if (message.codeTries >= CODE_TRIES)
        return wrong(
          `The code has been entered wrongly too often. Ask ${message.carried.senderName} for a new one.`,
          'code',
        )
      if (!sameText(fingerprint(codeTyped(code ?? '')), fingerprint(await codeOf(ctx, message.id)))) {
        await countCodeTry(ctx.tx, message.id)
        return wrong(
          `That is not the code. It has eight digits and is given to you by telephone by ${message.carried.senderName}.`,
          'code',
        )
      }
    }
    if (reader === undefined && !(await keepReader(ctx.tx, message.address, await hashPassword(password), ctx.now)))
      return wrong('A password has just been set for this address. Enter that one.')
    await forgiveWrongPasswords(ctx.tx, message.address)
    await noteVerified(ctx.tx, message.id, ctx.now)
    ctx.about(message.dispatchId, { outcome: 'entered' })
    return redirect(`/portal/message/${message.id}`, { session: await openSitting(ctx.tx, message.id, ctx.now) })
  },
})

async function usable(ctx: PageContext, token: string): Promise<Message | Answer> {
  const message = await messageByLink(ctx, token)
  if (message === undefined)
    return notFound('This link does not lead to anything. Copy it again from the invitation, all of it.')
  ctx.about(message.dispatchId)
  if (message.recalledAt !== null)
    return refusal(
      410,
      `${message.carried.senderName} has taken this back, or its time is over. Telephone ${message.carried.senderAgency} if you still need it.`,
    )
  if (message.expiresAt < ctx.now)
    return refusal(
      410,
      `This could be read until ${message.expiresAt.toLocaleDateString('en-GB')}. Telephone ${message.carried.senderAgency} if you still need it.`,
    )
  return message
}

async function show(ctx: PageContext, message: Message, trouble?: { problem: string; field: string }): Promise<Answer> {
  const { senderName, senderAgency, senderTelephone, reference } = message.carried
  return view(
    'portal/pages/open.njk',
    {
      title: 'Something to read',
      reference,
      senderName,
      senderAgency,
      senderTelephone,
      newReader: (await readerOf(ctx.tx, message.address)) === undefined,
      codeNeeded: message.verifiedAt === null,
      problem: trouble?.problem,
      field: trouble?.field,
      address: message.address,
    },
    trouble === undefined ? {} : { status: 422 },
  )
}

const clock = (at: Date): string =>
  at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' })
