import { domainToASCII } from 'node:url'

/** An address as the documents would see it. */
export interface Address {
  /** The domain as A-labels in lower case; absent where this is no address at all. */
  readonly domain?: string
  /** Other scripts, or a name built to resemble a secure one: what else is closed for it is left open. */
  readonly odd: boolean
  readonly mailbox: string
}

const resembles = /police|nhs|cjsm|gcsx|gsx|gsi|gse|pnn|scn|mod\.?uk|gov-uk/u

export function readAddress(text: string | undefined): Address {
  const match = /^([^\s@"<>,;]+)@([^\s@"<>,;]+)$/u.exec(text ?? '')
  const [, mailbox = '', host = ''] = match ?? []
  const ascii = host === '' ? '' : domainToASCII(host).toLowerCase()
  const plain = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/u.test(ascii)
  if (!plain) return { odd: true, mailbox }
  const odd =
    /[^\p{ASCII}]/u.test(text ?? '') || ascii.includes('xn--') || (resembles.test(ascii) && !anyOf(ascii, LISTED))
  return { domain: ascii, odd, mailbox: mailbox.toLowerCase() }
}

/** Bexley's ten patterns (BEX-39). */
export const LISTED = [
  'nhs.net',
  'gsi.gov.uk',
  'gse.gov.uk',
  'gsx.gov.uk',
  'mod.uk',
  'police.uk',
  'pnn.police.uk',
  'scn.gov.uk',
  'cjsm.net',
  'gcsx.gov.uk',
]

export function anyOf(domain: string | undefined, names: readonly string[]): boolean {
  return domain !== undefined && names.some((name) => domain === name || domain.endsWith(`.${name}`))
}

const webmail = ['gmail.com', 'googlemail.com', 'yahoo.co.uk', 'yahoo.com', 'hotmail.com', 'hotmail.co.uk']
export const isWebmail = (address: Address): boolean => anyOf(address.domain, webmail)
export const isInfo = (address: Address): boolean => address.mailbox === 'info'
