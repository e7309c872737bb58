import { type Actor, newId } from '../platform/index.ts'
import {
  type Decision,
  type Disclosure,
  decide,
  OBLIGATIONS,
  type Obligation,
  type Party,
  protocolNamed,
  type Route,
} from '../protocols/index.ts'
import type { Consignment, SentDocument } from './consignment.ts'

export const brenda: Actor = {
  id: 'b7a3c1f0-0000-4000-8000-000000000001',
  name: 'Brenda Hill',
  kind: 'user',
  agency: 'langley',
  agencyName: 'Langley Children’s Services',
  role: 'practitioner',
  permissions: new Set(['disclosure.read', 'disclosure.write', 'dispatch.confirm']),
}
export const colleague: Actor = { ...brenda, id: 'b7a3c1f0-0000-4000-8000-000000000002', name: 'Col Eague' }
export const stranger: Actor = {
  ...brenda,
  id: 'b7a3c1f0-0000-4000-8000-000000000003',
  name: 'Stella Ranger',
  agency: 'elsewhere',
}

export const sender = {
  userId: brenda.id,
  name: brenda.name,
  agency: 'langley',
  agencyName: 'Langley Children’s Services',
  address: 'b.hill@langley.example',
  telephone: '01632 960111',
  postal: 'County Offices, Langley LA1 2XY',
}

export const head: Party = {
  kind: 'school',
  name: 'Amina Hart',
  role: 'Head teacher',
  agency: 'St John’s School',
  address: 'a.hart@stjohns.example',
  postal: 'School Lane, Langley, LA1 9ZZ',
  telephone: '01632 960333',
  fax: '01632 960222',
  needToKnow: 'teaches the child',
}

const disclosure: Disclosure = {
  from: { kind: 'social-care', name: sender.name, role: 'Social worker', agency: 'langley', address: sender.address },
  to: [head],
  about: [{ ref: 'child-1', age: 9 }],
  information: ['name', 'concern'],
  purpose: 'section-17',
  proportionate: true,
}

/** A consignment by one route, whose decision owes every obligation there is, under a protocol that is nowhere to be found. */
export function consignmentBy(
  route: Route,
  change: { documents?: SentDocument[]; alternatives?: Route[]; party?: Party; letter?: string } = {},
): Consignment {
  const { documents = [], alternatives = [], party = head, letter = 'We are worried about Robin, aged nine.' } = change
  const plain = route === 'email' || route === 'text'
  const decision: Decision = {
    outcome: 'share',
    level: plain ? 'anonymised' : 'personal',
    items: plain ? ['statistic'] : ['name', 'concern'],
    withheld: [],
    route,
    alternatives,
    closed: [],
    needs: [],
    obligations: (Object.keys(OBLIGATIONS) as Obligation[]).map((id) => ({
      id,
      when: OBLIGATIONS[id][0],
      text: OBLIGATIONS[id][1],
      cites: ['CUM-1'],
      ...(id === 'written-follow-up' ? { within: 'PT48H' } : {}),
    })),
    recipients: [{ index: 0, outcome: 'share', route, closed: [] }],
    reasons: [{ text: 'It protects the child.', cites: ['BEX-1'] }],
    protocol: { id: 'nowhere', version: '1', on: '2026-11-21' },
  }
  return {
    id: newId(),
    disclosure: { ...disclosure, to: [party] },
    decision,
    sender,
    documents,
    letter,
    recipients: [{ index: 0, party, route }],
  }
}

/** A consignment as a protocol decides it on a day. Throws when it is not a share. */
export function decidedConsignment(
  protocol: string,
  day: string,
  change: Partial<Disclosure>,
  letter = 'We are worried about Robin.',
): Consignment {
  const whole: Disclosure = { ...disclosure, ...change }
  const decision = decide(whole, protocolNamed(protocol), day)
  if (decision.outcome !== 'share') throw new Error(JSON.stringify(decision, null, 1))
  const recipients = whole.to.map((party, index) => ({
    index,
    party,
    route: decision.recipients[index]?.route ?? decision.route!,
  }))
  return {
    id: newId(),
    disclosure: whole,
    decision,
    sender: { ...sender, address: whole.from.address ?? sender.address },
    documents: [],
    letter,
    recipients,
  }
}
