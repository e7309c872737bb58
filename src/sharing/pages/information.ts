import { z } from 'zod'
import { ITEMS, type Item, type Level, levelRank, type Protocol } from '../../protocols/index.ts'
import { classifyItems } from '../../scanning/index.ts'
import { choice, choices, text } from '../../web/index.ts'
import type { Draft, Entry } from '../draft.ts'
import { plainText } from '../rules/plain.ts'
import { sectionsOf, usualItems } from '../rules/sections.ts'
import { ITEM_GROUPS, ITEM_WORDS, LEVEL_COLOURS, LEVEL_WORDS } from '../rules/words.ts'
import { step, stepForm, wrong } from './step.ts'

/** How an item is classified under this protocol, for its tag. */
export const tagOf = (item: Item, protocol: Protocol) => levelTag(protocol.levelOf(item))
export const levelTag = (level: Level) => ({ text: LEVEL_WORDS[level], classes: `govuk-tag--${LEVEL_COLOURS[level]}` })

/** The highest level among the items chosen. */
export const highestOf = (draft: Draft, protocol: Protocol): Level =>
  draft.items.reduce<Level>(
    (highest, { item }) => (levelRank(protocol.levelOf(item)) > levelRank(highest) ? protocol.levelOf(item) : highest),
    'none',
  )

export const information = step({
  step: 'information',
  template: 'sharing/pages/information.njk',
  form: stepForm({ remove: z.enum(ITEMS).optional() }),
  async show(_ctx, { row, protocol }) {
    const highest = highestOf(row.draft, protocol)
    return {
      entries: row.draft.items.map((one) => ({
        ...one,
        title: ITEM_WORDS[one.item],
        tag: tagOf(one.item, protocol),
        known: knownOf(one.item, row.draft),
        done: one.why !== '',
      })),
      highest: levelTag(highest),
      says: highest === 'none' ? undefined : protocol.text.levels[highest],
      suggestions: suggestionsFor(row.draft).map((one) => ({
        ...one,
        title: ITEM_WORDS[one.item],
        tag: tagOf(one.item, protocol),
      })),
    }
  },
  save(draft, form) {
    if (form.remove !== undefined) return { ...draft, items: draft.items.filter((one) => one.item !== form.remove) }
    if (draft.items.length === 0) return wrong({ '': 'Choose what would be shared' })
    const missing = draft.items.find((one) => one.why === '')
    return missing === undefined
      ? draft
      : wrong({ '': `Say why “${ITEM_WORDS[missing.item]}” is needed, or remove it` })
  },
  next: (form, _draft, { row }) => (form.remove === undefined ? undefined : `/disclosures/${row.id}/information`),
})

export const chooseInformation = step({
  step: 'information',
  path: 'information/choose',
  title: 'What would be shared?',
  template: 'sharing/pages/choose-information.njk',
  form: stepForm({ items: choices(ITEMS) }),
  async show(_ctx, { row, protocol }) {
    const usual = usualItems(row.draft.worry?.purpose)
    const suggested = new Map(suggestionsFor(row.draft).map((one) => [one.item, one.text]))
    const chosen = row.draft.items.map((one) => one.item)
    return {
      chosen: chosen.length > 0 ? chosen : usual,
      groups: ITEM_GROUPS.map(({ title, items }) => ({
        title,
        items: items.map((item) => ({
          value: item,
          text: ITEM_WORDS[item],
          tag: tagOf(item, protocol),
          found: suggested.get(item),
          usual: usual.includes(item),
        })),
      })),
    }
  },
  save(draft, form) {
    if (form.items.length === 0) return wrong({ items: 'Choose at least one. Leave out whatever they do not need' })
    return {
      ...draft,
      items: form.items.map(
        (item): Entry => draft.items.find((one) => one.item === item) ?? { item, parts: [], why: '' },
      ),
    }
  },
  next(_form, draft, { row }) {
    const first = draft.items.find((one) => one.why === '')
    return first === undefined
      ? `/disclosures/${row.id}/information`
      : `/disclosures/${row.id}/information/item?item=${first.item}`
  },
  back: ({ row }) => `/disclosures/${row.id}/${row.draft.items.length > 0 ? 'information' : ''}`.replace(/\/$/, ''),
})

