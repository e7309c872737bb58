import type { House } from '../../platform/index.ts'
import { checkers, type Stamp } from '../checking/index.ts'
import type { Additions, MessageRow } from './types.ts'

/**
 * The bytes that leave: written anew from what was checked, with what the gateway adds, and a trace line that says who took it and when
 * (RFC 5321 §4.4), but not from which machine. A missing date and id are added (RFC 6409 §8).
 */
export async function outgoing(raw: Buffer, row: MessageRow, add: Additions, house: House): Promise<Buffer> {
  return traced(await checkers().write(raw, add, stampOf(row, house)), row, house)
}

/** The same of a message that was written anew when it was checked. */
export function traced(written: Uint8Array, row: Pick<MessageRow, 'reference' | 'at'>, house: House): Buffer {
  const trace = `Received: by ${hostOf(house)} (Safehaven) with ESMTPSA id ${row.reference};\r\n\t${mailDate(row.at)}\r\n`
  return Buffer.concat([Buffer.from(trace), written])
}

/** What a message gets where it has none of its own. */
export const stampOf = ({ id, at }: Pick<MessageRow, 'id' | 'at'>, house: House): Stamp => ({
  date: mailDate(at),
  messageId: `<${id}@${hostOf(house)}>`,
})

const hostOf = ({ config }: House): string => new URL(config.publicUrl).hostname

/** RFC 5322 §3.3, in UTC. */
const mailDate = (at: Date): string => at.toUTCString().replace('GMT', '+0000')
