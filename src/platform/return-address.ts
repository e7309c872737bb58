/** Addresses to which reports and replies come back, each with a token that only this house can have made (VERP). */
import type { Config } from './config.ts'
import { sameText } from './crypto.ts'
import type { Secrets } from './secrets.ts'

/** What a return address stands for: a message of the gateway and the place of one recipient, or a dispatch and its attempt. */
export interface ReturnFor {
  readonly kind: 'message' | 'dispatch'
  readonly id: string
  /** 0 to 65 535. */
  readonly number: number
}

const purpose = 'platform.return-address'
const kinds = ['message', 'dispatch'] as const
const plain = 19
const proof = 12
const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** The return address, or undefined where none is set. Small letters and digits only: mail servers may fold capitals. */
export function returnAddress(config: Config, secrets: Secrets, { kind, id, number }: ReturnFor): string | undefined {
  if (config.returns === undefined) return undefined
  const bytes = Buffer.alloc(plain)
  bytes[0] = kinds.indexOf(kind)
  Buffer.from(id.replace(/-/g, ''), 'hex').copy(bytes, 1)
  bytes.writeUInt16BE(number, 17)
  const mac = Buffer.from(secrets.mac(purpose, bytes), 'base64url').subarray(0, proof)
  const at = config.returns.address.indexOf('@')
  return `${config.returns.address.slice(0, at)}+${spell(Buffer.concat([bytes, mac]))}${config.returns.address.slice(at)}`
}

/** What an address was made for; undefined: this house did not make it. */
export function readReturnAddress(config: Config, secrets: Secrets, address: string): ReturnFor | undefined {
  if (config.returns === undefined) return undefined
  const [local, domain] = config.returns.address.split('@')
  const [, before, token, after] = /^([^+@]+)\+([a-z2-7]{50})@([^@]+)$/.exec(address.toLowerCase()) ?? []
  if (before !== local || after !== domain || token === undefined) return undefined
  const bytes = unspell(token)
  const known = bytes.subarray(0, plain)
  const shown = bytes.subarray(plain, plain + proof).toString('base64url')
  const right = secrets.macs(purpose, known).map((mac) => Buffer.from(mac, 'base64url').subarray(0, proof))
  if (!right.some((mac) => sameText(mac.toString('base64url'), shown))) return undefined
  const kind = kinds[known[0]!]
  if (kind === undefined) return undefined
  const id = known
    .subarray(1, 17)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  return { kind, id, number: known.readUInt16BE(17) }
}

/** RFC 4648 base32 in small letters, without filling. */
function spell(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => letters[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function unspell(text: string): Buffer {
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
