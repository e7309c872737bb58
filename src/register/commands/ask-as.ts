import { UsageError } from '../../cli/index.ts'
import { actorFor, userByName } from '../../people/index.ts'
import { actIn, type House, system } from '../../platform/index.ts'
import { GROUNDS, PURPOSES } from '../../protocols/index.ts'
import { type CheckAnswer, checkSchema } from '../answer.ts'
import { checkChild } from '../check-child.ts'
import { tooLittle } from '../rules/sought.ts'

/** Who asks and why, as options or columns state it. */
export interface Stated {
  readonly as?: string | undefined
  readonly reason?: string | undefined
  readonly ground?: string | undefined
  readonly consent?: string | undefined
  readonly risk?: string | undefined
  readonly need?: string | undefined
}

/**
 * Asks the registers as a user of the house, and gives what that user may see, or a sentence why they may not ask at all. `rows` is how many
 * belong together where a list is checked. Throws UsageError when something is stated wrongly or not at all.
 */
export async function askAs(house: House, stated: Stated, known: object, rows?: number): Promise<CheckAnswer | string> {
  const { as, reason } = stated
  if (as === undefined) throw new UsageError('Say who asks: --as USER. What comes back is what that user may see.')
  if (reason === undefined)
    throw new UsageError(`Every check states its reason (WY-16): --reason PURPOSE, one of ${PURPOSES.join(', ')}.`)
  if (!(PURPOSES as readonly string[]).includes(reason))
    throw new UsageError(`--reason is one of ${PURPOSES.join(', ')}.`)
  if (stated.ground !== undefined && !(GROUNDS as readonly string[]).includes(stated.ground))
    throw new UsageError(`--ground is one of ${GROUNDS.join(', ')}.`)
  const person = await house.database.transaction(system, (tx) => userByName(tx, as))
  if (person === undefined || person.closedAt !== undefined)
    throw new UsageError(`There is no user ${as}. See: safehaven user list`)
  const actor = actorFor(person)
  if (!actor.permissions.has('register.check'))
    return `${person.name} may not ask the registers: none of their roles includes it, or their training or terms are missing.`
  const parsed = checkSchema.safeParse(
    JSON.parse(
      JSON.stringify({
        known,
        purpose: reason,
        consent: stated.consent,
        // WY-35: a register check by an authorised person is itself a ground.
        ground:
          stated.ground ?? (reason === 'register-check' && stated.consent === undefined ? 'register-check' : undefined),
        risk: stated.risk,
        needToKnow: stated.need ?? 'stated on the command line',
        proportionate: true,
      }),
    ),
  )
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new UsageError(`${String(issue.path.at(-1) ?? 'check')}: ${issue.message}`)
  }
  const lacking = tooLittle(parsed.data.known)
  if (lacking !== undefined) throw new UsageError(lacking)
  return actIn(house, { actor, act: 'register.checked' }, (ctx) => checkChild(ctx, parsed.data, rows))
}
