import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** What an id such as CUM-19 or CA2004-16LA stands for. `now`: what has changed the rule since, when something has. */
export interface CitedRule {
  readonly id: string
  readonly text: string
  readonly source: string
  readonly now?: string
}

interface Catalogue {
  readonly sources: Readonly<Record<string, string>>
  readonly rules: Readonly<Record<string, { rule: string; now?: string }>>
  readonly law: Readonly<Record<string, string>>
}

let read: ReadonlyMap<string, CitedRule> | undefined

/** Every rule of the source documents and every law that a protocol cites, by id, in the order of the documents. */
export function citedRules(): ReadonlyMap<string, CitedRule> {
  read ??= readCatalogue()
  return read
}

function readCatalogue(): ReadonlyMap<string, CitedRule> {
  const { sources, rules, law } = parse(readFileSync(new URL('./catalogue.yaml', import.meta.url), 'utf8')) as Catalogue
  const found = new Map<string, CitedRule>()
  for (const [id, { rule, now }] of Object.entries(rules))
    found.set(id, { id, text: rule, source: sources[id.split('-')[0]!] ?? '', ...(now === undefined ? {} : { now }) })
  for (const [id, text] of Object.entries(law)) found.set(id, { id, text, source: 'Law and guidance in force' })
  return found
}
