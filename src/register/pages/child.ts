import { z } from 'zod'
import { listAgencies } from '../../people/index.ts'
import { may } from '../../platform/index.ts'
import { notFound, page, view } from '../../web/index.ts'
import { pastTheWall } from '../past-the-wall.ts'
import { consentWords, groundWords, reasonWords } from '../rules/words.ts'
import { historyOf, ownEntry, pairsOf, signalsOf } from '../store/history.ts'

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
    const pairs = await pastTheWall(ctx.tx, () => pairsOf(ctx.tx, params.entry))
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
      pairs: pairs.map((one) => ({
        ...one,
        by: `${one.by}, ${nameOf(one.byAgency)}`,
        authorityName: nameOf(one.authority),
      })),
      history: (await historyOf(ctx, params.entry)).map((one) => ({
        ...one,
        reason: reasonWords(one.purpose),
        ground: groundWords(one.ground),
        consent: consentWords(one.consent),
      })),
    })
  },
})
