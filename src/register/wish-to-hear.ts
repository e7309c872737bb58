import type { Context } from '../platform/index.ts'
import { pastTheWall } from './past-the-wall.ts'
import { subscribe, unsubscribe } from './store/subscriptions.ts'

/** "Tell me if anyone else asks", or no longer. The caller has seen to it that this entry was shown to the actor. */
export const wishToHear = (ctx: Context, entry: number, wanted: boolean): Promise<number> =>
  pastTheWall(ctx.tx, () => (wanted ? subscribe : unsubscribe)(ctx, entry))
