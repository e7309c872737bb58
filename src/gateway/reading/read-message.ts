/** Reads a message: what every program would see in it, or a refusal. */
import { Boundaries } from './boundaries.ts'
import { readEntity, type Walk } from './entity.ts'
import { Budget, beyond } from './limits.ts'
import { scanLines } from './lines.ts'
import type { Defect, Reading } from './types.ts'
import { Refusal } from './types.ts'
import { namesAnywhere } from './wide.ts'

/**
 * `raw`: the message as on the wire (CRLF, dots not doubled) or as saved to disk (LF alone). Never throws; the answer
 * depends on the bytes alone. Work is linear in the size, within `budget`.
 */
export function readMessage(raw: Buffer, budget = new Budget()): Reading {
  const defects: Defect[] = []
  try {
    if (raw.length > budget.limits.messageBytes) throw beyond('messageBytes', 'message', budget.limits.messageBytes)
    const lines = scanLines(raw, budget)
    const bad = (code: string, sentence: string) => defects.push({ code, part: 'message', sentence, fatal: true })
    if (raw.length === 0) bad('empty', 'This message is empty.')
    if (lines.nul) bad('nul', 'The message holds bytes of value zero, at which some programs stop reading.')
    if (lines.bareCarriageReturn)
      bad(
        'bare-carriage-return',
        'The message holds carriage returns that end no line, which programs read differently.',
      )
    if (lines.ends === 'mixed')
      bad('mixed-line-ends', 'The lines of the message end in two different ways, which programs read differently.')
    if (lines.longest > 998)
      defects.push({
        code: 'long-lines',
        part: 'message',
        sentence: 'Lines longer than mail allows are broken up.',
        fatal: false,
      })
    const walk: Walk = {
      raw,
      boundaries: new Boundaries(raw, lines.dashed),
      budget,
      defects,
      leaves: [],
      nested: [],
      outside: [],
    }
    const root = readEntity(walk, 0, raw.length, '', 0, true)
    const stray = walk.boundaries.unclaimed()
    if (stray !== undefined)
      bad(
        'boundary-stray',
        `A line that divides parts stands where it divides nothing (byte ${stray}), and programs differ about what follows it.`,
      )
    const fatal = defects.filter((defect) => defect.fatal)
    if (fatal.length > 0) return refused(raw, fatal, root.envelope)
    return {
      outcome: 'read',
      message: {
        raw,
        root,
        envelope: root.envelope!,
        nested: walk.nested,
        leaves: walk.leaves,
        outside: walk.outside,
        defects,
      },
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(raw, [{ code: error.code, part: error.part, sentence: error.message, fatal: true }])
  }
}

function refused(
  raw: Buffer,
  defects: readonly Defect[],
  envelope?: Extract<Reading, { outcome: 'refused' }>['envelope'],
): Reading {
  const sentences = [...new Set(defects.map((defect) => defect.sentence))].slice(0, 3)
  return {
    outcome: 'refused',
    defects: defects.slice(0, 50),
    sentence: sentences.join(' '),
    names: namesAnywhere(raw),
    ...(envelope === undefined ? {} : { envelope }),
  }
}
