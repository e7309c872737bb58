import { z } from 'zod'
import { isFault, may } from '../../platform/index.ts'
import { invalid, page, redirect, view } from '../../web/index.ts'
import { checkChild } from '../check-child.ts'
import { protocolOf } from '../protocol-in-force.ts'
import { readAnswer } from '../read-answer.ts'
import { retyped } from '../rules/retyped.ts'
import { notYetBorn, tooLittle } from '../rules/sought.ts'
import { checkForm, typedCheck } from '../rules/typed-check.ts'
import { GROUND_WORDS, outcomeWords, REASONS, reasonWords } from '../rules/words.ts'
import { ownEnquiries } from '../store/enquiries.ts'
import { unreadNotices } from '../store/notices.ts'
import { askedBy } from '../store/questions.ts'
import { questionTag } from './tags.ts'

/**
 * Is this child known to anyone? What is typed goes by POST and is kept sealed: it never stands in an address or a log. `again` is an earlier question of the
 * same asker: whom it was about stands in the form, and why they ask now is stated anew (WY-16).
 */
export const check = page({
  path: '/register',
  permission: 'register.check',
  audit: 'register.check-opened',
  auditPost: 'register.checked',
  query: z.object({ again: z.uuid().optional().catch(undefined) }),
  async get(ctx, { query }) {
    const before = query.again === undefined ? undefined : await readAnswer(ctx, query.again)
    if (before !== undefined) ctx.about(before.enquiry.id)
    const protocol = await protocolOf(ctx)
    const mine = await ownEnquiries(ctx, 10)
    return view('register/pages/check.njk', {
      title: 'Is this child known to anyone?',
      before: before === undefined ? {} : retyped(before.question.check.known),
      again: before !== undefined,
      reasons: REASONS.map(([value, text]) => ({ value, text })),
      protocol: { title: protocol.title },
      grounds: Object.entries(protocol.consent?.grounds ?? {}).flatMap(([id, one]) =>
        one === undefined
          ? []
          : [{ value: id, text: GROUND_WORDS[id as keyof typeof GROUND_WORDS], says: one.says, cites: one.rule }],
      ),
      unread: await unreadNotices(ctx, may(ctx.actor, 'register.keep')),
      asked: (await askedBy(ctx, 5)).map((one) => ({ ...one, tag: questionTag(one, ctx.now) })),
      mine: mine.map((one) => ({
        ...one,
        about: initials(one.check.known),
        reason: reasonWords(one.purpose),
        said: outcomeWords(one.outcome),
      })),
    })
  },
  form: checkForm,
  async post(ctx, { form }) {
    const asked = typedCheck(form)
    if ('wrong' in asked) return invalid(asked.wrong)
    const lacking = tooLittle(asked.known)
    if (lacking !== undefined) return invalid({ name: lacking.replace(/\.$/, '') })
    const early = notYetBorn(asked.known, ctx.now.toISOString().slice(0, 10))
    if (early !== undefined) return invalid({ 'born-year': early.replace(/\.$/, '') })
    try {
      const answer = await checkChild(ctx, asked)
      return redirect(`/register/answers/${answer.enquiry}`)
    } catch (error) {
      if (!isFault(error) || error.status !== 429) throw error
      // Beside the form, so that nothing typed is lost while they wait; the auditor counts it by its code.
      ctx.about(ctx.actor.id, { code: error.code })
      return invalid({ '': error.message })
    }
  },
})

/** Enough for the asker to know which of their questions it was, and not for whoever looks over their shoulder. */
function initials(known: {
  name?: string | undefined
  given?: string | undefined
  family?: string | undefined
}): string {
  const name = known.name ?? [known.given, known.family].filter((part) => part !== undefined).join(' ')
  return name
    .split(/[\s-]+/)
    .filter((part) => part !== '')
    .slice(0, 4)
    .map((part) => `${[...part][0]!.toLocaleUpperCase('en')}.`)
    .join(' ')
}
