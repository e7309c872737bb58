import { domainToUnicode } from 'node:url'
import { matchesAny } from './addresses.ts'

const CONFUSABLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    ɑ: 'a',
    α: 'a',
    с: 'c',
    ϲ: 'c',
    ԁ: 'd',
    е: 'e',
    є: 'e',
    ε: 'e',
    һ: 'h',
    н: 'h',
    і: 'i',
    ι: 'i',
    ı: 'i',
    ј: 'j',
    к: 'k',
    κ: 'k',
    ӏ: 'l',
    м: 'm',
    п: 'n',
    ո: 'n',
    ν: 'v',
    о: 'o',
    ο: 'o',
    օ: 'o',
    р: 'p',
    ρ: 'p',
    ԛ: 'q',
    ѕ: 's',
    т: 't',
    τ: 't',
    υ: 'u',
    ս: 'u',
    ѵ: 'v',
    ԝ: 'w',
    х: 'x',
    χ: 'x',
    у: 'y',
    γ: 'y',
    ɡ: 'g',
    ⅼ: 'l',
    ո̀: 'n',
    '0': 'o',
    '1': 'l',
    '3': 'e',
    '5': 's',
    i: 'l',
    '-': '',
  }),
)

/** What the eye sees: confusable letters folded together (after Unicode TR39), accents and hyphens dropped. */
export function skeleton(domain: string): string {
  const shown = domain.includes('xn--') ? domainToUnicode(domain).normalize('NFKD').toLowerCase() : domain
  let folded = ''
  for (const character of shown) {
    if (character > '\u007f' && MARK.test(character)) continue
    folded += CONFUSABLE.get(character) ?? character
  }
  return folded.replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('nn', 'm')
}
const MARK = /\p{M}/u

/** The pattern that the domain looks like without being covered by it; undefined when it resembles none. */
export function lookAlikeOf(domain: string, patterns: readonly string[]): string | undefined {
  return lookAlikeAmong(patterns)(domain)
}

/** The same with the patterns made ready once, for asking often. */
export function lookAlikeAmong(patterns: readonly string[]): (domain: string) => string | undefined {
  const ready = patterns.map((pattern) => {
    const base = pattern.startsWith('*.') ? pattern.slice(2) : pattern
    const wanted = skeleton(base)
    return { pattern, base, labels: base.split('.').length, wanted, below: `.${wanted}` }
  })
  return (domain) => {
    if (ready.length === 0 || matchesAny(domain, patterns)) return undefined
    const seen = skeleton(domain)
    const labels = domain.split('.')
    return ready.find(({ base, labels: count, wanted, below }) => {
      if (seen === wanted || seen.endsWith(below)) return true
      if (base.length < 7 || labels.length < count) return false
      const tail = labels.length === count ? domain : labels.slice(-count).join('.')
      return oneEditApart(tail, base) && !matchesAny(tail, KNOWN_NEIGHBOURS)
    })?.pattern
  }
}

/** Real names that stand one letter from a secure one. */
const KNOWN_NEIGHBOURS = [
  'nhs.uk',
  '*.gsi.gov.uk',
  '*.gse.gov.uk',
  '*.gsx.gov.uk',
  '*.gcsx.gov.uk',
  '*.scn.gov.uk',
  '*.gov.uk',
  '*.police.uk',
  '*.mod.uk',
]

function oneEditApart(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1 || left === right) return false
  let start = 0
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1
  let endLeft = left.length
  let endRight = right.length
  while (endLeft > start && endRight > start && left[endLeft - 1] === right[endRight - 1]) {
    endLeft -= 1
    endRight -= 1
  }
  const changed = Math.max(endLeft - start, endRight - start)
  if (changed <= 1) return true
  return (
    changed === 2 &&
    left.length === right.length &&
    left[start] === right[start + 1] &&
    left[start + 1] === right[start]
  )
}
