import { actIn, type Context, type House, type ReturnFor, sha256Hex, system } from '../../platform/index.ts'
import { consignmentOf, recordArrival } from '../../transfer/index.ts'
import { checkers, TooMuch } from '../checking/index.ts'
import { arrivedAfterAll, findMessage, otherWay, recipientsOf, tellOf } from '../queue/index.ts'
import { isNumberOf, isReportName, several } from './back-for.ts'
import { insertReturned, type ReturnedKind, returnedCount } from './store.ts'
import type { Came, CameBack, Reported } from './what-came.ts'

export type Taken = { readonly kind: 'taken' | 'known' } | { readonly kind: 'refused'; readonly sentence: string }

/** Beyond this somebody plays with a return address. */
const mostForOne = 200

/**
 * Takes what came back to a return address that this house made. What it says changes something only when it fits: a report from nobody, about
 * this recipient, of something that was sent. Everything else is kept for the sender to see, and changes nothing. One transaction.
 */
export async function takeReturn(house: House, target: ReturnFor, from: string, raw: Buffer): Promise<Taken> {
  const { came, from: writers } = await checkers()
    .withMessage(raw, (held) => held.ask({ kind: 'came-back', fromNobody: from === '' }))
    .catch((error): CameBack => {
      if (error instanceof TooMuch) return { came: { kind: 'malformed', sentence: beyond }, from: [] }
      throw error
    })
  if (came.kind === 'malformed') return { kind: 'refused', sentence: came.sentence }
  return actIn(house, { actor: system, act: 'gateway.returned', subject: target.id }, async (ctx) => {
    const digest = sha256Hex(`${target.kind} ${target.id} ${sha256Hex(raw)}`)
    const known = { ctx, target, came, from: writers, raw, digest }
    return target.kind === 'message' ? forMessage(known) : forDispatch(known)
  })
}

const beyond = 'This message takes more work to look through than a message may.'

interface Known {
  readonly ctx: Context
  readonly target: ReturnFor
  readonly came: Exclude<Came, { kind: 'malformed' }>
  readonly from: CameBack['from']
  readonly raw: Buffer
  readonly digest: string
}

const gone: Taken = { kind: 'refused', sentence: 'What this address was made for is kept no longer.' }
const tooMuch: Taken = { kind: 'refused', sentence: 'Too much came back to this address already.' }

async function forMessage({ ctx, target, came, from, raw, digest }: Known): Promise<Taken> {
  const row = await findMessage(ctx.tx, target.id, true)
  if (row === undefined) return gone
  if ((await returnedCount(ctx.tx, { message: row.id })) >= mostForOne) return tooMuch
  const recipients = await recipientsOf(ctx.tx, row.id)
  const meant =
    target.number === several
      ? recipients
      : recipients.filter(({ address }) => isNumberOf(ctx.secrets, row.id, address, target.number))
  // The recipient for whom alone the address was made, whom it means when it names nobody.
  const only = meant.length === 1 && target.number !== several ? meant[0] : undefined
  // An address that several share is known to each of them: then the name that only who carried it knows must stand in a report too.
  const proved = only !== undefined || (came.kind === 'report' && isReportName(ctx.secrets, row.id, came.envelope))
  const base = { agency: row.agency, senderUser: row.senderUser, message: row.id }
  let taken: Taken = { kind: 'known' }
  for (const [index, { addresses, kind, detail, body }] of saidBy(came, from).entries()) {
    const recipient =
      addresses.length === 0 ? only : meant.find(({ address }) => addresses.includes(address.toLowerCase()))
    const fits = recipient !== undefined && (proved || body)
    const added = await insertReturned(ctx, {
      ...base,
      ...(recipient === undefined ? {} : { place: recipient.place }),
      kind: fits || body ? kind : 'unclear',
      address: addresses[0] ?? recipient?.address.toLowerCase() ?? '',
      detail,
      digest: index === 0 ? digest : `${digest}-${index}`,
      ...(body ? { raw } : {}),
    })
    if (added === undefined) continue
    taken = { kind: 'taken' }
    ctx.about(row.id, { came: kind, fits })
    if (kind === 'reply') await tellOf(ctx, row.id, 'replied')
    if (!fits) continue
    if (kind === 'failed' && (recipient.state === 'sent' || recipient.state === 'uncertain'))
      await otherWay(ctx, row, recipient, `It came back. ${detail}`)
    else if (kind === 'delivered' || kind === 'displayed' || kind === 'reply')
      await arrivedAfterAll(ctx, recipient, arrivedBy(kind))
  }
  return taken
}

const arrivedBy = (kind: ReturnedKind): string =>
  kind === 'reply'
    ? 'The recipient has replied.'
    : kind === 'displayed'
      ? 'The recipient’s mail program says that it was read.'
      : 'The recipient’s mail server says that it was delivered.'

async function forDispatch({ ctx, target, came, from, raw, digest }: Known): Promise<Taken> {
  const found = await consignmentOf(ctx, target.id)
  if (found === undefined) return gone
  if ((await returnedCount(ctx.tx, { dispatch: target.id })) >= mostForOne) return tooMuch
  const { dispatch, consignment, party } = found
  const address = party.address?.toLowerCase()
  let taken: Taken = { kind: 'known' }
  for (const [index, { addresses, kind, detail, body }] of saidBy(came, from).entries()) {
    // A dispatch has one recipient, whom a report means that names nobody.
    const fits = address !== undefined && (addresses.includes(address) || addresses.length === 0)
    const added = await insertReturned(ctx, {
      agency: consignment.sender.agency,
      senderUser: consignment.sender.userId,
      dispatch: target.id,
      attempt: target.number,
      kind: fits || body ? kind : 'unclear',
      address: addresses[0] ?? address ?? '',
      detail,
      digest: index === 0 ? digest : `${digest}-${index}`,
      ...(body ? { raw } : {}),
    })
    if (added === undefined) continue
    taken = { kind: 'taken' }
    ctx.about(target.id, { came: kind, fits })
    if (!fits) continue
    // An earlier attempt that comes back says nothing about the one under way now.
    if (kind === 'failed' && dispatch.attempt === target.number)
      await recordArrival(ctx, target.id, 'failed', `It came back. ${detail}`)
    else if (kind === 'delivered') await recordArrival(ctx, target.id, 'arrived', arrivedBy(kind))
    else if (kind === 'displayed' || kind === 'reply') await recordArrival(ctx, target.id, 'read', arrivedBy(kind))
  }
  return taken
}

interface SaidOfOne {
  readonly addresses: readonly string[]
  readonly kind: ReturnedKind
  readonly detail: string
  /** A person's or a program's own words, which are kept for the sender. */
  readonly body: boolean
}

function saidBy(came: Known['came'], from: CameBack['from']): SaidOfOne[] {
  switch (came.kind) {
    case 'report':
      return came.recipients.map((one) => ({
        addresses: one.addresses,
        kind: kindOf(one),
        detail: `${one.status} ${one.said}`.trim(),
        body: false,
      }))
    case 'read-report':
      return [{ addresses: came.recipients, kind: came.displayed ? 'displayed' : 'unclear', detail: '', body: false }]
    case 'automatic':
      return [{ addresses: from, kind: 'automatic', detail: '', body: true }]
    case 'reply':
      return [{ addresses: from, kind: 'reply', detail: '', body: true }]
  }
}

/** What was handed to a server that makes no reports, or to a list, has not arrived by that (RFC 3464 §2.3.3). */
const kindOf = ({ action }: Reported): ReturnedKind => (action === 'expanded' ? 'relayed' : action)
