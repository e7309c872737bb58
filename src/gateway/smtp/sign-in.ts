import { authenticateToken, type Person, userById } from '../../people/index.ts'
import {
  actIn,
  anonymous,
  fingerprint,
  type House,
  passwordMatches,
  spendPasswordTime,
  system,
} from '../../platform/index.ts'
import type { Pace } from './pace.ts'
import { mailPasswordNamed, markUsed } from './passwords-store.ts'

/** Who signed in: a person, or an agency's own mail server, which hands in for that agency's people. */
export type SignedIn =
  | { readonly kind: 'user'; readonly person: Person }
  | { readonly kind: 'relay'; readonly agency: string }

export type SignInAnswer =
  | { readonly outcome: 'right'; readonly who: SignedIn }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'wait'; readonly seconds: number }

/** Passwords that were right within ten minutes, so that a busy mail program does not cost an argon2 for each message. */
const trustedFor = 10 * 60_000

export class SignIn {
  private readonly house: House
  private readonly pace: Pace
  private readonly trusted = new Map<string, { id: string; until: number }>()
  private checking: Promise<unknown> = Promise.resolve()

  constructor(house: House, pace: Pace) {
    this.house = house
    this.pace = pace
  }

  /** A mail password under its own name, or a program's token under its user's sign-in name or any other. */
  async check(given: { name: string; password: string; place: string }): Promise<SignInAnswer> {
    const name = given.name.trim().toLowerCase().slice(0, 200)
    const now = this.house.clock.now().getTime()
    const wait = this.pace.wait(name, given.place, now)
    if (wait > 0) return { outcome: 'wait', seconds: Math.ceil(wait / 1000) }
    const who =
      given.password.length > 200
        ? undefined
        : ((await this.byToken(given.password)) ?? (await this.byPassword(name, given.password, now)))
    if (who === undefined) {
      this.pace.wrong(name, given.place, now)
      await actIn(
        this.house,
        { actor: anonymous, act: 'gateway.sign-in', outcomeOf: () => 'refused' },
        async () => undefined,
      ).catch((error) => this.house.log.fault('a refused sign-in could not be recorded', error))
      return { outcome: 'wrong' }
    }
    this.pace.right(name, given.place, now)
    return { outcome: 'right', who }
  }

  private async byToken(password: string): Promise<SignedIn | undefined> {
    if (!password.startsWith('sh_')) return undefined
    const { database, clock } = this.house
    return database.transaction(system, async (tx) => {
      const actor = await authenticateToken(password, tx, clock.now())
      if (actor === undefined || !actor.permissions.has('disclosure.write')) return undefined
      const person = await userById(tx, actor.id)
      return person && { kind: 'user', person }
    })
  }

  private async byPassword(name: string, password: string, now: number): Promise<SignedIn | undefined> {
    const { database } = this.house
    const kept = await database.transaction(system, (tx) => mailPasswordNamed(tx, name))
    const key = fingerprint(`${name}\n${password}\n${kept?.hash ?? ''}`)
    if (kept === undefined || !this.isTrusted(key, now)) {
      // Sessions that sign in at one time wait for one another: what was right for the first is right for those behind it.
      const right = await this.oneByOne(async () => {
        if (this.isTrusted(key, now)) return true
        const matches = await isRight(kept?.hash, password)
        if (matches && kept !== undefined) this.trust(key, kept.id, now)
        return matches
      })
      if (!right || kept === undefined) return undefined
    }
    return database.transaction(system, async (tx) => {
      await markUsed(tx, kept.id, new Date(now))
      if (kept.kind === 'relay') return { kind: 'relay', agency: kept.agency }
      const person = await userById(tx, kept.userId)
      return person === undefined || person.closedAt !== undefined ? undefined : { kind: 'user', person }
    })
  }

  private trust(key: string, id: string, now: number): void {
    this.trusted.delete(key)
    this.trusted.set(key, { id, until: now + trustedFor })
    if (this.trusted.size > 5_000) this.trusted.delete(this.trusted.keys().next().value as string)
  }

  private isTrusted(key: string, now: number): boolean {
    const trusted = this.trusted.get(key)
    return trusted !== undefined && trusted.until >= now
  }

  // One argon2 after another: a flood of guesses may wait, and does not take the processor from those who are signed in.
  private oneByOne<T>(run: () => Promise<T>): Promise<T> {
    const next = this.checking.then(run, run)
    this.checking = next.catch(() => {})
    return next
  }
}

// An unknown name takes as long as a known one.
async function isRight(hash: string | undefined, password: string): Promise<boolean> {
  if (hash !== undefined) return passwordMatches(hash, password)
  await spendPasswordTime(password)
  return false
}
