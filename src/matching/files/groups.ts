/** The rows of a file in groups: at first each by itself. The members of a group are a chain of rows. */
export class Groups {
  /** by row: its group */
  readonly group: Int32Array
  /** by group: its first member, or -1 */
  readonly first: Int32Array
  /** by row: the next member of its group, or -1 */
  readonly next: Int32Array
  /** by group */
  readonly size: Int32Array
  readonly #free: number[] = []

  constructor(rows: number) {
    this.group = new Int32Array(rows)
    for (let row = 0; row < rows; row++) this.group[row] = row
    this.first = this.group.slice()
    this.next = new Int32Array(rows).fill(-1)
    this.size = new Int32Array(rows).fill(1)
  }

  /** Makes two groups one, under the number of the larger. */
  merge(left: number, right: number): void {
    const into = this.size[left]! >= this.size[right]! ? left : right
    const from = into === left ? right : left
    let last = this.first[from]!
    for (let row = last; row >= 0; row = this.next[row]!) {
      this.group[row] = into
      last = row
    }
    this.next[last] = this.first[into]!
    this.first[into] = this.first[from]!
    this.size[into]! += this.size[from]!
    this.first[from] = -1
    this.size[from] = 0
    this.#free.push(from)
  }

  /** Takes a row out of its group; returns the number of the group that it is now alone in. */
  leave(row: number): number {
    const now = this.group[row]!
    if (this.size[now] === 1) return now
    if (this.first[now] === row) this.first[now] = this.next[row]!
    else {
      let before = this.first[now]!
      while (this.next[before] !== row) before = this.next[before]!
      this.next[before] = this.next[row]!
    }
    this.size[now]!--
    const alone = this.#free.pop()!
    this.next[row] = -1
    this.first[alone] = row
    this.size[alone] = 1
    this.group[row] = alone
    return alone
  }

  /** the share of rows that are alone */
  shareAlone(): number {
    let alone = 0
    for (let group = 0; group < this.size.length; group++) if (this.size[group] === 1) alone++
    return alone / Math.max(1, this.size.length)
  }
}
