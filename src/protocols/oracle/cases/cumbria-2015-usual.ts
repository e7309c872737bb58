import { casesOf, given } from './case.ts'

/** A family that must be rehoused; the tenancy officer's housing association proves nothing about its mail. */
export const make = casesOf('cumbria-2015', '2016-03-01', {
  from: { kind: 'social-care', name: 'B Hill', agency: 'cumbria', address: 'b.hill@cumbria.gov.uk' },
  to: [
    {
      kind: 'housing',
      name: 'Ed Roe',
      role: 'Tenancy officer',
      address: 'ed.roe@lakeshousing.example.org',
      needToKnow: 'arranges the move',
    },
  ],
  information: ['name', 'address', 'family'],
  purpose: 'section-17',
  agreement: 'rehousing-2014',
  consent: [given],
  proportionate: true,
})
const zip = { route: 'encrypted-attachment', confirmed: ['no-more-secure-route', 'significant-need'] } as const
export const zipped = { ...zip, confirmed: [...zip.confirmed] }
/** Owed by whatever goes by e-mail. */
export const mail = [
  'mark-confidential',
  'subject-without-identifiers',
  'deletion-statement',
  'remove-from-mailboxes',
  'check-recipients',
] as const