export const informationItem = step({
  step: 'information',
  path: 'information/item',
  title: ({ query }) => ITEM_WORDS[query.item as Item] ?? 'The information',
  template: 'sharing/pages/information-item.njk',
  form: z.looseObject({
    item: choice(ITEMS, 'Open the page again, and send it from there'),
    why: text('Say why the recipients need this', 2_000),
    ...stepForm({}).shape,
  }),
  async show(_ctx, { row, protocol, query }) {
    const entry = row.draft.items.find((one) => one.item === query.item)
    if (entry === undefined) return undefined
    const words = new Map(entry.parts.map((one) => [one.section, one.words]))
    const first =
      row.draft.items.every((one) => one.parts.length === 0) && entry.item === 'concern'
        ? row.draft.worry?.words
        : undefined
    return {
      entry,
      tag: tagOf(entry.item, protocol),
      level: protocol.text.levels[protocol.levelOf(entry.item)],
      known: knownOf(entry.item, row.draft),
      sections: sectionsOf(row.form, entry.item).map((one, index) => ({
        ...one,
        words: words.get(one.id) ?? (index === 0 ? first : undefined),
      })),
    }
  },
  save(draft, form, { row }) {
    const parts: Entry['parts'] = []
    for (const { id, heading } of sectionsOf(row.form, form.item)) {
      const typed = (form as Record<string, unknown>)[`words-${id}`]
      if (typeof typed !== 'string') continue
      if (typed.length > 10_000)
        return wrong({ [`words-${id}`]: `Shorten “${heading}” to 10,000 characters or fewer, or add it as a document` })
      parts.push({ section: id, words: plainText(typed) })
    }
    if (parts.length === 0 && knownOf(form.item, draft).length === 0)
      return wrong({ [`words-${sectionsOf(row.form, form.item)[0]!.id}`]: 'Write what would be shared' })
    return {
      ...draft,
      items: draft.items.map((one) =>
        one.item === form.item ? { item: one.item, parts, why: plainText(form.why) } : one,
      ),
    }
  },
  next(_form, draft, { row }) {
    const more = draft.items.find((one) => one.why === '')
    return more === undefined
      ? `/disclosures/${row.id}/information`
      : `/disclosures/${row.id}/information/item?item=${more.item}`
  },
  back: ({ row }) => `/disclosures/${row.id}/information`,
})

/** What the pages before already hold for an item, and need not be typed again. */
export function knownOf(item: Item, draft: Draft): readonly string[] {
  const children = draft.people.filter((one) => one.part !== 'adult')
  const of = (pick: (one: Draft['people'][number]) => string | undefined) => children.flatMap((one) => pick(one) ?? [])
  switch (item) {
    case 'name':
      return of((one) => one.name)
    case 'alias':
      return of((one) => one.alias)
    case 'date-of-birth':
      return of((one) => one.born ?? one.due ?? (one.age === undefined ? undefined : `about ${one.age} years old`))
    case 'address':
      return [...new Set(of((one) => one.address))]
    case 'nhs-number':
      return of((one) => one.nhsNumber)
    case 'family':
      return draft.people
        .filter((one) => one.part === 'adult')
        .map((one) => `${one.name}${one.relation === undefined ? '' : `, ${one.relation}`}`)
    default:
      return []
  }
}

/** Items that the words seem to hold and that are not chosen yet, each with the words that suggest it. */
export function suggestionsFor(draft: Draft): readonly { readonly item: Item; readonly text: string }[] {
  const written = [draft.worry?.words ?? '', ...draft.items.flatMap((one) => one.parts.map((part) => part.words))]
    .join('\n')
    .slice(0, 50_000)
  const chosen = new Set<Item>(draft.items.map((one) => one.item))
  const found = new Map<Item, string>()
  for (const { item, text } of classifyItems(written))
    if (!chosen.has(item) && !found.has(item)) found.set(item, text.slice(0, 80))
  return [...found].map(([item, text]) => ({ item, text }))
}
