/** What a checking thread does with one message: everything that looks into what a stranger wrote, and nothing else. Pure but for the messages it holds. */
import { protocolNamed } from '../../protocols/index.ts'
import type { MailFinding, MailOptions } from '../facts/index.ts'
import { type Examined, examine, holdsOf } from '../queue/examine.ts'
import { type Judged, judged } from '../queue/judged.ts'
import { type Letter, letterAndFiles } from '../queue/letter.ts'
import { readdressed } from '../queue/readdress.ts'
import type { SenderFacts, Stated } from '../queue/types.ts'
import { type Amendments, type Message, type Reading, readMessage, serialise } from '../reading/index.ts'
import { type CameBack, cameBack } from '../returns/what-came.ts'

/** The options of a check as they cross to a thread: a protocol goes by its id. */
export type CheckOptions = Omit<MailOptions, 'protocol'> & { readonly protocol: string }

/** Whom the headers name, which is what the house is asked about before the check. */
export interface Opened {
  readonly outcome: 'read' | 'refused'
  readonly named: readonly { readonly name: string; readonly address: string }[]
  readonly messageId?: string
}

/** What is asked of a message in one turn. */
export interface Looking {
  readonly options: CheckOptions
  readonly recipients: readonly string[]
  readonly sender: string
  readonly from: SenderFacts
  readonly stated: Stated
}

export type Task =
  | (Looking & {
      readonly kind: 'look'
      readonly raw: Uint8Array
      /** The addresses, in small letters, of which the options say all that there is to know, whatever name stands beside them. */
      readonly settled: readonly string[]
      readonly stamp: Stamp
    })
  | { readonly kind: 'open'; readonly raw: Uint8Array }
  | (Looking & { readonly kind: 'check' })
  | { readonly kind: 'holds'; readonly options: CheckOptions }
  | {
      readonly kind: 'write'
      readonly raw: Uint8Array
      readonly amendments: Amendments
      readonly stamp: Stamp
    }
  | { readonly kind: 'readdress'; readonly before: readonly string[]; readonly after: readonly string[] }
  | { readonly kind: 'letter' }
  | { readonly kind: 'came-back'; readonly fromNobody: boolean }
  | { readonly kind: 'close' }

/** What a message gets where it has none of its own. */
export interface Stamp {
  readonly date: string
  readonly messageId: string
}

/** Absent: the headers name somebody of whom the house was not asked. `written`: the bytes that leave, where all of it goes by mail. */
export type Looked = { readonly found: Judged; readonly written?: Uint8Array } | undefined

export interface Answers {
  readonly look: Looked
  readonly open: Opened
  readonly check: Examined
  readonly holds: readonly MailFinding[]
  readonly write: Uint8Array
  readonly readdress: Uint8Array
  readonly letter: Letter
  readonly 'came-back': CameBack
  readonly close: undefined
}

const held = new Map<number, Reading>()

export function perform(message: number, task: Task): Answers[Task['kind']] {
  switch (task.kind) {
    case 'close':
      held.delete(message)
      return undefined
    case 'open': {
      const reading = readMessage(bufferOf(task.raw))
      held.set(message, reading)
      const envelope = envelopeOf(reading)
      return {
        outcome: reading.outcome,
        named: namedIn(reading),
        ...(envelope?.messageId === undefined ? {} : { messageId: envelope.messageId }),
      }
    }
    case 'look': {
      const reading = readMessage(bufferOf(task.raw))
      const settled = new Set(task.settled)
      if (!namedIn(reading).every(({ address }) => settled.has(address.toLowerCase()))) return undefined
      const found = examine(reading, { ...task, options: optionsOf(task.options) })
      const byMail = found.answer.action === 'deliver' && found.going.every((one) => one.way === 'mail')
      if (!byMail || reading.outcome !== 'read') return { found: judged(found) }
      return { found: judged(found), written: written(reading.message, found.seen.add, task.stamp) }
    }
    case 'check':
      return examine(heldReading(message), { ...task, options: optionsOf(task.options) })
    case 'holds':
      return holdsOf(heldReading(message), optionsOf(task.options))
    case 'readdress':
      return readdressed(readable(heldReading(message)), new Set(task.before), task.after)
    case 'letter':
      return letterAndFiles(readable(heldReading(message)))
    case 'came-back':
      return cameBack(heldReading(message), task.fromNobody)
    case 'write':
      return written(readable(readMessage(bufferOf(task.raw))), task.amendments, task.stamp)
  }
}

function written(message: Message, amendments: Amendments, { date, messageId }: Stamp): Uint8Array {
  const has = (key: string) => message.root.fields.some((field) => field.key === key)
  const set = {
    ...(has('date') ? {} : { Date: date }),
    ...(has('message-id') ? {} : { 'Message-ID': messageId }),
    ...amendments.set,
  }
  return serialise(message, { ...amendments, set })
}

const envelopeOf = (reading: Reading) => (reading.outcome === 'read' ? reading.message.envelope : reading.envelope)

function namedIn(reading: Reading): Opened['named'] {
  const envelope = envelopeOf(reading)
  return envelope === undefined ? [] : [...envelope.to, ...envelope.cc, ...envelope.bcc]
}

const bufferOf = (raw: Uint8Array): Buffer => Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)

function heldReading(message: number): Reading {
  const reading = held.get(message)
  if (reading === undefined) throw new Error('this thread does not hold the message')
  return reading
}

function readable(reading: Reading): Message {
  if (reading.outcome !== 'read') throw new Error('the message cannot be read')
  return reading.message
}

const optionsOf = ({ protocol, ...options }: CheckOptions): MailOptions => ({
  ...options,
  protocol: protocolNamed(protocol),
})
