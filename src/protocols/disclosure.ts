import { z } from 'zod'
import {
  CLEARANCES,
  CONSENT_STATES,
  GROUNDS,
  ITEMS,
  type Item,
  KINDS,
  type Level,
  MARKINGS,
  NEEDS,
  type Need,
  type Obligation,
  type Outcome,
  PURPOSES,
  RISKS,
  ROUTES,
  type Route,
  TOLD,
} from './vocabulary.ts'

const text = z.string().max(10_000)
const day = z.iso.date()

const channel = z.strictObject({
  tls: text.optional(),
  mtaSts: z.boolean().optional(),
  dane: z.boolean().optional(),
  dmarc: z.boolean().optional(),
  accredited: z.boolean().optional(),
  checkedOn: day,
})

export const partySchema = z.strictObject({
  name: text.optional(),
  role: text.optional(),
  agency: text.optional(),
  kind: z.enum(KINDS),
  address: text.optional(),
  fax: text.optional(),
  telephone: text.optional(),
  postal: text.optional(),
  list: z.boolean().optional(),
  needToKnow: text.optional(),
  prefers: z.enum(ROUTES).optional(),
  via: text.optional(),
  channel: channel.optional(),
  trained: day.optional(),
  area: text.optional(),
  authorised: z.boolean().optional(),
  clearance: z.enum(CLEARANCES).optional(),
})

const age = z.number().min(0).max(130)

export const disclosureSchema = z.strictObject({
  from: partySchema,
  to: z.array(partySchema).min(1).max(5_000),
  about: z
    .array(z.strictObject({ ref: text, age: age.optional() }))
    .max(1_000)
    .optional(),
  information: z.array(z.enum(ITEMS)).min(1).max(1_000),
  marking: z.enum(MARKINGS).optional(),
  purpose: z.enum(PURPOSES),
  risk: z.enum(RISKS).optional(),
  urgent: z.boolean().optional(),
  consent: z
    .array(
      z.strictObject({
        person: text,
        relation: text.optional(),
        age,
        state: z.enum(CONSENT_STATES),
        explicit: z.boolean().optional(),
        competent: z.boolean().optional(),
        told: z.array(z.enum(TOLD)).optional(),
        for: z.array(z.enum(ITEMS)).optional(),
      }),
    )
    .max(1_000)
    .optional(),
  ground: z.enum(GROUNDS).optional(),
  harmIfSharedGreater: z.boolean().optional(),
  proportionate: z.boolean().optional(),
  agreement: text.optional(),
  authorisedBy: text.optional(),
  confirmed: z.array(z.enum(NEEDS)).optional(),
  route: z.enum(ROUTES).optional(),
  message: z
    .strictObject({
      subject: z.string().max(100_000).optional(),
      body: z.string().max(10_000_000).optional(),
      thread: z.string().max(10_000_000).optional(),
      attachments: z
        .array(
          z.strictObject({
            name: text,
            type: text.optional(),
            size: z.number().optional(),
            encrypted: z.union([z.literal('aes-256'), z.literal('weak'), z.literal(false)]).optional(),
          }),
        )
        .max(10_000)
        .optional(),
    })
    .optional(),
})

/** Who passes what, about whom, to whom, why, on what ground, by which route. Contract §1. */
export type Disclosure = z.infer<typeof disclosureSchema>
/** A person or organisation that passes information on or would receive it. */
export type Party = Disclosure['from']
export type Consent = NonNullable<Disclosure['consent']>[number]

/** A sentence and the rules or law that say so. */
export interface Reason {
  readonly text: string
  readonly cites: readonly string[]
}
export interface ClosedRoute {
  readonly route: Route
  readonly because: Reason
}
export interface NeedAsked {
  readonly id: Need
  readonly text: string
  readonly cites: readonly string[]
}
export interface ObligationOwed {
  readonly id: Obligation
  readonly when: 'before' | 'with' | 'after'
  /** ISO 8601 duration, such as PT48H. */
  readonly within?: string
  readonly text: string
  readonly cites: readonly string[]
}
export interface RecipientDecision {
  readonly index: number
  readonly outcome: Outcome
  readonly route?: Route
  readonly closed: readonly ClosedRoute[]
}
/** The answer to a disclosure. Contract §1. */
export interface Decision {
  readonly outcome: Outcome
  readonly level: Level
  readonly items: readonly Item[]
  readonly withheld: readonly { readonly item: Item; readonly because: Reason }[]
  readonly route?: Route
  readonly alternatives: readonly Route[]
  readonly closed: readonly ClosedRoute[]
  readonly needs: readonly NeedAsked[]
  readonly obligations: readonly ObligationOwed[]
  readonly recipients: readonly RecipientDecision[]
  readonly reasons: readonly Reason[]
  readonly protocol: { readonly id: string; readonly version: string; readonly on: string }
}

/** Not a Disclosure: `place` is the path of the first thing that is wrong, such as `to[0].kind`. */
export interface NotADisclosure {
  readonly error: string
  readonly place: string
}

/** Reads unknown input as a Disclosure, or says where it is not one. Unknown fields and ids are errors. */
export function readDisclosure(input: unknown): { disclosure: Disclosure } | NotADisclosure {
  const parsed = disclosureSchema.safeParse(input)
  if (parsed.success) return { disclosure: parsed.data }
  const issue = parsed.error.issues[0]
  const place = issue === undefined ? '' : pathOf(issue)
  const what = issue === undefined ? 'not a disclosure' : issue.message
  return { error: place === '' ? `This is not a disclosure: ${what}.` : `${place}: ${what}.`, place }
}

function pathOf(issue: z.core.$ZodIssue): string {
  const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  return keys.reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`),
    '',
  )
}
