import type { Context } from '../platform/index.ts'
import { pastTheWall } from './past-the-wall.ts'
import { keepVerdict } from './store/verdicts.ts'

/**
 * A person's word on two entries; the last one counts, and it stays through later feeds. The caller has seen to it that both were shown to
 * the actor.
 */
export const sayWhetherSame = (
  ctx: Context,
  said: { one: number; other: number; same: boolean; because: string },
): Promise<void> => pastTheWall(ctx.tx, () => keepVerdict(ctx, said))
