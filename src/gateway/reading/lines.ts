/** One pass over the bytes: how lines end, which bytes do not belong in mail, and which lines may be boundaries. */
import type { Budget } from './limits.ts'

export interface Lines {
  /** `crlf` on the wire, `lf` for a message saved to disk, `mixed` when they contradict each other. */
  readonly ends: 'crlf' | 'lf' | 'mixed' | 'none'
  readonly nul: boolean
  readonly bareCarriageReturn: boolean
  readonly eightBit: boolean
  readonly longest: number
  /** Offsets of the lines that begin with `--`. */
  readonly dashed: readonly number[]
}

export function scanLines(raw: Buffer, budget: Budget): Lines {
  let crlf = 0
  let bareLineFeed = 0
  let bareCarriageReturn = false
  let nul = false
  let high = 0
  let lineStart = 0
  let longest = 0
  const dashed: number[] = []
  if (raw[0] === 45 && raw[1] === 45) dashed.push(0)
  const length = raw.length
  for (let i = 0; i < length; i++) {
    const byte = raw[i]!
    if (byte > 13) {
      high |= byte
      continue
    }
    if (byte === 10) {
      if (i > 0 && raw[i - 1] === 13) crlf++
      else bareLineFeed++
      if (i - lineStart > longest) longest = i - lineStart
      lineStart = i + 1
      if (raw[i + 1] === 45 && raw[i + 2] === 45) {
        budget.spend('dashLines', 1, 'message')
        dashed.push(i + 1)
      }
    } else if (byte === 13) {
      if (raw[i + 1] !== 10) bareCarriageReturn = true
    } else if (byte === 0) nul = true
  }
  if (length - lineStart > longest) longest = length - lineStart
  const ends = crlf > 0 && bareLineFeed > 0 ? 'mixed' : crlf > 0 ? 'crlf' : bareLineFeed > 0 ? 'lf' : 'none'
  return { ends, nul, bareCarriageReturn, eightBit: high > 127, longest, dashed }
}
