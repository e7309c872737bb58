/** Address lists (RFC 5322 §3.4), read strictly: a list that two programs could read as different people is refused. */
import type { Budget } from './limits.ts'
import type { Address } from './types.ts'
import { decodeWords } from './words.ts'

export type Addresses =
  | { readonly list: readonly Address[]; readonly fault?: undefined }
  | { readonly list: readonly Address[]; readonly fault: string }

const atomText = /[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~\u0080-\u{10ffff}]/u

type Mark = { kind: 'word' | 'quoted' | 'special'; text: string }

/** Splits into words, quoted strings and specials; comments are dropped. Undefined when it cannot be split. */
function marksOf(source: string): Mark[] | undefined {
  const marks: Mark[] = []
  let i = 0
  while (i < source.length) {
    const character = source[i]!
    if (character === ' ' || character === '\t') i++
    else if (character === '"') {
      let text = ''
      i++
      for (;;) {
        if (i >= source.length) return undefined
        if (source[i] === '\\') {
          text += source[i + 1] ?? ''
          i += 2
        } else if (source[i] === '"') break
        else text += source[i++]
      }
      i++
      marks.push({ kind: 'quoted', text })
    } else if (character === '(') {
      let depth = 0
      for (; i < source.length; i++) {
        if (source[i] === '\\') i++
        else if (source[i] === '(') depth++
        else if (source[i] === ')' && --depth === 0) break
      }
      if (depth !== 0) return undefined
      i++
      marks.push({ kind: 'special', text: '()' })
    } else if ('<>@,;:.[]'.includes(character)) {
      if (character === '[') {
        const close = source.indexOf(']', i)
        if (close < 0) return undefined
        marks.push({ kind: 'word', text: source.slice(i, close + 1) })
        i = close + 1
        continue
      }
      marks.push({ kind: 'special', text: character })
      i++
    } else if (atomText.test(character) || character > '\x7f') {
      let end = i
      while (end < source.length && (atomText.test(source[end]!) || source[end]! > '\x7f')) end++
      marks.push({ kind: 'word', text: source.slice(i, end) })
      i = end
    } else return undefined
  }
  return marks
}

/** Reads the value of To, Cc, From and their like. */
export function readAddresses(source: string, budget: Budget, part: string): Addresses {
  const list: Address[] = []
  const fault = (why: string): Addresses => ({ list, fault: why })
  const marks = marksOf(source)
  if (marks === undefined) return fault('has a quotation mark or bracket that is not closed')
  let at = 0
  let group: string | undefined
  const special = (text: string) => marks[at]?.kind === 'special' && marks[at]?.text === text
  const skipComments = () => {
    while (special('()')) at++
  }
  while (at < marks.length) {
    skipComments()
    if (at >= marks.length) break
    if (special(',')) {
      at++
      continue
    }
    if (special(';')) {
      if (group === undefined) return fault('separates addresses with semicolons')
      group = undefined
      at++
      continue
    }
    const words: Mark[] = []
    while (at < marks.length && !(marks[at]!.kind === 'special' && '<,;:@'.includes(marks[at]!.text))) {
      if (!special('()')) words.push(marks[at]!)
      at++
    }
    const name = decodeWords(
      words
        .map((mark) => mark.text)
        .join(' ')
        .replace(/ \. ?/g, '. ')
        .trim(),
    )
    if (name.unclear) return fault('holds a name that programs decode differently')
    if (special(':')) {
      if (group !== undefined) return fault('has a group inside a group')
      group = name.text
      at++
      continue
    }
    let spec: string | undefined
    if (special('<')) {
      at++
      let inner = ''
      while (at < marks.length && !special('>')) {
        if (!special('()')) inner += marks[at]!.kind === 'quoted' ? quotedLocal(marks[at]!.text) : marks[at]!.text
        at++
      }
      if (!special('>')) return fault('has an address that is not closed')
      at++
      spec = inner
    } else if (special('@')) {
      at++
      let domain = ''
      while (at < marks.length && !(marks[at]!.kind === 'special' && ',;'.includes(marks[at]!.text))) {
        if (special('<') || special('@') || special(':')) return fault('has an address that programs read differently')
        if (!special('()')) {
          if (domain !== '' && !domain.endsWith('.') && marks[at]!.text !== '.')
            return fault('has two addresses without a comma between')
          domain += marks[at]!.text
        }
        at++
      }
      if (words.some((mark, i) => i > 0 && mark.text !== '.' && words[i - 1]!.text !== '.'))
        return fault('has an address with a space in it')
      spec = `${words.map((mark) => (mark.kind === 'quoted' ? quotedLocal(mark.text) : mark.text)).join('')}@${domain}`
    }
    skipComments()
    // A bare word, as old programs write for somebody on the same machine: kept, and never a secure address.
    if (spec === undefined && words.length === 1 && words[0]!.kind === 'word') spec = words[0]!.text
    if (spec === undefined || spec === '') return fault(`names "${name.text}" without an address`)
    if (!special(',') && !special(';') && at < marks.length) return fault('has two addresses without a comma between')
    const address = /^[A-Za-z0-9._-]{1,64}$/.test(spec) ? spec : addressOf(spec)
    if (address === undefined) return fault(`holds "${spec}", which is not an address`)
    budget.spend('addresses', 1, part)
    list.push({
      name: spec === name.text || spec.startsWith(`${name.text}@`) ? '' : name.text,
      address,
      ...(group === undefined ? {} : { group }),
    })
  }
  return { list }
}

function quotedLocal(text: string): string {
  return /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.]+$/.test(text) ? text : `"${text}"`
}

/** `local@domain` with a lower-case domain, or undefined. Exactly one `@`; no source routes, no address literals. */
function addressOf(spec: string): string | undefined {
  const match =
    /^([A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.\u0080-\u{10ffff}]{1,64})@([A-Za-z0-9\-._\u0080-\u{10ffff}]{1,255})$/u.exec(spec)
  if (match === null) return undefined
  const [, local, domain] = match
  if (local!.startsWith('.') || local!.endsWith('.') || local!.includes('..')) return undefined
  if (domain!.startsWith('.') || domain!.endsWith('.') || domain!.includes('..') || domain!.startsWith('-'))
    return undefined
  return `${local}@${domain!.toLowerCase()}`
}
