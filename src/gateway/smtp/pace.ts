/**
 * How fast passwords may be guessed. Wrong ones slow down the one place and name they come from, doubling up to a minute; many wrong names
 * from one place slow that place down for names that never signed in from there. Nobody is locked out: who signed in from a place before is
 * asked to wait for nothing but their own mistakes there. Pure but for its memory, which is bounded.
 */
interface Bucket {
  failures: number
  lastAt: number
}

const forgetAfter = 30 * 60_000
const mostBuckets = 20_000
/** Wrong passwords before the first wait: of one name at one place, and of one place. */
const freeForName = 5
const freeForPlace = 30

export class Pace {
  private readonly buckets = new Map<string, Bucket>()
  private readonly known = new Map<string, number>()

  /** Milliseconds to wait before a password counts; 0: it is looked at. */
  wait(name: string, place: string, now: number): number {
    const own = this.left(`name ${name} ${place}`, freeForName, now)
    const seen = this.known.get(`${name} ${place}`)
    return Math.max(own, seen === undefined ? this.left(`place ${place}`, freeForPlace, now) : 0)
  }

  wrong(name: string, place: string, now: number): void {
    for (const key of [`name ${name} ${place}`, `place ${place}`]) {
      const before = this.buckets.get(key)
      this.buckets.delete(key)
      const failures = before === undefined || now - before.lastAt > forgetAfter ? 1 : before.failures + 1
      remember(this.buckets, key, { failures, lastAt: now })
    }
  }

  right(name: string, place: string, now: number): void {
    this.buckets.delete(`name ${name} ${place}`)
    this.known.delete(`${name} ${place}`)
    remember(this.known, `${name} ${place}`, now)
  }

  private left(key: string, free: number, now: number): number {
    const bucket = this.buckets.get(key)
    if (bucket === undefined || bucket.failures < free || now - bucket.lastAt > forgetAfter) return 0
    return Math.max(0, bucket.lastAt + Math.min(60_000, 1000 * 2 ** (bucket.failures - free + 1)) - now)
  }
}

// The oldest go first, so that a flood of names costs no more memory than this.
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value)
  if (map.size > mostBuckets) map.delete(map.keys().next().value as string)
}
