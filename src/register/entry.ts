import { z } from 'zod'

/** Categories of abuse of the children-in-need census. */
export const CATEGORIES = ['NEG', 'PHY', 'SAB', 'EMO', 'MUL'] as const
/** Kinds of plan and of looking after, as the national system names them. */
export const PLAN_KINDS = ['child-protection', 'child-in-need', 'looked-after', 'unborn'] as const
/** What the other person is of this one. */
export const RELATIONS = [
  'mother',
  'father',
  'parent',
  'child',
  'sibling',
  'twin',
  'partner',
  'grandparent',
  'grandchild',
  'carer',
  'cared-for',
  'other',
] as const

const line = z.string().trim().min(1).max(500)
const day = z.iso.date()
const span = { from: day.optional(), to: day.optional() }

/**
 * What one authority's register holds of one person. Every part may be missing: a return without names still brings plans to a child
 * who is known by local id alone. Days are YYYY-MM-DD.
 */
export const entrySchema = z.strictObject({
  names: z
    .array(
      z.strictObject({
        given: line.optional(),
        family: line.optional(),
        kind: z.enum(['legal', 'known-as', 'former', 'alias']),
      }),
    )
    .max(50)
    .optional(),
  born: z
    .strictObject({
      date: day.optional(),
      year: z.number().int().min(1850).max(2200).optional(),
      expected: day.optional(),
    })
    .optional(),
  died: day.optional(),
  sex: z.enum(['F', 'M', 'U']).optional(),
  language: line.optional(),
  ethnicity: line.optional(),
  nhsNumber: z.string().optional(),
  /** Numbers that this one has replaced. */
  formerNhsNumbers: z.array(z.string()).max(20).optional(),
  upn: z.string().optional(),
  formerUpns: z.array(z.string()).max(20).optional(),
  telephone: line.optional(),
  school: line.optional(),
  addresses: z
    .array(z.strictObject({ lines: z.array(line).max(8), postcode: line.optional(), ...span }))
    .max(100)
    .optional(),
  relationships: z
    .array(
      z.strictObject({ to: line, name: line.optional(), kind: z.enum(RELATIONS), concern: z.boolean().optional() }),
    )
    .max(200)
    .optional(),
  registrations: z
    .array(z.strictObject({ kind: z.enum(PLAN_KINDS).optional(), category: z.enum(CATEGORIES).optional(), ...span }))
    .max(200)
    .optional(),
  conferences: z
    .array(z.strictObject({ kind: z.enum(['initial', 'review']), on: day }))
    .max(500)
    .optional(),
  reviews: z
    .array(z.strictObject({ on: day, code: line.optional() }))
    .max(500)
    .optional(),
  referrals: z
    .array(z.strictObject({ on: day, from: line.optional() }))
    .max(500)
    .optional(),
  enquiries: z
    .array(z.strictObject({ on: day, kind: line, outcome: line.optional() }))
    .max(500)
    .optional(),
  concerns: z.array(line).max(200).optional(),
  legalStatuses: z
    .array(z.strictObject({ code: line, ...span }))
    .max(300)
    .optional(),
  lookedAfter: z.boolean().optional(),
  missing: z
    .array(z.strictObject({ from: day, to: day.optional() }))
    .max(500)
    .optional(),
  posesRisk: z.boolean().optional(),
  services: z.array(line).max(100).optional(),
  keyWorker: z.strictObject({ name: line.optional(), team: line.optional(), telephone: line.optional() }).optional(),
  /** Adoption, witness protection, staff and their relatives: surfaces to nobody but those named. */
  shielded: z.strictObject({ because: line, visibleTo: z.array(line).max(50) }).optional(),
})
export type Entry = z.infer<typeof entrySchema>

/** Whether anything in the entry says who it is; a child known by id alone is kept and shown as such. */
export function isNamed(entry: Entry): boolean {
  return (entry.names ?? []).some((name) => name.given !== undefined || name.family !== undefined)
}
