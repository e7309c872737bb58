/** What a checking thread does with one message: everything that looks into what a stranger wrote, and nothing else. Pure but for the messages it holds. */
import { protocolNamed } from '../../protocols/index.ts'
import type { MailFinding, MailOptions } from '../facts/index.ts'
import { type Examined, examine, holdsOf } from '../queue/examine.ts'
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

export type Task =
  | { readonly kind: 'open'; readonly raw: Uint8Array }
  | {
      readonly kind: 'check'
      readonly options: CheckOptions
      readonly recipients: readonly string[]
      readonly sender: string
      readonly from: SenderFacts
      readonly stated: Stated
    }
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

export interface Answers {
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
      const envelope = reading.outcome === 'read' ? reading.message.envelope : reading.envelope
      return {
        outcome: reading.outcome,
        named: envelope === undefined ? [] : [...envelope.to, ...envelope.cc, ...envelope.bcc],
        ...(envelope?.messageId === undefined ? {} : { messageId: envelope.messageId }),
      }
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
    case 'write': {
      const found = readable(readMessage(bufferOf(task.raw)))
      const has = (key: string) => found.root.fields.some((field) => field.key === key)
      const { date, messageId } = task.stamp
      const set = {
        ...(has('date') ? {} : { Date: date }),
        ...(has('message-id') ? {} : { 'Message-ID': messageId }),
        ...task.amendments.set,
      }
      return serialise(found, { ...task.amendments, set })
    }
  }
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
