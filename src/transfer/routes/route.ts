import type { ManualWork } from '../../platform/index.ts'
import type { Decision, Obligation, Party, Route } from '../../protocols/index.ts'
import type { Consignment, Dispatch, State } from '../consignment.ts'

/** One way by which information goes. A new route is one file that answers this, and one line in `routes/index.ts`. */
export interface TransferRoute {
  readonly id: Route
  /** "Secure e-mail" */
  readonly label: string
  /** Who carries it: Safehaven by itself, or a person who confirms each step. */
  readonly carrier: 'safehaven' | 'person'
  /** Obligations that the route does by itself. */
  readonly fulfils: readonly Obligation[]
  /** Why it cannot carry this, as a sentence; undefined when it can. */
  unable(consignment: Consignment, party: Party): string | undefined
  /** What people confirm, in the order in which it is usually done. */
  readonly steps: readonly RouteStep[]
  readonly sheets: readonly SheetKind[]
  /** Hands it over; only where Safehaven carries it. Never throws for a refusal of the other side. */
  deliver?(delivery: Delivery): Promise<Delivered>
}

export type SheetKind =
  | 'labels'
  | 'outer-envelope'
  | 'inner-envelope'
  | 'fax'
  | 'hand-over'
  | 'meeting'
  | 'telephone'
  | 'letter'

export interface RouteStep {
  readonly id: string
  /** On the button and the custody chain: "Posted". */
  readonly label: string
  readonly from: readonly State[]
  readonly to: State
  readonly fields: readonly StepField[]
  /** What is written down with it beyond the answers, such as the number that was faxed to (CUM-45). */
  readonly logs?: (party: Party) => string
  /** Tasks that it settles. */
  readonly settles: readonly Obligation[]
}

export interface StepField {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** `tick` must be ticked; `amount` is pounds and pence. */
  readonly kind: 'line' | 'paragraph' | 'tick' | 'amount'
  /** The sentence when it is missing; absent: it may be left empty. */
  readonly missing?: string
}

export interface Delivery {
  readonly work: ManualWork
  readonly consignment: Consignment
  readonly dispatch: Dispatch
  readonly party: Party
  readonly decision: Decision
  /** The password of this attempt, where the route takes one. */
  readonly password: string | undefined
  /** Writes down, in a transaction of its own, that the content is about to leave. Must be awaited before the first byte. */
  leaving(): Promise<void>
}

export type Delivered =
  | { readonly outcome: 'sent'; readonly detail: string }
  | { readonly outcome: 'failed'; readonly detail: string }
  | { readonly outcome: 'uncertain'; readonly detail: string }
  /** Another room takes it from here and tells by `recordArrival` and the like. */
  | { readonly outcome: 'handed-on'; readonly detail: string }

/** The steps that every route ends with: received, read, acted on (confirm-receipt, confirm-action). */
export const arrivalSteps: readonly RouteStep[] = [
  {
    id: 'received',
    label: 'Received by the right person',
    from: ['sent', 'uncertain'],
    to: 'arrived',
    fields: [
      { name: 'by', label: 'Who said that it arrived', kind: 'line', missing: 'Enter who said that it arrived' },
      {
        name: 'how',
        label: 'How they said so',
        hint: 'By telephone, by reply, in person',
        kind: 'line',
        missing: 'Enter how they said so',
      },
    ],
    settles: ['confirm-receipt'],
  },
  {
    id: 'read',
    label: 'Read',
    from: ['sent', 'arrived'],
    to: 'read',
    fields: [{ name: 'by', label: 'Who read it', kind: 'line', missing: 'Enter who read it' }],
    settles: ['confirm-receipt'],
  },
  {
    id: 'acted-on',
    label: 'Acted on',
    from: ['arrived', 'read'],
    to: 'acted-on',
    fields: [
      { name: 'what', label: 'What they did or will do', kind: 'paragraph', missing: 'Enter what they did or will do' },
    ],
    settles: ['confirm-action', 'confirm-receipt'],
  },
]

/** A person says that it did not get there. */
export const returned = (label: string): RouteStep => ({
  id: 'returned',
  label,
  from: ['prepared', 'sent', 'uncertain'],
  to: 'failed',
  fields: [{ name: 'why', label: 'What happened', kind: 'line', missing: 'Enter what happened' }],
  settles: [],
})

/** Sizes of all that would be sent, in bytes. */
export const totalSize = (consignment: Consignment): number =>
  Buffer.byteLength(consignment.letter) + consignment.documents.reduce((sum, { size }) => sum + size, 0)
