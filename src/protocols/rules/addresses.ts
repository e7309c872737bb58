import { domainToASCII, domainToUnicode } from 'node:url'

/**
 * E-mail addresses as the rules see them: domains compared as A-labels (RFC 5890) on label boundaries, case folded.
 * A domain that mixes scripts, or that only looks like another, is never the other.
 */
export type Domain = { readonly domain: string } | { readonly bad: string }

const LOCAL = /^[^\s"(),:;<>@[\\\]%!\p{C}]{1,64}$/u
const A_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const PLAIN_ASCII = /^[A-Za-z0-9.-]+$/

/** The domain of an address as lower-case A-labels, or why the address cannot be used. */
export function domainOf(address: string): Domain {
  const at = address.lastIndexOf('@')
  if (at < 1) return { bad: 'This is not an e-mail address.' }
  const local = address.slice(0, at)
  if (!LOCAL.test(local) || local.startsWith('.') || local.endsWith('.') || local.includes('..'))
    return { bad: 'The part of the address before the @ cannot be used.' }
  return domainName(address.slice(at + 1))
}

/** A domain name as lower-case A-labels, or why it is not one. */
export function domainName(name: string): Domain {
  if (name.length === 0 || name.length > 253) return { bad: 'The domain of the address cannot be used.' }
  const ascii = PLAIN_ASCII.test(name) ? name.toLowerCase() : domainToASCII(name)
  const labels = ascii.split('.')
  if (labels.length < 2 || !labels.every((label) => A_LABEL.test(label)) || /^\d+$/.test(labels.at(-1)!))
    return { bad: 'The domain of the address cannot be used.' }
  return { domain: ascii }
}

/** Whether `*.nhs.net` covers the domain: the name itself and whatever ends in it on a label boundary. */
export function matchesPattern(domain: string, pattern: string): boolean {
  if (!pattern.startsWith('*.')) return domain === pattern
  const base = pattern.slice(2)
  return domain === base || domain.endsWith(`.${base}`)
}

export function matchesAny(domain: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesPattern(domain, pattern))
}

const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Cherokee',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Arabic',
  'Hebrew',
].map((script) => new RegExp(`\\p{Script=${script}}`, 'u'))
const LETTER = /\p{L}/u

/** Whether the domain mixes scripts in or across its labels, or holds letters of another script than Latin. */
export function isMixedScript(domain: string): boolean {
  if (!domain.includes('xn--')) return false
  const shown = domainToUnicode(domain)
  if (shown === '' || shown.includes('xn--')) return true
  const letters = [...shown].filter((character) => LETTER.test(character))
  return SCRIPTS.filter((script) => letters.some((letter) => script.test(letter))).length > 1
}
