import { type Decision, type Disclosure, decide, type Item, type Party, type Protocol } from '../../protocols/index.ts'
import type { Check } from '../answer.ts'
import { EVERYTHING, PERSONAL } from './items.ts'

export interface Asking {
  readonly asker: Party
  readonly check: Check
  readonly authority: { readonly id: string; readonly name: string }
  readonly protocol: Protocol
  /** YYYY-MM-DD */
  readonly day: string
  /** Who of the keeping authority authorises this answer (WY-18), where somebody does. */
  readonly authorisedBy?: string
}

/**
 * A check as a disclosure: the keeping authority answers the asker through the register. Training is asked of whoever acts, and here that
 * is the asker. All that a register can hold is asked for, so that the decision is the same whoever is in it.
 */
export function disclosureFor(
  { asker, check, authority, authorisedBy }: Asking,
  items: readonly Item[],
  refs: readonly string[],
): Disclosure {
  return {
    from: {
      kind: 'social-care',
      agency: authority.name,
      area: authority.id,
      ...(asker.trained === undefined ? {} : { trained: asker.trained }),
    },
    to: [{ ...asker, needToKnow: check.needToKnow }],
    ...(refs.length === 0 ? {} : { about: refs.map((ref) => ({ ref })) }),
    information: [...items],
    purpose: check.purpose,
    ...(check.risk === undefined ? {} : { risk: check.risk }),
    ...(check.consent === undefined
      ? {}
      : {
          consent: [
            {
              person: 'someone with parental responsibility',
              age: 30,
              state: check.consent,
              explicit: check.consent === 'given',
            },
          ],
        }),
    ...(check.ground === undefined ? {} : { ground: check.ground }),
    proportionate: check.proportionate,
    ...(authorisedBy === undefined ? {} : { authorisedBy }),
    route: 'register',
  }
}

/** What this authority's register may tell the asker: all items, or, where the sensitive ones lack something, the personal ones alone. */
export function decideFor(asking: Asking): { disclosure: Disclosure; decision: Decision; answers: boolean } {
  const whole = attempt(asking, EVERYTHING)
  if (whole.answers) return whole
  const personal = attempt(asking, PERSONAL)
  return personal.answers ? personal : whole
}

function attempt(
  asking: Asking,
  items: readonly Item[],
): { disclosure: Disclosure; decision: Decision; answers: boolean } {
  const disclosure = disclosureFor(asking, items, [])
  const decision = decide(disclosure, asking.protocol, asking.day)
  const answers =
    decision.outcome === 'share' && decision.route === 'register' && decision.items.some((item) => item !== 'statistic')
  return { disclosure, decision, answers }
}
