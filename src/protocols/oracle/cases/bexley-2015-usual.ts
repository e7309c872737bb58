import { casesOf, given } from './case.ts'

/** A social worker with a secure address writes to a detective for a care plan. */
export const make = casesOf('bexley-2015', '2015-09-01', {
  from: { kind: 'social-care', name: 'K Rose', agency: 'bexley', address: 'k.rose@bexley.gcsx.gov.uk' },
  to: [{ kind: 'police', name: 'DC Rao', role: 'Detective', address: 'rao@met.pnn.police.uk', needToKnow: 'inquiry' }],
  information: ['name', 'offence'],
  purpose: 'care-plan',
  consent: [given],
  proportionate: true,
})
export const plain = { information: ['name' as const, 'services-provided' as const] }
export const insecure = { from: { address: 'k.rose@bexley.gov.uk' } }
