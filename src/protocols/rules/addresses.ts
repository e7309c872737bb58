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

/** Commercial mail that anyone can open: an address there belongs to no organisation. */
const WEBMAIL = [
  'gmail.com',
  'googlemail.com',
  'hotmail.com',
  'hotmail.co.uk',
  'outlook.com',
  'outlook.co.uk',
  'live.com',
  'live.co.uk',
  'msn.com',
  'yahoo.com',
  'yahoo.co.uk',
  'ymail.com',
  'rocketmail.com',
  'aol.com',
  'aol.co.uk',
  'icloud.com',
  'me.com',
  'mac.com',
  'btinternet.com',
  'btopenworld.com',
  'talktalk.net',
  'sky.com',
  'virginmedia.com',
  'ntlworld.com',
  'blueyonder.co.uk',
  'tiscali.co.uk',
  'gmx.com',
  'gmx.co.uk',
  'gmx.net',
  'mail.com',
  'email.com',
  'protonmail.com',
  'proton.me',
  'pm.me',
  'zoho.com',
  'yandex.com',
  'yandex.ru',
  'mail.ru',
  'fastmail.com',
  'tutanota.com',
  'tuta.io',
  'hushmail.com',
  'inbox.com',
  'plus.net',
  'o2.co.uk',
  'orange.net',
  'wanadoo.co.uk',
  'freeserve.co.uk',
  'qq.com',
  '163.com',
  'wp.pl',
  'o2.pl',
  'onet.pl',
  'interia.pl',
  'web.de',
  'libero.it',
  'rediffmail.com',
  'duck.com',
  'lineone.net',
  'fsmail.net',
]
const WEBMAIL_SET: ReadonlySet<string> = new Set(WEBMAIL)
/** Webmail families that use a name under any country's suffix. */
const WEBMAIL_FAMILY =
  /^(?:gmail|googlemail|hotmail|yahoo|live|outlook|ymail|aol|gmx|windowslive|passport)\.(?:com?\.)?[a-z]{2,3}$/

/** Whether the domain, or one above it, is commercial webmail. */
export function isWebmail(domain: string): boolean {
  if (WEBMAIL_SET.has(domain) || WEBMAIL_FAMILY.test(domain)) return true
  const parent = domain.indexOf('.')
  return parent > 0 && domain.indexOf('.', parent + 1) > 0 && isWebmail(domain.slice(parent + 1))
}

const GENERIC = new Set([
  'info',
  'information',
  'office',
  'admin',
  'administrator',
  'administration',
  'enquiries',
  'enquiry',
  'inquiries',
  'inquiry',
  'contact',
  'contactus',
  'hello',
  'mail',
  'email',
  'reception',
  'receptionist',
  'help',
  'helpdesk',
  'support',
  'general',
  'team',
  'postmaster',
  'webmaster',
  'noreply',
  'no-reply',
  'donotreply',
  'secretary',
  'school',
  'head',
  'headteacher',
  'customerservices',
  'customer.services',
  'customerservice',
  'generalenquiries',
  'general.enquiries',
  'post',
  'staff',
  'all',
  'everyone',
  'feedback',
  'sales',
  'hr',
  'finance',
  'accounts',
  'news',
  'press',
  'media',
  'marketing',
  'service',
  'services',
  'mailbox',
  'inbox',
])

/** Whether the address is a shared or role mailbox such as info@, so that nobody can say who reads it. */
export function isGenericMailbox(address: string): boolean {
  const local = address.slice(0, address.lastIndexOf('@')).toLowerCase().replace(/\+.*$/, '')
  return (
    GENERIC.has(local) || GENERIC.has(local.replace(/\d+$/, '')) || /^(?:info|enquiries|office|admin)[._-]/.test(local)
  )
}

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
