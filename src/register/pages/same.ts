import { z } from 'zod'
import type { Context } from '../../platform/index.ts'
import { choice, invalid, notFound, page, redirect, text, view } from '../../web/index.ts'
import { pastTheWall } from '../past-the-wall.ts'
import { readAnswer } from '../read-answer.ts'
import { pairKey } from '../rules/found.ts'
import { inWords } from '../rules/in-words.ts'
import { itemWords } from '../rules/words.ts'
import { sayWhetherSame } from '../say-whether-same.ts'
import { latestVerdicts } from '../store/verdicts.ts'

/** What tells two children apart, or says that they are one. */
const COMPARED = [
  'name',
  'alias',
  'date-of-birth',
  'gender',
  'address',
  'address-history',
  'family',
  'education',
  'nhs-number',
  'upn',
] as const

const params = z.object({
  id: z.uuid(),
  one: z.coerce.number().int().positive(),
  other: z.coerce.number().int().positive(),
})

async function pair(ctx: Context, asked: z.infer<typeof params>) {
  const found = (await readAnswer(ctx, asked.id))?.answer?.found ?? []
  const [one, other] = [asked.one, asked.other].map((id) =>
    found.find(({ entry, under }) => entry === id && under === undefined),
  )
  return one === undefined || other === undefined || one === other ? undefined : { one, other }
}

/** "The same" or "not the same": said by a person to whom both entries were shown, and standing until a person says otherwise. */
export const same = page({
  path: '/register/answers/:id/same/:one/:other',
  params,
  permission: 'register.check',
  audit: 'register.verdict',
  auditPost: 'register.verdict-given',
  async get(ctx, { params: asked }) {
    const found = await pair(ctx, asked)
    if (found === undefined) return notFound()
    ctx.about(pairKey(asked.one, asked.other))
    const said = (await pastTheWall(ctx.tx, () => latestVerdicts(ctx.tx, [asked.one, asked.other]))).get(
      pairKey(asked.one, asked.other),
    )
    return view('register/pages/same.njk', {
      title: 'Are these two entries the same child?',
      backTo: `/register/answers/${asked.id}#entry-${asked.one}`,
      pair: [found.one, found.other].map((one, index, pair) => ({
        authorityName:
          pair[0]!.authority === pair[1]!.authority
            ? `${one.authorityName}, ${one.shown.reference?.[0] ?? `entry ${index + 1}`}`
            : one.authorityName,
      })),
      rows: COMPARED.flatMap((item) => {
        const cells = [found.one, found.other].map((one) => (one.shown[item] ?? []).slice(0, 6).map(inWords))
        return cells.every((lines) => lines.length === 0) ? [] : [{ item: itemWords(item), cells }]
      }),
      said,
    })
  },
  form: z.object({
    same: choice(['yes', 'no'], 'Choose yes or no'),
    because: text('Write how you know', 500),
  }),
  async post(ctx, { params: asked, form }) {
    const found = await pair(ctx, asked)
    if (found === undefined) return notFound()
    if (form.because.length < 5) return invalid({ because: 'Write how you know, in a few words' })
    ctx.about(pairKey(asked.one, asked.other), { same: form.same === 'yes' })
    await sayWhetherSame(ctx, { one: asked.one, other: asked.other, same: form.same === 'yes', because: form.because })
    return redirect(`/register/answers/${asked.id}/same/${asked.one}/${asked.other}`)
  },
})
