/** Things that are met again and again, each kept once and told by a number. */
export class Numbered<Thing> {
  readonly all: Thing[] = []
  readonly #numbers = new Map<string, number>()

  /** The number of the thing that has this key; the thing is asked for where the key is new. */
  numberOf(key: string, thing: () => Thing): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.all.length)
    return this.all.push(thing()) - 1
  }
}

/** How often each number was met. */
export type Counts = Map<number, number>

export const count = (counts: Counts, number: number): void => void counts.set(number, (counts.get(number) ?? 0) + 1)

/** The mean of what is given for each number, each as often as it was met; 0 where none was. */
export function mean(counts: Counts, of: (number: number) => number): number {
  let sum = 0
  let met = 0
  for (const [number, times] of counts) {
    sum += times * of(number)
    met += times
  }
  return met === 0 ? 0 : sum / met
}
