/** Which lines divide which containers. Lines that no container claims, though they begin like one's boundary, are reported. */

export interface Divider {
  readonly start: number
  readonly next: number
  readonly kind: 'open' | 'close' | 'unclear'
}

export class Boundaries {
  private readonly raw: Buffer
  private readonly dashed: readonly number[]
  private readonly declared = new Set<string>()
  private readonly claimed = new Set<number>()

  constructor(raw: Buffer, dashed: readonly number[]) {
    this.raw = raw
    this.dashed = dashed
  }

  /** False when another container uses the same boundary, one that begins with it, or one with which it begins. */
  declare(boundary: string): boolean {
    const folded = boundary.toLowerCase()
    for (const other of this.declared) if (other.startsWith(folded) || folded.startsWith(other)) return false
    this.declared.add(folded)
    return true
  }

  between(boundary: string, start: number, end: number): Divider[] {
    const found: Divider[] = []
    const folded = boundary.toLowerCase()
    for (let i = this.firstFrom(start); i < this.dashed.length; i++) {
      const at = this.dashed[i]!
      if (at >= end) break
      const lead = this.raw.toString('latin1', at + 2, Math.min(end, at + 2 + boundary.length))
      if (lead.toLowerCase() !== folded) continue
      let lineEnd = this.raw.indexOf(10, at)
      if (lineEnd < 0 || lineEnd > end) lineEnd = end
      const rest =
        lineEnd - at > 200
          ? 'long'
          : this.raw.toString('latin1', at + 2 + boundary.length, lineEnd).replace(/[ \t\r]+$/, '')
      const kind = lead !== boundary ? 'unclear' : rest === '' ? 'open' : rest === '--' ? 'close' : 'unclear'
      this.claimed.add(at)
      found.push({ start: at, next: Math.min(lineEnd + 1, end), kind })
    }
    return found
  }

  /** Offset of a line that begins like a declared boundary and divided nothing, or undefined. */
  unclaimed(): number | undefined {
    const lengths = new Set([...this.declared].map((boundary) => boundary.length))
    for (const at of this.dashed) {
      if (this.claimed.has(at)) continue
      const line = this.raw.toString('latin1', at + 2, at + 74).toLowerCase()
      for (const length of lengths) if (this.declared.has(line.slice(0, length))) return at
    }
    return undefined
  }

  private firstFrom(start: number): number {
    let low = 0
    let high = this.dashed.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.dashed[middle]! < start) low = middle + 1
      else high = middle
    }
    return low
  }
}
