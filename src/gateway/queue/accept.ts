import { actorFor, type Person } from '../../people/index.ts'
import { errorCode, type House, newId, randomReference, sha256Hex, system } from '../../platform/index.ts'
import { checkers, type HeldMessage, type Looked, type Stamp, TooMuch } from '../checking/index.ts'
import type { Examined } from './examine.ts'
import { optionsTogether } from './gather-options.ts'
import { judged } from './judged.ts'
import { stampOf } from './outgoing.ts'
import { type Accepted, type Checked, puttingDown } from './put-down.ts'
import type { Seen } from './types.ts'

export type { Accepted } from './put-down.ts'

export interface HandedIn {
  readonly person: Person
  /** MAIL FROM, which is the person's own address. */
  readonly sender: string
  /** RCPT TO. */
  readonly recipients: readonly string[]
  readonly raw: Buffer
  /** What signed in: a mail program, or an agency's own mail server. */
  readonly by: 'user' | 'relay'
}

/**
 * Reads and checks a message in a thread of its own, and puts down what becomes of it together with its audit entry. When it returns, the
 * message is on disk, and so is what was decided; when it throws, nothing is. Bytes that were handed in before are not taken a second time.
 */
export async function accept(house: House, handed: HandedIn): Promise<Accepted> {
  const recipients = [...new Map(handed.recipients.map((one) => [one.toLowerCase(), one])).values()]
  try {
    const own = { id: newId(), reference: randomReference(), at: house.clock.now() }
    const looked = await look(house, handed, recipients, stampOf(own, house)).catch((error) => {
      if (error instanceof TooMuch) return { found: judged(tooMuch(handed, recipients)) }
      throw error
    })
    return await puttingDown(house).ask({
      ...handed,
      ...own,
      ...looked,
      digest: digestOf(handed, recipients),
    } satisfies Checked)
  } catch (error) {
    await sayFailed(house, handed.person, error)
    throw error
  }
}

/** Messages larger than this are asked first whom they name, so that none is read twice. */
const quickBytes = 256 * 1024

/** Most name nobody whom the envelope does not: they are read, checked and written in one turn. */
async function look(
  house: House,
  handed: HandedIn,
  recipients: readonly string[],
  stamp: Stamp,
): Promise<NonNullable<Looked>> {
  const { person, sender, raw } = handed
  const askedOf = async (named: HeldMessage['named']) => {
    const { options, from, settled } = await optionsTogether(house).ask({ person, sender, recipients, named })
    const party = { party: from, agencyName: person.agencyName }
    return { options, recipients, sender, from: party, stated: { facts: {} }, settled }
  }
  if (raw.length <= quickBytes) {
    const looked = await checkers().look(raw, { ...(await askedOf([])), stamp })
    if (looked !== undefined) return looked
  }
  return checkers().withMessage(raw, async (held) => {
    const { settled: _settled, ...asked } = await askedOf(held.named)
    return { found: judged(await held.ask({ kind: 'check', ...asked })) }
  })
}

/** What took more time or memory than a message may is refused, as what cannot be read is. */
function tooMuch({ person, sender }: HandedIn, recipients: readonly string[]): Examined {
  const sentence =
    'This message takes more work to look through than a message may, so nobody can say what is in it. Send its files through Safehaven instead.'
  const finding = {
    rule: 'MAIL-READ',
    part: 'message',
    start: 0,
    end: 0,
    text: '',
    sentence,
    weight: 'reject',
  } as const
  const seen: Seen = {
    subject: '',
    from: sender,
    sentence,
    findings: [finding],
    recipients: recipients.map((address) => ({ address, name: '', secure: false, route: null, because: sentence })),
    attachments: [],
    parts: [],
    envelope: recipients,
    sender: { party: { kind: person.agencyKind, name: person.name }, agencyName: person.agencyName },
    stated: { facts: {} },
    add: { set: {} },
  }
  return {
    answer: { action: 'reject', findings: [finding], recipients: seen.recipients, attachments: [], sentence },
    going: [],
    seen,
  }
}

async function sayFailed(house: House, person: Person, error: unknown): Promise<void> {
  const entry = {
    at: house.clock.now(),
    actor: actorFor(person),
    act: 'gateway.received',
    outcome: 'failed',
    reference: randomReference(),
    detail: { code: errorCode(error) ?? 'unexpected' },
  } as const
  await house.database
    .transaction(system, (tx) => house.record(tx, [entry]))
    .catch((failure) => house.log.fault('a failed act could not be recorded', failure, { act: entry.act }))
}

const digestOf = ({ sender, raw }: HandedIn, recipients: readonly string[]): string =>
  sha256Hex(
    `${sender}\n${recipients
      .map((one) => one.toLowerCase())
      .sort()
      .join('\n')}\n${sha256Hex(raw)}`,
  )
