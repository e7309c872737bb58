import { z } from 'zod'
import { citedRules, findProtocol, listProtocols, type Protocol } from '../../protocols/index.ts'
import { notFound, page, view } from '../../web/index.ts'
import { ownProtocol } from '../protocol-in-force.ts'
import { explainRule } from '../rules/explain.ts'
import { GROUND_WORDS, ITEM_WORDS, LEVEL_WORDS, ROUTE_WORDS } from '../rules/words.ts'

export const protocols = page({
  path: '/protocols',
  permission: 'protocol.read',
  audit: 'protocol.list',
  async get(ctx) {
    const own = await ownProtocol(ctx)
    return view('sharing/pages/protocols.njk', {
      title: 'Protocols',
      backTo: '/',
      own: own.id,
      list: listProtocols().map((one) => ({
        id: one.id,
        title: one.title,
        authority: one.authority,
        version: one.version,
        inForce: one.inForce,
        rules: one.rules.length,
        owner: one.text.owner,
        review: one.text.review,
      })),
    })
  },
})

const idOf = z.object({ id: z.string().max(80) })

export const protocol = page({
  path: '/protocols/:id',
  params: idOf,
  permission: 'protocol.read',
  audit: 'protocol.read',
  async get(_ctx, { params }) {
    const found = findProtocol(params.id)
    if (found === undefined) return notFound('There is no protocol of this name.')
    const { text } = found
    return view('sharing/pages/protocol.njk', {
      title: found.title,
      backTo: '/protocols',
      protocol: { ...found, text },
      consent: text.consent,
      secure: text['secure addresses'],
      levels: (['anonymised', 'personal', 'sensitive'] as const).flatMap((level) =>
        text.levels[level] === undefined
          ? []
          : [
              {
                ...text.levels[level],
                title: LEVEL_WORDS[level],
                names: text.levels[level].items?.map((item) => ITEM_WORDS[item]),
              },
            ],
      ),
      grounds: Object.entries(text.consent?.grounds ?? {}).flatMap(([id, one]) =>
        one === undefined ? [] : [{ title: GROUND_WORDS[id as keyof typeof GROUND_WORDS], ...one }],
      ),
      order: text['order of routes']?.map((route) => ROUTE_WORDS[route]),
      rules: text.rules.map((rule) => ({ says: rule.says, cites: rule.rule, lines: explainRule(rule) })),
    })
  },
})

/** Where each protocol carries a rule, and in which words. */
export const rule = page({
  path: '/rules/:id',
  params: z.object({
    id: z
      .string()
      .regex(/^[A-Z][A-Z0-9]*(?:-[A-Za-z0-9.]+)+$/)
      .max(60),
  }),
  permission: 'protocol.read',
  audit: 'protocol.rule',
  async get(_ctx, { params }) {
    const carried = listProtocols().flatMap((one) => {
      const lines = statementsOf(one, params.id)
      return lines.length === 0 ? [] : [{ id: one.id, title: one.title, inForce: one.inForce, lines }]
    })
    // What the pages themselves carry out, such as BEX-3, stands in no protocol; its text is kept all the same.
    const cited = citedRules().get(params.id)
    if (carried.length === 0 && cited === undefined)
      return notFound('No rule of this name is kept here. Check that it was copied whole.')
    const text = cited && { ...cited, text: plain(cited.text), now: cited.now && plain(cited.now) }
    return view('sharing/pages/rule.njk', { title: `Rule ${params.id}`, backTo: '/protocols', carried, cited: text })
  },
})

const plain = (words: string): string => words.replaceAll('*', '')

interface Line {
  readonly says: string
  readonly lines: readonly string[]
}

/** Everything a protocol states under one rule id. */
function statementsOf({ text }: Protocol, id: string): readonly Line[] {
  const found: Line[] = []
  const note = (cites: readonly string[] | undefined, says: string, lines: readonly string[] = []) =>
    void (cites?.includes(id) === true && found.push({ says, lines }))
  for (const level of ['anonymised', 'personal', 'sensitive'] as const)
    note(text.levels[level]?.rule, `${LEVEL_WORDS[level]} information: ${text.levels[level]?.says ?? ''}`)
  const secure = text['secure addresses']
  note(secure?.rule, secure?.says ?? '')
  for (const one of secure?.retired ?? []) note(one.rule, `${one.pattern} was retired on ${one.on}.`)
  const { consent } = text
  if (consent !== undefined) {
    note(consent.rule, consent.says)
    note(consent['lifted by harm'].rule, consent['lifted by harm'].says)
    for (const one of consent['not needed for']) note(one.rule, 'Consent is not a condition for this purpose.')
    note(
      consent['explicit for']?.rule,
      `Consent must be explicit for ${consent['explicit for']?.levels.join(' and ') ?? ''} information.`,
    )
    note(
      consent['must have been told']?.rule,
      'Consent counts only from someone who was told why, how it is used, with whom it is shared, and what follows from giving and from withholding it.',
    )
    note(consent['counts from age'].rule, `Consent counts from the age of ${consent['counts from age'].age}.`)
    note(consent['without capacity']?.rule, 'Someone without capacity cannot give consent.')
    note(consent['competent child counts']?.rule, 'A competent child’s own answer counts.')
    note(consent['after refusal'].rule, 'After a refusal a ground is needed to share all the same.')
    note(consent['after withdrawal'].rule, 'After a withdrawal it is shared only under an exemption.')
    for (const [ground, one] of Object.entries(consent.grounds))
      note(one?.rule, `${GROUND_WORDS[ground as keyof typeof GROUND_WORDS]}: ${one?.says ?? ''}`)
  }
  for (const one of text.rules) note(one.rule, one.says, explainRule(one))
  note(text['in force'].rule, text['in force'].says)
  note(text.review?.rule, `Its review is due on ${text.review?.due ?? ''}.`)
  return found
}
