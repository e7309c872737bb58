import { actorFor, userByName } from '../people/index.ts'
import { type Actor, system } from '../platform/index.ts'
import type { Browser } from './browser.ts'
import type { TestHouse } from './test-house.ts'

/** Someone of the cast as an actor, with the permissions that their roles give them now. The area must be sown. */
export async function actorNamed({ house }: TestHouse, username: string): Promise<Actor> {
  const person = await house.database.transaction(system, (tx) => userByName(tx, username))
  if (person === undefined) throw new Error(`nobody in the cast is called ${username}; is the area sown?`)
  return actorFor(person)
}

/** A browser in which someone of the cast is signed in, password and code left out. */
export const signIn = async (test: TestHouse, username: string): Promise<Browser> =>
  test.browser(await actorNamed(test, username))
