import type { Decision, Need } from '../../protocols/index.ts'
import { NEED_WORDS } from './words.ts'

export interface NeedLink {
  readonly id: Need
  readonly title: string
  readonly text: string
  readonly cites: readonly string[]
  readonly href: string
  readonly action: string
}

/** Each thing that is missing, with the page on which it is met. */
export const needLinks = (id: string, decision: Decision): readonly NeedLink[] =>
  decision.needs.map((one) => ({ ...one, title: NEED_WORDS[one.id], ...placeOf(id, one.id) }))

function placeOf(id: string, need: Need): { href: string; action: string } {
  const at = (path: string, action: string) => ({ href: `/disclosures/${id}/${path}`, action })
  switch (need) {
    case 'consent':
    case 'explicit-consent':
    case 'ground':
      return at('consent', 'Record consent, or the ground without it')
    case 'need-to-know':
      return at('recipients', 'Say why each recipient needs to know')
    case 'proportionality':
      return at('balance', 'Weigh sharing against not sharing')
    case 'manager-authorisation':
      return at('authorise?kind=manager-authorisation', 'Ask your manager')
    case 'harm-balance':
      return at('authorise?kind=harm-balance', 'Ask your manager')
    case 'recipient-named':
    case 'secure-address':
      return at('recipients', 'Choose a recipient whom the directory knows by name and secure address')
    case 'purpose':
      return at('purpose', 'Choose the purpose')
    case 'training':
      return { href: '/account', action: 'See your training' }
    case 'recipient-check':
      return at('check', 'Check the list')
    default:
      return at(`confirm?need=${need}`, 'Confirm it')
  }
}
