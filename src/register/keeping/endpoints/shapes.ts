import { z } from 'zod'
import { entrySchema } from '../../entry.ts'

export const entryPath = z.object({ authority: z.string().min(1).max(60), id: z.string().min(1).max(400) })
export const removalsQuery = z.object({ removals: z.enum(['meant']).optional() })

/**
 * Described as an entry, taken as anything: a wrong field is set aside and flagged, and the child is in the register all the same (BEX-54).
 */
export const entryBody = z.unknown().meta({
  ...(z.toJSONSchema(entrySchema.extend({ updated: z.iso.datetime().optional() }), { io: 'input' }) as object),
  $schema: undefined,
  description:
    'The person as the authority holds them now. A field that is not valid is set aside, flagged in the answer, and keeps its earlier value; a field left out is empty. `updated`: when the source last changed it; what is older than what is kept changes nothing.',
})

export const flaggedShape = z.array(z.object({ field: z.string(), reason: z.string(), value: z.string() }))
export const becameShape = z.enum(['added', 'changed', 'unchanged', 'removed'])
export const doneShape = z.object({
  id: z.string(),
  outcome: becameShape,
  version: z.number().int(),
  flagged: flaggedShape,
})
