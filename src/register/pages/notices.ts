import { z } from 'zod'
import { may } from '../../platform/index.ts'
import { page, redirect, texts, view } from '../../web/index.ts'
import { inWords } from '../rules/in-words.ts'
import { reasonWords } from '../rules/words.ts'
import { markRead, type Notice, type NoticeKind, noticesFor } from '../store/notices.ts'

const TAGS: Readonly<Record<NoticeKind, { text: string; classes: string }>> = {
  signal: { text: 'Signal', classes: 'govuk-tag--red' },
  question: { text: 'Question', classes: 'govuk-tag--yellow' },
  overdue: { text: 'Overdue', classes: 'govuk-tag--red' },
  answer: { text: 'Answer', classes: 'govuk-tag--green' },
  enquiry: { text: 'Enquiry', classes: 'govuk-tag--blue' },
  subscription: { text: 'You wished to hear', classes: 'govuk-tag--blue' },
  correction: { text: 'Corrected', classes: 'govuk-tag--yellow' },
  disagreement: { text: 'Somebody disagrees', classes: 'govuk-tag--yellow' },
}

/**
 * What happened at the registers that this user should know of; for a keeper, also what their authority should. The child is named to its worker
 * and to the keeper of its register, with who asked and why (WY-25); to nobody else.
 */
export const notices = page({
  path: '/register/notices',
  permission: 'register.check',
  audit: 'register.notices-read',
  auditPost: 'register.notice-read',
  async get(ctx) {
    const keeps = may(ctx.actor, 'register.keep')
    const list = await noticesFor(ctx, keeps)
    ctx.about(ctx.actor.id, { entries: [...new Set(list.flatMap((one) => (one.child ? [one.entry] : [])))] })
    return view('register/pages/notices.njk', {
      title: 'Notices from the registers',
      backTo: '/register',
      keeps,
      unread: list
        .filter((one) => one.readAt === null)
        .sort((one, other) => rank(one) - rank(other))
        .map(shown),
      read: list.filter((one) => one.readAt !== null).map(shown),
      history: may(ctx.actor, 'enquiry.read'),
    })
  },
  // One, or all that stood on the page: what came since stays unread.
  form: z.object({ notice: texts(40, 100).pipe(z.array(z.uuid()).min(1)) }),
  async post(ctx, { form }) {
    ctx.about(ctx.actor.id, { notices: form.notice })
    for (const one of form.notice) await markRead(ctx, one, may(ctx.actor, 'register.keep'))
    return redirect('/register/notices')
  },
})

/** What waits for somebody to act stands before what is only to be known. */
const FIRST: readonly NoticeKind[] = ['signal', 'overdue', 'question', 'correction', 'disagreement', 'answer']
const rank = ({ kind }: Notice): number => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length)

const shown = (one: Notice) => ({
  ...one,
  says: inWords(one.says),
  tag: TAGS[one.kind],
  reason: one.purpose === null ? undefined : reasonWords(one.purpose),
})
