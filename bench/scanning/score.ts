/** What was found against what is there: type must match, overlap at least half of the union, each counted once. */
export interface Found {
  readonly type: string
  readonly start: number
  readonly end: number
}

export interface Tally {
  right: number
  found: number
  there: number
}

export type Table = Record<string, Tally>

const overlap = (a: Found, b: Found): number => {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  return shared <= 0 ? 0 : shared / (Math.max(a.end, b.end) - Math.min(a.start, b.start))
}

export function count(table: Table, found: readonly Found[], gold: readonly Found[], types: readonly string[]): void {
  for (const type of types) {
    table[type] ??= { right: 0, found: 0, there: 0 }
    const tally = table[type]
    const mine = found.filter((span) => span.type === type)
    const open = new Set(gold.filter((span) => span.type === type))
    tally.found += mine.length
    tally.there += open.size
    for (const span of mine) {
      const match = [...open].find((other) => overlap(span, other) >= 0.5)
      if (match) {
        open.delete(match)
        tally.right++
      }
    }
  }
}

export function figuresOf({ right, found, there }: Tally): { precision: number; recall: number; f1: number } {
  const precision = found === 0 ? 1 : right / found
  const recall = there === 0 ? 1 : right / there
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

export function print(title: string, table: Table): void {
  process.stdout.write(`${title}\n`)
  for (const [type, tally] of Object.entries(table)) {
    const { precision, recall, f1 } = figuresOf(tally)
    process.stdout.write(
      `  ${type.padEnd(14)} precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}  F1 ${f1.toFixed(3)}  of ${tally.there}\n`,
    )
  }
}
