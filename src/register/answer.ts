import { z } from 'zod'
import { GROUNDS, ITEMS, PURPOSES } from '../protocols/index.ts'
import { SPAN_KINDS } from './rules/spans.ts'

const line = z.string().trim().min(1).max(200)
const lines = z.array(line).max(10)

function exists(born: string): boolean {
  const whole = `${born}${'-01-01'.slice(born.length - 4)}`
  const day = new Date(`${whole}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(whole)
}

/** What is known of the person sought; at least one part that could find somebody. Days are YYYY-MM-DD. */
export const knownSchema = z.strictObject({
  name: line.optional(),
  given: line.optional(),
  family: line.optional(),
  aliases: lines.optional(),
  born: z
    .string()
    .regex(/^\d{4}(-\d\d(-\d\d)?)?$/, 'A birthday is written 2015-03-09, 2015-03 or 2015.')
    // Nobody was born on a day that does not exist, and that would be taken for an answer.
    .refine(exists, 'There is no such day. A birthday is written 2015-03-09, 2015-03 or 2015.')
    .optional(),
  age: z
    .number('An age is a whole number of years, such as 9.')
    .int('An age is a whole number of years, such as 9.')
    .min(0, 'An age is from 0 to 120 years.')
    .max(120, 'An age is from 0 to 120 years.')
    .optional(),
  sex: z.enum(['F', 'M', 'U']).optional(),
  address: line.optional(),
  postcode: line.optional(),
  nhsNumber: line.optional(),
  upn: line.optional(),
  parent: line.optional(),
  school: line.optional(),
  telephone: line.optional(),
})
export type Known = z.infer<typeof knownSchema>

/** A check: about whom, why, with whose consent or on what ground (WY-10, WY-16). */
export const checkSchema = z.strictObject({
  known: knownSchema,
  purpose: z.enum(PURPOSES),
  consent: z.enum(['given', 'refused', 'not-sought']).optional(),
  ground: z.enum(GROUNDS).optional(),
  risk: z.enum(['none', 'significant-harm', 'imminent-harm']).optional(),
  needToKnow: z.string().trim().min(3).max(500),
  proportionate: z.boolean(),
})
export type Check = z.infer<typeof checkSchema>

const reason = z.object({ text: z.string(), cites: z.array(z.string()) })
const weighed = z.object({ field: z.string(), level: z.string(), weight: z.number(), text: z.string() })

const found = z.object({
  /** The hub's own number of the entry. */
  entry: z.number(),
  authority: z.string(),
  authorityName: z.string(),
  telephone: z.string().optional(),
  probability: z.number(),
  weight: z.number(),
  prior: z.number(),
  rival: z.object({ text: z.string(), weight: z.number() }),
  fields: z.array(weighed),
  level: z.string(),
  items: z.array(z.string()),
  withheld: z.array(z.object({ item: z.string(), because: reason })),
  shown: z.record(z.string(), z.array(z.string())),
  /** What of it is dated, under the items that are shown, in the order of time. */
  spans: z
    .array(
      z.object({
        kind: z.enum(SPAN_KINDS),
        item: z.enum(ITEMS),
        text: z.string(),
        from: z.string(),
        to: z.string().optional(),
      }),
    )
    .optional(),
  idOnly: z.boolean(),
  /** Set only for those who are named as allowed to see a shielded record. */
  shielded: z.boolean().optional(),
  /** An unborn child, found through the mother's entry of this number. */
  under: z.number().optional(),
  /** Other entries that are the same person, in this register or another: said by someone, or matched by the scorer. */
  linked: z.array(z.object({ entry: z.number(), how: z.enum(['said', 'matched']), by: z.string().optional() })),
  notTheSame: z.array(z.object({ entry: z.number(), by: z.string() })),
  /** What somebody says against an item that is shown, and is not settled (BEX-56). */
  disputed: z
    .array(
      z.object({
        id: z.string(),
        item: z.string(),
        who: z.string(),
        says: z.string(),
        keptBy: z.string(),
        agency: z.string(),
        at: z.string(),
      }),
    )
    .optional(),
})
export type Found = z.infer<typeof found>

const searched = z.object({
  authority: z.string(),
  name: z.string(),
  telephone: z.string().optional(),
  /** How many it holds that could be found by anyone: shielded records are never counted. */
  entries: z.number(),
  fedAt: z.string().optional(),
  /** Not fed for longer than a week, or never: it may lack somebody who is known there. */
  stale: z.boolean(),
  /** Whether this register may answer this asker at all. */
  answers: z.boolean(),
  because: z.array(reason),
  needs: z.array(z.object({ id: z.string(), text: z.string(), cites: z.array(z.string()) })),
})
export type Searched = z.infer<typeof searched>

/** What a check is answered with. */
export const answerSchema = z.object({
  enquiry: z.string(),
  at: z.string(),
  /** known: somebody is shown. may-not-be-told: a register that was searched may not answer this asker, whether or not it knows the child. */
  outcome: z.enum(['known', 'possibly-known', 'not-known', 'may-not-be-told']),
  protocol: z.object({ id: z.string(), version: z.string(), on: z.string() }),
  found: z.array(found),
  /** Below the threshold: no name is shown, but the keeper can be asked. Likeliest first. */
  near: z.array(z.object({ authority: z.string(), authorityName: z.string(), probability: z.number() })),
  searched: z.array(searched),
  doubt: z.string(),
  /** Nobody is shown, and too little was given for anybody to be, or for those who come near to be told apart: what could be added. */
  toAdd: z.array(z.string()).optional(),
  obligations: z.array(z.object({ id: z.string(), text: z.string(), cites: z.array(z.string()) })),
  askKeeper: z.boolean(),
})
export type CheckAnswer = z.infer<typeof answerSchema>
