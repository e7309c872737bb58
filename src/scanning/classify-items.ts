import type { Item } from '../protocols/index.ts'
import { itemWords } from './item-words.ts'
import { stretch } from './reading.ts'
import { cutBefore, markText } from './scan.ts'
import { joinHash, makeTokens, shape, tokenize } from './tokens.ts'

export interface ItemFound {
  readonly item: Item
  readonly start: number
  readonly end: number
  readonly text: string
}

const mostWords = 6

/** Phrases by the joined hash of their words; for each its item. */
const phrases: ReadonlyMap<number, Item> = (() => {
  const found = new Map<number, Item>()
  const tokens = makeTokens(120)
  for (const [item, list] of Object.entries(itemWords))
    for (const phrase of list.split('|')) {
      tokenize(phrase, 0, phrase.length, tokens)
      found.set(joined(tokens.hash, 0, tokens.count), item as Item)
    }
  return found
})()

const starts: ReadonlySet<number> = (() => {
  const found = new Set<number>()
  const tokens = makeTokens(120)
  for (const list of Object.values(itemWords))
    for (const phrase of list.split('|')) {
      tokenize(phrase, 0, phrase.length, tokens)
      found.add(tokens.hash[0]!)
    }
  return found
})()

function joined(hashes: Int32Array, from: number, to: number): number {
  let hash = hashes[from]!
  for (let at = from + 1; at < to; at++) hash = joinHash(hash, hashes[at]!)
  return hash
}

/**
 * Which of the contract's items a text seems to hold, with the words that say so: suggestions for the wizard and facts
 * for the gateway, never the last word. Sorted by start.
 */
export function classifyItems(text: string): ItemFound[] {
  const found: ItemFound[] = []
  const add = (item: Item, start: number, end: number): void =>
    void found.push({ item, start, end, text: text.slice(start, end) })
  for (const mark of markText(text)) {
    const item = itemOf(text, mark.type, mark.start, mark.end, mark.address === true)
    if (item && mark.confidence >= 0.4) add(item, mark.start, mark.end)
  }
  const tokens = makeTokens(stretch)
  for (let from = 0; from < text.length; ) {
    const to = cutBefore(text, from, from + stretch)
    tokenize(text, from, to, tokens)
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.shape[at]! >= shape.sign || !starts.has(tokens.hash[at]!)) continue
      let best = 0
      let item: Item | undefined
      let hash = tokens.hash[at]!
      for (let on = at; on < tokens.count && on - at < mostWords; on++) {
        if (on > at) hash = joinHash(hash, tokens.hash[on]!)
        const known = phrases.get(hash)
        if (known) {
          item = known
          best = on
        }
      }
      if (!item) continue
      if (!denied(text, tokens.start[at]!)) add(item, tokens.start[at]!, tokens.end[best]!)
      at = best
    }
    from = to
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end)
}

const denial = /\b(?:no|not|without|never)\s+(?:any\s+|known\s+|a\s+)?$/i
function denied(text: string, start: number): boolean {
  return denial.test(text.slice(Math.max(0, start - 20), start))
}

function itemOf(text: string, type: string, start: number, end: number, address: boolean): Item | undefined {
  switch (type) {
    case 'PERSON':
      return 'name'
    case 'NHS_NUMBER':
      return 'nhs-number'
    case 'UPN':
      return 'upn'
    case 'POSTCODE':
      return 'address'
    case 'LOCATION':
      return address && /\d/.test(text.slice(start, end)) ? 'address' : undefined
    case 'DATE':
      return /(?:\bd\.?\s?o\.?\s?b\b|\bborn|birth)[^\n]{0,14}$/i.test(text.slice(Math.max(0, start - 28), start))
        ? 'date-of-birth'
        : undefined
    case 'BANK_ACCOUNT':
    case 'CREDIT_CARD':
      return 'financial'
    case 'REFERENCE':
      return 'reference'
    default:
      return undefined
  }
}
