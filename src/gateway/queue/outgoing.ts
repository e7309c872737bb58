import type { House } from '../../platform/index.ts'
import { checkers } from '../checking/index.ts'
import type { Additions, MessageRow } from './types.ts'

/**
 * The bytes that leave: written anew from what was checked, with what the gateway adds, and a trace line that says who took it and when
 * (RFC 5321 §4.4), but not from which machine. A missing date and id are added (RFC 6409 §8).
 */
export async function outgoing(raw: Buffer, row: MessageRow, add: Additions, { config }: House): Promise<Buffer> {
  const host = new URL(config.publicUrl).hostname
  const stamp = { date: mailDate(row.at), messageId: `<${row.id}@${host}>` }
  const written = await checkers().write(raw, add, stamp)
  const trace = `Received: by ${host} (Safehaven) with ESMTPSA id ${row.reference};\r\n\t${mailDate(row.at)}\r\n`
  return Buffer.concat([Buffer.from(trace), written])
}

/** RFC 5322 §3.3, in UTC. */
const mailDate = (at: Date): string => at.toUTCString().replace('GMT', '+0000')
