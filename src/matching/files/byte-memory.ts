/** longer texts hardly recur and are not remembered */
const LONGEST = 40

/**
 * Answers to texts met before, by their bytes: at each place the last one that fell there. Names, towns and birthdays
 * recur, and an answer that is known spares making the text.
 */
export class ByteMemory<Answer> {
  readonly #bytes: Uint8Array
  readonly #mask: number
  readonly #starts: Int32Array
  readonly #lengths: Int32Array
  readonly #answers: Answer[]

  /** `slots`: a power of two */
  constructor(bytes: Uint8Array, slots: number) {
    this.#bytes = bytes
    this.#mask = slots - 1
    this.#starts = new Int32Array(slots)
    this.#lengths = new Int32Array(slots)
    this.#answers = new Array<Answer>(slots)
  }

  /** The answer to the bytes, whose `hash` this is, or undefined when it is not kept. */
  known(from: number, to: number, hash: number): Answer | undefined {
    const place = (hash ^ (hash >>> 15)) & this.#mask
    const length = to - from
    if (this.#lengths[place] !== length) return undefined
    const bytes = this.#bytes
    const start = this.#starts[place]!
    for (let i = 0; i < length; i++) if (bytes[start + i] !== bytes[from + i]) return undefined
    return this.#answers[place]
  }

  keep(from: number, to: number, hash: number, answer: Answer): Answer {
    const place = (hash ^ (hash >>> 15)) & this.#mask
    if (to - from > LONGEST) return answer
    this.#starts[place] = from
    this.#lengths[place] = to - from
    this.#answers[place] = answer
    return answer
  }
}
