import { findActs } from '../../audit/index.ts'
import { page, view } from '../../web/index.ts'
import { reasonWords } from '../rules/words.ts'
import { askedMost, flaggedOf } from '../store/history.ts'
import { lookedAtIn } from '../store/looked-at.ts'
import { MANY_IN_AN_HOUR, MOST_IN_AN_HOUR } from '../trawling.ts'

/** How far back an auditor looks. */
export const WATCHED_DAYS = 30

/** How people of the auditor's own agency ask the registers: what stood out, who was slowed, who asks most. Whom they asked about is not here. */
export const watch = page({
  path: '/register/watch',
  permission: 'audit.read',
  audit: 'register.asking-watched',
  async get(ctx) {
    const agency = ctx.actor.agency ?? ''
    const since = new Date(ctx.now.getTime() - WATCHED_DAYS * 86_400_000)
    const refused = (await findActs(ctx.tx, { act: 'register.checked', agency, from: since, limit: 500 })).filter(
      (one) => one.outcome === 'refused' || /^register\.(?:slowed|too-many)/.test(String(one.detail?.code ?? '')),
    )
    const slowed = new Map<string, { name: string; n: number; last: Date }>()
    for (const one of refused) {
      const known = slowed.get(one.actor)
      slowed.set(one.actor, { name: one.actorName, n: (known?.n ?? 0) + 1, last: known?.last ?? one.at })
    }
    const flagged = await flaggedOf(ctx.tx, agency, since)
    const found = await lookedAtIn(ctx.tx, agency)
    ctx.about(agency, { flagged: flagged.length, slowed: slowed.size })
    return view('register/pages/watch.njk', {
      title: 'How the registers are asked',
      days: WATCHED_DAYS,
      many: MANY_IN_AN_HOUR,
      most: MOST_IN_AN_HOUR,
      flagged: flagged.map((one) => ({
        ...one,
        reasons: one.purposes.map(reasonWords),
        found: found.find(({ asker }) => asker === one.asker),
      })),
      slowed: [...slowed.values()],
      asked: await askedMost(ctx.tx, agency, since),
    })
  },
})
