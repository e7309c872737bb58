import { z } from 'zod'
import { agencyById } from '../../people/index.ts'
import { may, newId } from '../../platform/index.ts'
import { unreadNotices, waitingQuestions } from '../../register/index.ts'
import { page, view } from '../../web/index.ts'
import { dayOf, timeLeft } from '../rules/clocks.ts'
import { initialsAndAges } from '../rules/letter.ts'
import { FORM_WORDS, PURPOSE_WORDS, STATE_COLOURS, STATE_WORDS } from '../rules/words.ts'
import { owedFollowUps } from '../store/calls.ts'
import { countDisclosures, listDisclosures, type Row, type State } from '../store/disclosures.ts'
import { inboxOf, unseenAnswers } from '../store/questions.ts'
import { countQueue } from '../store/reports.ts'

const shownAs = (row: Row, now: Date) => ({
  ...row,
  about: initialsAndAges(row.draft, row.onDay ?? dayOf(now)),
  what: row.draft.worry?.purpose === undefined ? FORM_WORDS[row.form] : PURPOSE_WORDS[row.draft.worry.purpose],
  tag: { text: STATE_WORDS[row.state], classes: `govuk-tag--${STATE_COLOURS[row.state]}` },
  href: row.state === 'draft' || row.state === 'held' ? `/disclosures/${row.id}` : `/disclosures/${row.id}/record`,
  to:
    row.draft.recipients
      .slice(0, 3)
      .map((one) => one.name)
      .join(', ') + (row.draft.recipients.length > 3 ? ` and ${row.draft.recipients.length - 3} more` : ''),
})

/** Where everyone begins: one large button, and what is theirs to do. */
export const home = page({
  path: '/',
  permission: 'account.own',
  audit: 'home.opened',
  async get(ctx) {
    const { actor, tx, now } = ctx
    const does = (permission: string) => may(actor, permission)
    const agency = actor.agency === undefined ? undefined : await agencyById(tx, actor.agency)
    const queue =
      does('intake.work') && actor.agency !== undefined ? await countQueue(tx, actor.agency, now) : undefined
    const total = (pick: (one: NonNullable<typeof queue>[number]) => boolean) =>
      (queue ?? []).filter(pick).reduce((sum, one) => sum + one.count, 0)
    return view('sharing/pages/home.njk', {
      title: 'Start page',
      startId: newId(),
      police: agency?.kind === 'police',
      writes: does('disclosure.write'),
      drafts: does('disclosure.read')
        ? (await listDisclosures(tx, { by: actor.id, states: ['draft', 'held'], limit: 10 })).map((one) =>
            shownAs(one, now),
          )
        : [],
      recent: does('disclosure.read')
        ? (await listDisclosures(tx, { by: actor.id, states: ['decided', 'sent', 'not-shared'], limit: 5 })).map(
            (one) => shownAs(one, now),
          )
        : [],
      followUps: does('disclosure.read')
        ? (await owedFollowUps(tx, actor.id)).map((one) => ({ ...one, left: timeLeft(one.followUpDue, now) }))
        : [],
      answers: does('disclosure.read') ? await unseenAnswers(tx, actor.id) : [],
      advice: does('disclosure.advise')
        ? (await inboxOf(tx, actor.id, ['advice'])).filter((one) => one.answeredAt === null).length
        : 0,
      authorisations: does('disclosure.authorise')
        ? (await inboxOf(tx, actor.id, ['manager-authorisation', 'harm-balance'])).filter(
            (one) => one.answeredAt === null,
          ).length
        : 0,
      notices: does('register.check') ? await unreadNotices(ctx, does('register.keep')) : 0,
      keeper:
        does('register.keep') && actor.agency !== undefined
          ? await waitingQuestions(tx, actor.agency, now)
          : { waiting: 0, overdue: 0 },
      intake:
        queue === undefined
          ? undefined
          : { waiting: total((one) => one.state === 'waiting'), overdue: total((one) => one.overdue) },
    })
  },
})

const TABS: readonly { readonly id: string; readonly title: string; readonly states: readonly State[] }[] = [
  { id: 'open', title: 'Drafts', states: ['draft'] },
  { id: 'held', title: 'Held', states: ['held'] },
  { id: 'decided', title: 'On their way', states: ['decided'] },
  { id: 'sent', title: 'Sent', states: ['sent'] },
  { id: 'not-shared', title: 'Not shared', states: ['not-shared'] },
]
const PAGE = 30

export const disclosures = page({
  path: '/disclosures',
  query: z.object({
    show: z.string().optional(),
    whose: z.enum(['mine', 'agency']).catch('mine'),
    page: z.coerce.number().int().min(1).max(10_000).catch(1),
  }),
  permission: 'disclosure.read',
  audit: 'disclosure.list',
  async get(ctx, { query }) {
    const by = query.whose === 'agency' ? undefined : ctx.actor.id
    const counts = await countDisclosures(ctx.tx, by)
    const tabs = TABS.map((one) => ({ ...one, count: one.states.reduce((sum, state) => sum + counts[state], 0) }))
    const tab = tabs.find((one) => one.id === query.show) ?? tabs.find((one) => one.count > 0) ?? tabs[0]!
    const rows = await listDisclosures(ctx.tx, {
      by,
      states: tab.states,
      limit: PAGE + 1,
      offset: (query.page - 1) * PAGE,
    })
    return view('sharing/pages/list.njk', {
      title: query.whose === 'agency' ? 'Disclosures of my agency' : 'My disclosures',
      backTo: '/',
      tabs,
      tab,
      whose: query.whose,
      page: query.page,
      more: rows.length > PAGE,
      rows_: rows.slice(0, PAGE).map((one) => shownAs(one, ctx.now)),
    })
  },
})

/** Calls whose written follow-up is still owed, the most overdue first (CUM-8). */
export const followUps = page({
  path: '/follow-ups',
  permission: 'disclosure.read',
  audit: 'disclosure.follow-ups',
  get: async (ctx) =>
    view('sharing/pages/follow-ups.njk', {
      title: 'Written follow-ups owed',
      backTo: '/',
      list: (await owedFollowUps(ctx.tx, undefined)).map((one) => ({
        ...one,
        left: timeLeft(one.followUpDue, ctx.now),
      })),
    }),
})
