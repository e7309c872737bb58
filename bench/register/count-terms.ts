/** How often each term occurs, for more terms than a Map holds: one table of open addressing for each kind. */
export class TermCounts {
  readonly #tables: Int32Array[] = []
  readonly #filled: number[] = []

  add(kind: number, key: number): void {
    const table = this.#tables[kind] ?? new Int32Array(1 << 17)
    this.#tables[kind] = table
    if (!put(table, key, 1)) return
    const filled = (this.#filled[kind] ?? 0) + 1
    this.#filled[kind] = filled
    if (filled * 3 > table.length) this.#tables[kind] = larger(table)
  }

  /** Rows of register.term. Terms that occur once are told as one sum under the key 0, which no term has. */
  *rows(): Generator<readonly [kind: number, key: number, n: number]> {
    for (const [kind, table] of this.#tables.entries()) {
      if (table === undefined) continue
      let once = 0
      for (let at = 0; at < table.length; at += 2) {
        const n = table[at + 1]!
        if (n === 1) once += 1
        else if (n > 1) yield [kind, table[at]!, n]
      }
      yield [kind, 0, once]
    }
  }
}

/** Whether the key is new. */
function put(table: Int32Array, key: number, n: number): boolean {
  const mask = table.length / 2 - 1
  for (let slot = key & mask; ; slot = (slot + 1) & mask) {
    const count = table[slot * 2 + 1]!
    if (count !== 0 && table[slot * 2] !== key) continue
    table[slot * 2] = key
    table[slot * 2 + 1] = count + n
    return count === 0
  }
}

function larger(table: Int32Array): Int32Array {
  const doubled = new Int32Array(table.length * 2)
  for (let at = 0; at < table.length; at += 2) if (table[at + 1]! > 0) put(doubled, table[at]!, table[at + 1]!)
  return doubled
}
