import type { House } from '../../platform/index.ts'
import { type Message, serialise } from '../reading/index.ts'
import type { Additions, MessageRow } from './types.ts'

/**
 * The bytes that leave: written anew from what was checked, with what the gateway adds, and a trace line that says who took it and when
 * (RFC 5321 §4.4), but not from which machine. A missing date and id are added (RFC 6409 §8).
 */
export function outgoing(message: Message, row: MessageRow, add: Additions, { config }: House): Buffer {
  const host = new URL(config.publicUrl).hostname
  const has = (key: string) => message.root.fields.some((field) => field.key === key)
  const set = {
    ...(has('date') ? {} : { Date: mailDate(row.at) }),
    ...(has('message-id') ? {} : { 'Message-ID': `<${row.id}@${host}>` }),
    ...add.set,
  }
  const trace = `Received: by ${host} (Safehaven) with ESMTPSA id ${row.reference};\r\n\t${mailDate(row.at)}\r\n`
  const { append } = add
  return Buffer.concat([Buffer.from(trace), serialise(message, { set, ...(append === undefined ? {} : { append }) })])
}

/** RFC 5322 §3.3, in UTC. */
const mailDate = (at: Date): string => at.toUTCString().replace('GMT', '+0000')
