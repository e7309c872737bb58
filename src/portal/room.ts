import { invite } from './jobs/invite.ts'
import { tell, tidy } from './jobs/tell.ts'
import { filePage, leavePage, messagePage } from './pages/message.ts'
import { openPage } from './pages/open.ts'
import { senderPage } from './pages/sender.ts'

export const pages = [messagePage, filePage, leavePage, openPage, senderPage]
export const jobs = [invite, tell, tidy]
