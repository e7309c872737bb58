/** The pages of the gateway: one's messages, the hold page with what was found in its place, release, mail passwords. */
import { cameBackPage } from './came-back.ts'
import { mailPage } from './list.ts'
import { forgetMailboxPage, mailboxPage, tidiedPage } from './mailbox.ts'
import { messagePage } from './message.ts'
import { endPasswordPage, passwordsPage } from './passwords.ts'
import { recipientsPage } from './recipients.ts'
import { releasePage } from './release.ts'
import { replyFile, replyPage } from './reply.ts'
import { withdrawPage } from './withdraw.ts'

export const pages = [
  mailPage,
  passwordsPage,
  endPasswordPage,
  messagePage,
  recipientsPage,
  withdrawPage,
  releasePage,
  replyPage,
  replyFile,
  cameBackPage,
  mailboxPage,
  forgetMailboxPage,
  tidiedPage,
]
