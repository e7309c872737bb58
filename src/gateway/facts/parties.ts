/** The parties of a disclosure from the addresses of a message, with what the facts file says about them. */
import { domainOf, type Kind, type Party } from '../../protocols/index.ts'
import type { Address } from '../reading/index.ts'

/** The kind that a domain suggests; facts stated about the party come first. */
export function partyOf(address: Address, stated: readonly Partial<Party>[]): Party {
  const known = stated.find((party) => party.address?.toLowerCase() === address.address.toLowerCase())
  return {
    kind: kindOf(address.address),
    ...(address.name === '' ? {} : { name: address.name }),
    ...(known ?? {}),
    address: address.address,
  } as Party
}

function kindOf(address: string): Kind {
  const found = domainOf(address)
  const domain = 'domain' in found ? found.domain : ''
  if (/(^|\.)police\.uk$/.test(domain)) return 'police'
  if (/(^|\.)nhs\.(?:net|uk)$/.test(domain)) return 'health'
  if (/\.sch\.uk$/.test(domain)) return 'school'
  if (/\.ac\.uk$/.test(domain)) return 'education'
  if (/(^|\.)gov\.uk$|(^|\.)cjsm\.net$/.test(domain)) return 'social-care'
  return 'voluntary'
}
