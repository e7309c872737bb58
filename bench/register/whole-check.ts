import { actorFor, userByName } from '../../src/people/index.ts'
import { actIn, Fault, type HandClock, type House, system } from '../../src/platform/index.ts'
import { checkChild } from '../../src/register/check-child.ts'
import { hundredth, type Question } from './ask.ts'

/**
 * Whole checks as a social worker asks them: the decision for every register, the search, the answer, the enquiry's history, the entry in
 * the log and the commit, behind row security. The clock is turned so that nobody is slowed down.
 */
export async function wholeChecks(
  house: House,
  clock: HandClock,
  asked: readonly Question[],
): Promise<{ median: number; p99: number; known: number }> {
  const alice = actorFor((await house.database.transaction(system, (tx) => userByName(tx, 'alice')))!)
  const times: number[] = []
  let known = 0
  for (const [index, question] of asked.entries()) {
    clock.forward(5 * 60_000)
    const begun = performance.now()
    const outcome = await actIn(house, { actor: alice, act: 'register.checked' }, (ctx) =>
      checkChild(ctx, {
        known: question.known,
        purpose: 'register-check',
        ground: 'register-check',
        needToKnow: 'Bruising seen today',
        proportionate: true,
      }),
    ).then(
      (answer) => answer.outcome,
      (error: unknown) => {
        // A slip that makes a birthday one that has not come yet is told to whoever typed it.
        if (error instanceof Fault && error.code === 'register.not-yet-born') return 'refused'
        throw error
      },
    )
    if (outcome === 'refused') continue
    if (index >= 20) times.push(performance.now() - begun)
    if (outcome === 'known') known += 1
  }
  return { median: hundredth(times, 0.5), p99: hundredth(times, 0.99), known: known / asked.length }
}
