import { z } from 'zod'
import { CONSENT_STATES, GROUNDS, ITEMS, KINDS, NEEDS, PURPOSES, RISKS, ROUTES, TOLD } from '../protocols/index.ts'

/**
 * Everything that is recorded on the way to a decision, as it stands in `sharing.disclosure.draft`. Each page writes its own part.
 * Days are YYYY-MM-DD, instants ISO 8601. Keys of persons and recipients are made by us and name nobody.
 */
const line = z.string().max(500)
const words = z.string().max(20_000)
const day = z.iso.date()
const key = z.string().regex(/^[a-z0-9-]{1,40}$/)

export const PARTS = ['child', 'unborn', 'adult'] as const
export const ANSWERS = ['yes', 'no', 'not-known'] as const

const person = z.strictObject({
  key,
  part: z.enum(PARTS),
  name: line,
  alias: line.optional(),
  born: day.optional(),
  /** Expected, for an unborn child. */
  due: day.optional(),
  /** In years, where the birthday is not known. */
  age: z.number().int().min(0).max(130).optional(),
  address: z.string().max(1_000).optional(),
  nhsNumber: line.optional(),
  /** To the child: "mother". */
  relation: line.optional(),
  /** Counts as family whose consent is sought (BEX-21). */
  family: z.boolean().optional(),
  addedOn: day,
})
export type Person = z.infer<typeof person>

const entry = z.strictObject({
  item: z.enum(ITEMS),
  /** Heading by heading; `section` is an id of rules/sections.ts. */
  parts: z.array(z.strictObject({ section: line, words })).max(20),
  why: words,
})
export type Entry = z.infer<typeof entry>

const recipient = z.strictObject({
  key,
  /** Id in the directory. */
  entryId: line,
  /** As they stood when chosen, for showing; what counts is read again from the directory. */
  name: line,
  role: line.optional(),
  agency: line.optional(),
  kind: z.enum(KINDS),
  part: z.enum(['assesses', 'delivers', 'tracks', 'other']).optional(),
  needToKnow: words.optional(),
})
export type Recipient = z.infer<typeof recipient>

const consent = z.strictObject({
  person: key,
  state: z.enum(CONSENT_STATES),
  askedOn: day.optional(),
  how: words.optional(),
  explicit: z.boolean().optional(),
  told: z.array(z.enum(TOLD)),
  for: z.array(z.enum(ITEMS)).optional(),
  /** Capacity of someone of 16 or more; competence of a child. */
  competent: z.boolean().optional(),
  competenceFacts: words.optional(),
  withdrawnOn: day.optional(),
  toldOfConsequences: z.boolean().optional(),
})
export type ConsentRecord = z.infer<typeof consent>

const answered = z.strictObject({ answer: z.enum(ANSWERS), facts: words })
const confirmation = z.strictObject({
  need: z.enum(NEEDS),
  note: words,
  by: line,
  at: z.iso.datetime(),
  /** What exactly was confirmed; when that changes, the confirmation no longer counts. */
  of: z.string().max(20_000).optional(),
})
export type Confirmation = z.infer<typeof confirmation>

export const draftSchema = z.strictObject({
  worry: z
    .strictObject({
      words,
      risk: z.enum(RISKS),
      purpose: z.enum(PURPOSES).optional(),
      urgent: z.boolean(),
      reachedOn: day,
    })
    .optional(),
  report: z
    .strictObject({
      number: line,
      officer: line,
      occurredOn: day,
      occurredAt: line.optional(),
      place: line,
      notice: line,
      factors: z.array(line).max(50),
      actions: words,
      rag: z.enum(['red', 'amber', 'green']),
    })
    .optional(),
  people: z.array(person).max(50),
  items: z.array(entry).max(60),
  recipients: z.array(recipient).max(50),
  family: z.strictObject({ reviewedOn: day, note: words, engagedOn: day.optional() }).optional(),
  /** How the worker means to share: on consent, or without it. */
  basis: z.enum(['consent', 'without']).optional(),
  consent: z.array(consent).max(50),
  ground: z.strictObject({ id: z.enum(GROUNDS), facts: words, riskInAsking: words.optional() }).optional(),
  harm: z.record(z.string(), words).optional(),
  protect: z.record(z.string(), answered).optional(),
  crime: z.record(z.string(), answered).optional(),
  six: z.record(z.string(), answered).optional(),
  balance: z
    .strictObject({
      ifShared: words,
      ifNot: words,
      proportionate: z.boolean(),
      harmsMore: z.boolean(),
      others: words.optional(),
    })
    .optional(),
  route: z.enum(ROUTES).optional(),
  confirmed: z.array(confirmation).max(40),
  authorisedBy: line.optional(),
  notShared: z.strictObject({ reasons: words, instead: words, safer: words.optional() }).optional(),
  /** What a program sent, for disclosures that came through the API. */
  given: z.record(z.string(), z.unknown()).optional(),
})
/** A disclosure in the making. */
export type Draft = z.infer<typeof draftSchema>

export const emptyDraft = (): Draft => ({ people: [], items: [], recipients: [], consent: [], confirmed: [] })

export const FORMS = ['referral', 'police-report'] as const
export type Form = (typeof FORMS)[number] | 'program'
