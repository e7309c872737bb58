import { type Problem, problem } from '../../api/index.ts'
import { agencyById } from '../../people/index.ts'
import type { Context } from '../../platform/index.ts'

/** Each authority keeps its own entries, and nobody else does, the hub not either (WY-33). Says the same of a register that does not exist. */
export async function notOwnRegister(ctx: Context, authority: string): Promise<Problem | undefined> {
  if (ctx.actor.agency === authority && (await agencyById(ctx.tx, authority))?.keepsRegister === true) return undefined
  return problem(
    403,
    'register.not-own-register',
    'This is not a register that you keep. Each authority writes and reads its own entries, with a token of its own (WY-33).',
  )
}
