import type { Context } from '../../../platform/index.ts'
import type { Route } from '../../../protocols/index.ts'
import { disclosureForDispatch } from '../../../sharing/index.ts'
import type { Dispatch } from '../../../transfer/consignment.ts'
import { becomeUncertain } from '../../../transfer/deliver.ts'
import { dispatch as handOver } from '../../../transfer/dispatch.ts'
import { recordStep } from '../../../transfer/record-step.ts'
import { addBreach } from '../../../transfer/store/breaches.ts'
import { findConsignment } from '../../../transfer/store/consignments.ts'
import { changeDispatch } from '../../../transfer/store/dispatches.ts'
import type { Seed } from '../seed-area.ts'
import { STORIES, type Story } from '../stories.ts'
import { as, release, write } from './40-sharing.ts'

/** What Alice sent in the last days, so that a custody chain can be looked at in every state; and what went wrong. */
export const seed: Seed = { name: 'transfer', sow: sowDispatches }

const DAY = 24 * 60

async function sowDispatches(ctx: Context): Promise<void> {
  const posted = { tracking: 'KB 1234 5678 9GB', cost: '4.35', named: true, envelope: true }
  // Nobody has said that it came.
  const silent = await sent(ctx, child('Ellis Hoyle', 9, 3 * DAY), 'recorded-post')
  await recordStep(silent.ctx, silent.dispatch.id, 'posted', posted)
  // All the way.
  const done = await sent(ctx, child('Niamh Rushworth', 5, 4 * DAY), 'recorded-post')
  await recordStep(done.ctx, done.dispatch.id, 'posted', posted)
  const later = await as(ctx, 'alice', 2 * DAY)
  await recordStep(later, done.dispatch.id, 'received', { by: 'Sinéad Doyle', how: 'She rang' })
  await recordStep(later, done.dispatch.id, 'acted-on', { what: 'A strategy discussion is set for Thursday at ten.' })
  // To be posted today.
  await sent(ctx, child('Dylan Crabtree', 13, 3 * 60), 'recorded-post')
  // Perhaps gone, perhaps not: its sender is asked.
  const broken = await sent(ctx, child('Maya Lockwood', 2, 5 * 60), 'secure-email')
  const consignment = await findConsignment(ctx, broken.dispatch.disclosure)
  await becomeUncertain(
    { ...ctx, now: broken.ctx.now },
    consignment!,
    await changeDispatch({ ...ctx, now: broken.ctx.now }, broken.dispatch, {
      state: 'sending',
      what: 'sending',
      handedAt: broken.ctx.now,
    }),
    'The connection broke while it was being handed over.',
  )
  // Lies in the portal: the code has to be told by telephone.
  await sent(ctx, child('Harvey Dunn', 8, 40), 'portal')
  // An encrypted file, whose password has to be told by telephone.
  await sent(ctx, child('Zara Illingworth', 11, 30), 'encrypted-attachment')
  await addBreach(await as(ctx, 'alice', 26 * 60), {
    kind: 'near-miss',
    what: 'Two people called Dave in the list; the wrong one was noticed on the last page before it went.',
    risk: false,
  })
  await addBreach(await as(ctx, 'bashir', 20 * 60), {
    kind: 'breach',
    what: 'A printed referral was left on the copier in reception for an hour.',
    risk: true,
  })
}

const child = (name: string, age: number, minutes: number): Story => ({
  ...STORIES.sent,
  minutes,
  child: { name, age },
  worry: `A worry about ${name.split(' ')[0]} that was told to us by a neighbour and by the school.`,
  words: { concern: `${name.split(' ')[0]} is often alone in the evening, and comes to school hungry.` },
})

async function sent(ctx: Context, story: Story, route: Route): Promise<{ ctx: Context; dispatch: Dispatch }> {
  // Why it must go as an encrypted file is confirmed by whoever sends it (CUM-10, CUM-11).
  const confirmed = (['no-more-secure-route', 'significant-need'] as const).map((need) => ({
    need,
    note: 'They have no secure address, and cannot use the portal today.',
    by: 'Alice Hartley',
    at: ctx.now.toISOString(),
  }))
  const more = route === 'encrypted-attachment' ? { route, confirmed } : { route }
  const written = await write(ctx, { ...story, more })
  await release(ctx, written)
  const atThatTime = { ...ctx, now: written.ctx.now }
  const found = await disclosureForDispatch(atThatTime, written.id)
  const [dispatch] = found === undefined ? [] : await handOver(atThatTime, found)
  if (dispatch?.route !== route) throw new Error(`what was to go by ${route} goes by ${dispatch?.route}`)
  return { ctx: written.ctx, dispatch }
}
