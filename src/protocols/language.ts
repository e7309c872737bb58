import { z } from 'zod'
import {
  CLEARANCES,
  GROUNDS,
  ITEMS,
  KINDS,
  LEVELS,
  MARKINGS,
  NEEDS,
  OBLIGATIONS,
  type Obligation,
  PURPOSES,
  RISKS,
  ROUTES,
  TOLD,
} from './vocabulary.ts'

/**
 * The language in which an authority writes its protocol down: one YAML file, read by people before it is read by us.
 * Every word that may stand under `when` and `unless` is here; what is not here is refused with its place.
 */
const day = z.preprocess((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value), z.iso.date())
const sentence = z.string().min(3).max(2_000)
const yesNo = z.union([z.boolean(), z.enum(['yes', 'no'])]).transform((answer) => answer === true || answer === 'yes')
const listOf = <T extends z.ZodType>(one: T) =>
  z.union([one, z.array(one).min(1)]).transform((found) => (Array.isArray(found) ? found : [found]) as z.output<T>[])
/** A rule id such as CUM-19, or a law such as CA2004-16LA. */
export const citation = z
  .string()
  .regex(/^[A-Z][A-Z0-9]*(?:-[A-Za-z0-9.]+)+$/, 'a rule id such as CUM-19 or a law such as CA2004-16LA')
const cites = listOf(citation)
const pattern = z
  .string()
  .regex(
    /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/,
    'a domain such as example.gov.uk, or *.example.gov.uk for all below it',
  )
const duration = z.string().regex(/^P(?:\d+[YMWD])*(?:T(?:\d+[HM])+)?$/, 'a length of time such as P3Y or PT48H')

export const ADDRESS_STATES = ['secure', 'not secure', 'retired', 'webmail', 'generic', 'missing'] as const
export const PARTY_FIELDS = [
  'name',
  'role',
  'agency',
  'address',
  'postal',
  'telephone',
  'fax',
  'need to know',
  'agreed route',
  'go-between',
] as const
export const RELIANCES = ['consent', 'ground', 'harm', 'nothing', 'not settled'] as const

export const conditions = z.strictObject({
  level: listOf(z.enum(LEVELS)).optional(),
  items: listOf(z.enum(ITEMS)).optional(),
  purpose: listOf(z.enum(PURPOSES)).optional(),
  risk: listOf(z.enum(RISKS)).optional(),
  marking: listOf(z.enum(MARKINGS)).optional(),
  ground: listOf(z.enum(GROUNDS)).optional(),
  'relies on': listOf(z.enum(RELIANCES)).optional(),
  urgent: yesNo.optional(),
  'sender is': listOf(z.enum(KINDS)).optional(),
  'recipient is': listOf(z.enum(KINDS)).optional(),
  'same organisation': yesNo.optional(),
  'same area': yesNo.optional(),
  'both addresses secure': yesNo.optional(),
  'one address secure': yesNo.optional(),
  "sender's address": listOf(z.enum(ADDRESS_STATES)).optional(),
  "recipient's address": listOf(z.enum(ADDRESS_STATES)).optional(),
  "recipient's domain": listOf(pattern).optional(),
  "sender's domain": listOf(pattern).optional(),
  'recipient has': listOf(z.enum(PARTY_FIELDS)).optional(),
  'recipient lacks': listOf(z.enum(PARTY_FIELDS)).optional(),
  'recipient is a list': yesNo.optional(),
  "recipient's clearance": listOf(z.enum(CLEARANCES)).optional(),
  'recipient is authorised': yesNo.optional(),
  'manager authorised': yesNo.optional(),
  'several recipients': yesNo.optional(),
  'earlier messages': yesNo.optional(),
  agreement: yesNo.optional(),
  'sender trained within': duration.optional(),
  'judged proportionate': yesNo.optional(),
  'sharing would harm more': yesNo.optional(),
  route: listOf(z.enum(ROUTES)).optional(),
  'proposed route': listOf(z.enum(ROUTES)).optional(),
  'another route is open': listOf(z.enum(ROUTES)).optional(),
})
export type Conditions = z.output<typeof conditions>

const owed = z.string().transform((words, context) => {
  const [id, within, ...rest] = words.split(/\s+within\s+/)
  if (
    id === undefined ||
    !(id in OBLIGATIONS) ||
    rest.length > 0 ||
    (within !== undefined && !duration.safeParse(within).success)
  ) {
    context.addIssue({
      code: 'custom',
      message: `“${words}” is not an obligation such as mark-confidential, or written-follow-up within PT48H`,
    })
    return z.NEVER
  }
  return { id: id as Obligation, within }
})

const withholding = z.strictObject({
  items: listOf(z.enum(ITEMS)).optional(),
  levels: listOf(z.enum(LEVELS)).optional(),
  'all but': listOf(z.enum(ITEMS)).optional(),
  'above clearance': yesNo.optional(),
})

