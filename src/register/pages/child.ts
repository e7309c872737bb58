import { z } from 'zod'
import { listAgencies } from '../../people/index.ts'
import { may } from '../../platform/index.ts'
import { notFound, page, view } from '../../web/index.ts'
import { lineForKeeper } from '../line-for-keeper.ts'
import { pastTheWall } from '../past-the-wall.ts'
import { consentWords, groundWords, itemWords, reasonWords } from '../rules/words.ts'
import { disagreementsOf } from '../store/disagreements.ts'
import { historyOf, ownEntry, pairsOf, signalsOf } from '../store/history.ts'
import { shownLine } from './line-of-time.ts'

/** Who asked about a child of one's own register, when and why (WY-25). An auditor reads the same without the child's name. */
export const child = page({
  path: '/register/children/:entry',
  params: z.object({ entry: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) }),
  permission: 'enquiry.read',
  audit: 'register.enquiry-history-read',
  async get(ctx, { params }) {
    const entry = await ownEntry(ctx.tx, params.entry)
    if (entry === undefined) return notFound()
    ctx.about(`register:${params.entry}`)
    const keeps = may(ctx.actor, 'register.keep')
    const [name] = entry.record.names ?? []
    const all = await listAgencies(ctx.tx)
    const nameOf = (id: string): string => all.find((one) => one.id === id)?.name ?? id
    const pairs = (await pastTheWall(ctx.tx, () => pairsOf(ctx.tx, params.entry))).map((one) => ({
      ...one,
      by: `${one.by}, ${nameOf(one.byAgency)}`,
      authorityName: nameOf(one.authority),
    }))
    const line = keeps ? await lineForKeeper(ctx, entry, pairs, nameOf(entry.authority)) : undefined
    const { nhsNumber, formerNhsNumbers = [] } = entry.record
    return view('register/pages/child.njk', {
      title: 'Who asked about this child',
      backTo: keeps ? '/register/notices' : '/',
      entry,
      keeps,
      name: keeps ? [name?.given, name?.family].filter((part) => part !== undefined).join(' ') : undefined,
      numbers: keeps && formerNhsNumbers.length > 0 ? { now: nhsNumber, former: formerNhsNumbers } : undefined,
      unborn: keeps ? entry.record.born?.expected : undefined,
      mother: keeps ? entry.record.relationships?.find((one) => one.kind === 'mother')?.name : undefined,
      signals: await signalsOf(ctx.tx, params.entry),
      pairs,
      disagreements: keeps
        ? (await disagreementsOf(ctx.tx, params.entry)).map((one) => ({ ...one, item: itemWords(one.item) }))
        : [],
      line: line === undefined ? undefined : wordedLine(line, ctx.now.toISOString().slice(0, 10)),
      history: (await historyOf(ctx, params.entry)).map((one) => ({
        ...one,
        reason: reasonWords(one.purpose),
        ground: groundWords(one.ground),
        consent: consentWords(one.consent),
      })),
    })
  },
})

/** Each lane with where the keeper reads more of it, or how they come to see it. */
function wordedLine(line: NonNullable<Awaited<ReturnType<typeof lineForKeeper>>>, today: string) {
  const shown = shownLine(line, today)
  return {
    ...shown,
    registers: new Set(line.lanes.map((one) => one.authority)).size,
    lanes: shown.lanes.map((lane) => {
      const answer = line.answers.get(lane.entry)
      return {
        ...lane,
        ...(answer === undefined ? {} : { href: `/register/answers/${answer}#entry-${lane.entry}` }),
        ...(lane.spans === undefined
          ? { unseen: 'Not shown here. Check the child, for a reason, to see what you may.' }
          : {}),
      }
    }),
  }
}
