import type { Span } from './spans.ts'

/** One register's entry as a reader may see it in time. `spans` absent: nothing of it is shown to this reader here. */
export interface InTime {
  readonly entry: number
  readonly authority: string
  readonly authorityName: string
  readonly spans?: readonly Span[] | undefined
}

/** An entry's stretch of the line: from and to are YYYY-MM-DD; without `from` nothing dated may be seen, without `to` it goes on. */
export interface Lane extends InTime {
  readonly from?: string
  readonly to?: string
}

/** How one lane follows on another: the child moved, no register says where it was meanwhile, or both have it at once. Days YYYY-MM-DD. */
export type Joint =
  | { readonly kind: 'moved'; readonly before: Lane; readonly after: Lane; readonly on: string }
  | {
      readonly kind: 'gap'
      readonly before: Lane
      readonly after: Lane
      readonly from: string
      readonly to: string
      readonly days: number
    }
  | { readonly kind: 'both'; readonly before: Lane; readonly after: Lane; readonly from: string; readonly to?: string }

export interface LineOfTime {
  readonly lanes: readonly Lane[]
  readonly joints: readonly Joint[]
}

/**
 * Entries of several registers that are one child, each a line of time in the order in which they begin. `same` says of two entries whether they are one
 * person. A child whom one register alone has is no line. Nothing is merged: a lane holds what its own authority says.
 */
export function linesOfTime<T extends InTime>(
  entries: readonly T[],
  same: (one: T, other: T) => boolean,
): LineOfTime[] {
  const left = [...entries]
  const lines: LineOfTime[] = []
  while (left.length > 0) {
    const together: T[] = [left.shift()!]
    for (let at = 0; at < together.length; at += 1)
      for (let i = left.length - 1; i >= 0; i -= 1)
        if (same(together[at]!, left[i]!)) together.push(...left.splice(i, 1))
    if (new Set(together.map((one) => one.authority)).size < 2) continue
    const lanes = together.map((one) => ({ ...one, ...stretchOf(one.spans ?? []) })).sort(inOrder)
    lines.push({ lanes, joints: jointsOf(lanes) })
  }
  return lines
}

/**
 * When a child was with an authority, as its own entry has it: from the first to the last of its plans, meetings and referrals, and of the last
 * address there. Earlier addresses may lie in another authority's area, and say nothing of this one.
 */
export function stretchOf(spans: readonly Span[]): { readonly from?: string; readonly to?: string } {
  const lived = spans.filter((one) => one.kind === 'lived')
  const last = lived.reduce<Span | undefined>(
    (known, one) => (known === undefined || endOf(one) >= endOf(known) ? one : known),
    undefined,
  )
  const counted = [...spans.filter((one) => one.kind !== 'lived'), ...(last === undefined ? [] : [last])]
  if (counted.length === 0) return {}
  const from = counted.map((one) => one.from).sort()[0]!
  const to = counted.map(endOf).sort().at(-1)!
  return to === OPEN ? { from } : { from, to }
}

const OPEN = '9999-12-31'
const endOf = (one: { readonly to?: string | undefined }): string => one.to ?? OPEN

function inOrder(one: Lane, other: Lane): number {
  const [mine, theirs] = [`${one.from ?? OPEN} ${endOf(one)}`, `${other.from ?? OPEN} ${endOf(other)}`]
  return mine < theirs ? -1 : mine > theirs ? 1 : one.entry - other.entry
}

/** How each lane that has days follows on those before it. */
function jointsOf(lanes: readonly Lane[]): Joint[] {
  const joints: Joint[] = []
  let before: Lane | undefined
  for (const after of lanes) {
    if (after.from === undefined) continue
    if (before !== undefined) joints.push(jointOf(before, after, after.from))
    if (before === undefined || endOf(after) >= endOf(before)) before = after
  }
  return joints
}

function jointOf(before: Lane, after: Lane, from: string): Joint {
  if (before.to === undefined || before.to > from) {
    const to = [endOf(before), endOf(after)].sort()[0]!
    return { kind: 'both', before, after, from, ...(to === OPEN ? {} : { to }) }
  }
  const days = Math.round((Date.parse(from) - Date.parse(before.to)) / 86_400_000) - 1
  if (days <= 0) return { kind: 'moved', before, after, on: from }
  return { kind: 'gap', before, after, from: next(before.to, 1), to: next(from, -1), days }
}

const next = (day: string, by: number): string => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10)
