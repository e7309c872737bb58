import type { Protocol } from '../../protocols/index.ts'
import { NEED_TEXTS, OBLIGATIONS } from '../../protocols/index.ts'
import { GROUND_WORDS, ITEM_WORDS, KIND_WORDS, LEVEL_WORDS, PURPOSE_WORDS, ROUTE_WORDS } from './words.ts'

type RuleText = Protocol['text']['rules'][number]
type Conditions = NonNullable<RuleText['when']>

const LISTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  level: LEVEL_WORDS,
  items: ITEM_WORDS,
  purpose: PURPOSE_WORDS,
  ground: GROUND_WORDS,
  'sender is': KIND_WORDS,
  'recipient is': KIND_WORDS,
  route: ROUTE_WORDS,
  'proposed route': ROUTE_WORDS,
  'another route is open': ROUTE_WORDS,
}

/** A rule's conditions and effects as sentences for people. */
export function explainRule(rule: RuleText): readonly string[] {
  const routes = (list: readonly (keyof typeof ROUTE_WORDS)[]) =>
    list.map((one) => ROUTE_WORDS[one].toLowerCase()).join(', ')
  return [
    ...(rule.when === undefined ? [] : [`When ${said(rule.when, ' and ')}.`]),
    ...(rule.unless === undefined ? [] : [`Unless ${said(rule.unless, ' or ')}.`]),
    ...(rule['lifted by'] === undefined
      ? []
      : [
          `Does not hold anyone up where there is ${rule['lifted by'] === 'harm' ? 'a risk of significant harm' : 'a risk of imminent harm'}.`,
        ]),
    ...(rule.opens === undefined ? [] : [`Opens: ${routes(rule.opens)}.`]),
    ...(rule.closes === undefined ? [] : [`Closes: ${routes(rule.closes)}.`]),
    ...(rule['closes all but'] === undefined ? [] : [`Closes every route but: ${routes(rule['closes all but'])}.`]),
    ...withheld(rule),
    ...(rule.until === undefined ? [] : [`Until: ${NEED_TEXTS[rule.until]}`]),
    ...(rule.asks ?? []).map((need) => `Asks: ${NEED_TEXTS[need]}`),
    ...(rule.owes ?? []).map((one) => `Then: ${OBLIGATIONS[one.id][1]}`),
    ...(rule.wording === undefined ? [] : [`In these words: “${rule.wording}”`]),
  ]
}

function withheld({ withholds }: RuleText): readonly string[] {
  if (withholds === undefined) return []
  const items = (list: readonly (keyof typeof ITEM_WORDS)[]) =>
    list.map((one) => ITEM_WORDS[one].toLowerCase()).join(', ')
  return [
    ...(withholds.items === undefined ? [] : [`Withholds: ${items(withholds.items)}.`]),
    ...(withholds.levels === undefined ? [] : [`Withholds ${withholds.levels.join(' and ')} information.`]),
    ...(withholds['all but'] === undefined ? [] : [`Withholds everything but: ${items(withholds['all but'])}.`]),
    ...(withholds['above clearance'] === true ? ['Withholds what lies above the level of the recipient’s role.'] : []),
  ]
}

const said = (conditions: Conditions, joiner: string): string =>
  Object.entries(conditions)
    .filter(([, wanted]) => wanted !== undefined)
    .map(([word, wanted]) => {
      if (typeof wanted === 'boolean') return `${word}: ${wanted ? 'yes' : 'no'}`
      const list = (Array.isArray(wanted) ? wanted : [wanted]).map((one) =>
        (LISTS[word]?.[String(one)] ?? String(one)).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()),
      )
      return `${word}: ${list.join(' or ')}`
    })
    .join(joiner)
