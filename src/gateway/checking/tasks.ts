/** What a checking thread does with one message: everything that looks into what a stranger wrote, and nothing else. Pure but for the messages it holds. */
import { protocolNamed } from '../../protocols/index.ts'
import type { MailFinding, MailOptions } from '../facts/index.ts'
import { type Examined, examine, holdsOf } from '../queue/examine.ts'
import { type Letter, letterAndFiles } from '../queue/letter.ts'
import { readdressed } from '../queue/readdress.ts'
import type { SenderFacts, Stated } from '../queue/types.ts'
import { type Amendments, type Reading, readMessage, serialise } from '../reading/index.ts'

/** The options of a check as they cross to a thread: a protocol goes by its id. */
export type CheckOptions = Omit<MailOptions, 'protocol'> & { readonly protocol: string }

/** Whom the headers name, which is what the house is asked about before the check. */
export interface Opened {
  readonly outcome: 'read' | 'refused'
  readonly named: readonly { readonly name: string; readonly address: string }[]
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
  | { readonly kind: 'write'; readonly amendments: Amendments; readonly stamp: Stamp }
  | { readonly kind: 'readdress'; readonly before: readonly string[]; readonly after: readonly string[] }
  | { readonly kind: 'letter' }
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
  readonly close: undefined
}

const held = new Map<number, Reading>()

export function perform(message: number, task: Task): Answers[Task['kind']] {
  if (task.kind === 'close') {
    held.delete(message)
    return undefined
  }
  if (task.kind === 'open') {
    const reading = readMessage(Buffer.from(task.raw.buffer, task.raw.byteOffset, task.raw.byteLength))
    held.set(message, reading)
    const envelope = reading.outcome === 'read' ? reading.message.envelope : reading.envelope
    return {
      outcome: reading.outcome,
      named: envelope === undefined ? [] : [...envelope.to, ...envelope.cc, ...envelope.bcc],
    }
  }
  const reading = held.get(message)
  if (reading === undefined) throw new Error('this thread does not hold the message')
  if (task.kind === 'check') return examine(reading, { ...task, options: optionsOf(task.options) })
  if (task.kind === 'holds') return holdsOf(reading, optionsOf(task.options))
  if (reading.outcome !== 'read') throw new Error('the message cannot be read')
  const { message: found } = reading
  switch (task.kind) {
    case 'write': {
      const has = (key: string) => found.root.fields.some((field) => field.key === key)
      const { date, messageId } = task.stamp
      return serialise(found, {
        ...task.amendments,
        set: {
          ...(has('date') ? {} : { Date: date }),
          ...(has('message-id') ? {} : { 'Message-ID': messageId }),
          ...task.amendments.set,
        },
      })
    }
    case 'readdress':
      return readdressed(found, new Set(task.before), task.after)
    case 'letter':
      return letterAndFiles(found)
  }
}

const optionsOf = ({ protocol, ...options }: CheckOptions): MailOptions => ({
  ...options,
  protocol: protocolNamed(protocol),
})