export const ruleSchema = z.strictObject({
  rule: cites,
  says: sentence,
  when: conditions.optional(),
  unless: conditions.optional(),
  'lifted by': z.enum(['harm', 'imminent harm']).optional(),
  opens: listOf(z.enum(ROUTES)).optional(),
  closes: listOf(z.enum(ROUTES)).optional(),
  'closes all but': listOf(z.enum(ROUTES)).optional(),
  withholds: withholding.optional(),
  until: z.enum(NEEDS).optional(),
  asks: listOf(z.enum(NEEDS)).optional(),
  owes: listOf(owed).optional(),
  wording: sentence.optional(),
})
export type RuleText = z.output<typeof ruleSchema>

const groundText = z.strictObject({
  rule: cites,
  says: sentence,
  covers: listOf(z.enum(['personal', 'sensitive'])),
  purposes: listOf(z.enum(PURPOSES)).optional(),
  'recipient is': listOf(z.enum(KINDS)).optional(),
  'or with an agreement to': listOf(z.enum(KINDS)).optional(),
  'or through': listOf(z.enum(ROUTES)).optional(),
})

const consentText = z.strictObject({
  rule: cites,
  says: sentence,
  'not needed for': z
    .array(z.strictObject({ purpose: z.enum(PURPOSES), 'recipient is': listOf(z.enum(KINDS)).optional(), rule: cites }))
    .default([]),
  'lifted by harm': z.strictObject({ rule: cites, says: sentence }),
  'nothing stated asks for': listOf(z.enum(['consent', 'ground'])),
  'explicit for': z.strictObject({ levels: listOf(z.enum(['personal', 'sensitive'])), rule: cites }).optional(),
  'must have been told': z.strictObject({ what: listOf(z.enum(TOLD)), rule: cites }).optional(),
  'counts from age': z.strictObject({ age: z.number(), rule: cites }),
  'without capacity': z.strictObject({ rule: cites }).optional(),
  'competent child counts': z.strictObject({ rule: cites }).optional(),
  'after refusal': z.strictObject({ rule: cites }),
  'after withdrawal': z.strictObject({ rule: cites }),
  grounds: z.partialRecord(z.enum(GROUNDS), groundText),
})
export type ConsentText = z.output<typeof consentText>

const listedDomain = z.strictObject({ pattern, until: day.optional(), note: sentence.optional() })
const secureText = z.strictObject({
  rule: cites,
  says: sentence,
  proof: z.enum(['list', 'channel', 'gateway']),
  listed: z.array(listedDomain).default([]),
  retired: z.array(z.strictObject({ pattern, on: day, rule: cites })).default([]),
  'checked within': duration.optional(),
})

const exampleText = z.strictObject({
  id: sentence,
  on: day.optional(),
  disclosure: z.record(z.string(), z.unknown()),
  expect: z.strictObject({
    outcome: z.enum(['share', 'hold', 'refuse']).optional(),
    level: z.enum(LEVELS).optional(),
    route: z.enum(ROUTES).optional(),
    items: listOf(z.enum(ITEMS)).optional(),
    withheld: listOf(z.enum(ITEMS)).optional(),
    alternatives: listOf(z.enum(ROUTES)).optional(),
    closed: listOf(z.enum(ROUTES)).optional(),
    needs: listOf(z.enum(NEEDS)).optional(),
    obligations: listOf(z.string()).optional(),
    cites: cites.optional(),
  }),
})
export type Example = z.output<typeof exampleText>

const header = {
  id: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, 'small letters, digits and hyphens, such as kirkvale-2026'),
  title: sentence,
  authority: sentence,
  version: z.string().min(1).max(60),
  'in force': z.strictObject({
    from: day,
    until: day.optional(),
    assumed: yesNo.optional(),
    says: sentence,
    rule: cites,
  }),
  review: z.strictObject({ due: day, rule: cites }).optional(),
  owner: z.string().max(500).optional(),
  source: z.string().max(500).optional(),
}
const levelText = z.strictObject({ items: listOf(z.enum(ITEMS)).optional(), rule: cites, says: sentence })
const body = {
  levels: z.strictObject({ anonymised: levelText.optional(), personal: levelText, sensitive: levelText }),
  'secure addresses': secureText.optional(),
  consent: consentText.optional(),
  'order of routes': z.array(z.enum(ROUTES)).optional(),
  rules: z.array(ruleSchema).min(1),
  examples: z.array(exampleText).default([]),
}

export const protocolText = z.strictObject({ ...header, ...body })
export type ProtocolText = z.output<typeof protocolText>

/** A protocol that stands on another: all of that one's rules, and these besides. */
export const additionText = z.strictObject({
  ...header,
  extends: header.id,
  levels: body.levels.partial().optional(),
  'secure addresses': secureText.partial().optional(),
  consent: consentText.partial().optional(),
  'order of routes': body['order of routes'],
  rules: z.array(ruleSchema).default([]),
  examples: body.examples,
})
