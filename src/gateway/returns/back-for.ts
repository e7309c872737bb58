/** Where what goes by mail comes back to, and what is asked of those who carry and read it. */
import { type Config, returnAddress, type Secrets } from '../../platform/index.ts'

/** Stands for several recipients together. */
export const several = 0xffff

/**
 * Which of a message's recipients a return address is for: a number made of the address, so that it stays theirs when others are put in their
 * place. Two of one message may get the same, once in some sixty thousand pairs; then a report must name whom it means.
 */
const numberOf = (secrets: Secrets, message: string, address: string): number =>
  numberFrom(secrets.mac(purpose, naming(message, address)))

/** Whether this number was made for the address, also before the secret was changed. */
export const isNumberOf = (secrets: Secrets, message: string, address: string, number: number): boolean =>
  number !== several && secrets.macs(purpose, naming(message, address)).some((mac) => numberFrom(mac) === number)

const purpose = 'gateway.recipient'
const naming = (message: string, address: string) => `${message} ${address.toLowerCase()}`
const numberFrom = (mac: string): number => Buffer.from(mac, 'base64url').readUInt32BE(0) % several

/** Who get a message in one handing-over. With a return address each gets it from an address of its own, which then says alone who is meant (VERP). */
export const handedTogether = <Recipient>(config: Config, mail: readonly Recipient[]): (readonly Recipient[])[] =>
  config.returns === undefined ? [mail] : mail.map((one) => [one])

export interface Back {
  /** MAIL FROM. */
  readonly from: string
  /** A name for the report that its recipients never see (RFC 3461 §4.4); absent where reports are not taken. */
  readonly report?: string
  /** Header fields to set. */
  readonly set: Readonly<Record<string, string>>
}

interface Leaving {
  readonly id: string
  readonly senderAddress: string
  /** To whom this handing-over goes. */
  readonly addresses: readonly string[]
  /** It stays within the sender's organisation, where a reply goes from mailbox to mailbox. */
  readonly inside: boolean
  readonly raw: Buffer
}

/**
 * Without a return address the sender's mailbox gets what comes back, as ever. With one, reports and replies come to the gateway; a sender who
 * asked to be told when it is read is told through it too.
 */
export function backFor(
  config: Config,
  secrets: Secrets,
  { id, senderAddress, addresses, inside, raw }: Leaving,
): Back {
  const number = addresses.length === 1 ? numberOf(secrets, id, addresses[0]!) : several
  const address = returnAddress(config, secrets, { kind: 'message', id, number })
  if (address === undefined) return { from: senderAddress, set: {} }
  const fields = headOf(raw)
  const set: Record<string, string> = {}
  if (!inside && !/^reply-to:/im.test(fields)) set['Reply-To'] = `<${address}>`
  if (/^disposition-notification-to:/im.test(fields)) set['Disposition-Notification-To'] = `<${address}>`
  return { from: address, report: reportName(secrets, id), set }
}

/** What stands in reports as Original-Envelope-Id. Who did not carry the message does not know it. */
export const reportName = (secrets: Secrets, id: string): string => secrets.mac('gateway.report', id).slice(0, 32)

export const isReportName = (secrets: Secrets, id: string, name: string | undefined): boolean =>
  name !== undefined && secrets.macs('gateway.report', id).some((mac) => mac.slice(0, 32) === name)

function headOf(raw: Buffer): string {
  const end = raw.indexOf('\r\n\r\n')
  return raw.subarray(0, end < 0 ? Math.min(raw.length, 65_536) : end).toString('latin1')
}
