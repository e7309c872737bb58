/** A shared buffer that doubles when full. */
export class Growing<Kind extends Int32Array | Uint32Array | Uint8Array> {
  length = 0
  #words: Kind
  readonly #make: (size: number) => Kind

  constructor(make: (size: number) => Kind, expected: number) {
    this.#make = make
    this.#words = make(Math.max(4096, Math.ceil(expected)))
  }

  room(more: number): Kind {
    if (this.length + more > this.#words.length) {
      const larger = this.#make(Math.max(this.#words.length * 2, this.length + more))
      larger.set(this.#words)
      this.#words = larger
    }
    return this.#words
  }

  whole(): Kind {
    return this.#words.subarray(0, this.length) as Kind
  }
}

export const sharedInts = (size: number): Int32Array<SharedArrayBuffer> =>
  new Int32Array(new SharedArrayBuffer(size * 4))
export const sharedWords = (size: number): Uint32Array<SharedArrayBuffer> =>
  new Uint32Array(new SharedArrayBuffer(size * 4))
export const sharedBytes = (size: number): Uint8Array<SharedArrayBuffer> => new Uint8Array(new SharedArrayBuffer(size))
export const sharedNumbers = (size: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(size * 8))
