import type { Context } from '../platform/index.ts'
import type { Found } from './answer.ts'
import { pastTheWall } from './past-the-wall.ts'
import { keepDisagreement as keep } from './store/disagreements.ts'
import { notice } from './store/notices.ts'

/**
 * Keeps that somebody disagrees with what an entry says, beside the information (BEX-56), and tells the keeper of the register, who can put it right (UK GDPR, Article
 * 16). The caller has seen to it that the entry was shown to the actor, with this item.
 */
export async function keepDisagreement(
  ctx: Context,
  found: Found,
  said: { readonly item: string; readonly who: string; readonly words: string },
): Promise<void> {
  await pastTheWall(ctx.tx, async () => {
    await keep(ctx, { entry: found.entry, ...said })
    // A notice to all keepers would say that a shielded child is there.
    if (found.shielded !== true)
      await notice(ctx, {
        agency: found.authority,
        kind: 'disagreement',
        entry: found.entry,
        says: 'Somebody disagrees with what the register says of this child. Put it right in your own system, or say why it stands.',
      })
  })
}
