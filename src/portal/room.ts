import type { Context } from '../platform/index.ts'
import { invite } from './jobs/invite.ts'
import { recallMessage } from './jobs/recall.ts'
import { tell, tidy } from './jobs/tell.ts'
import { filePage, leavePage, messagePage } from './pages/message.ts'
import { openPage } from './pages/open.ts'
import { senderPage } from './pages/sender.ts'

import { endSittings } from './store.ts'

export const pages = [messagePage, filePage, leavePage, openPage, senderPage]
/** A sitting that ended after the backup was made would be open again. */
export const restored = (ctx: Context): Promise<void> => endSittings(ctx.tx)
export const jobs = [invite, recallMessage, tell, tidy]
