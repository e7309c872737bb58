import type { Mark } from '../span.ts'

const localLimit = 64
const domain =
  /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}[\p{L}]{2,24}(?![\p{L}\p{N}@]|-[\p{L}\p{N}])/uy
const localUnit = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]/u
const url = /(?:https?|ftp):\/\/[^\s<>"')\]]{1,2048}|www\.[^\s<>"')\]]{3,2048}/iy
const bareDomain =
  /(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}(?:com|org|net|co\.uk|org\.uk|gov\.uk|ac\.uk|sch\.uk|nhs\.uk|police\.uk|uk|info|biz|eu|de|fr|es|it|nl|hu|cz|us|ca|au|nz|io|me)(?:\/[^\s<>"')\]]{0,2048})?(?![\w-])/iy
const ipv6 = /(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])/iy

/** The e-mail address around an @ at offset `at` (RFC 5321 sizes, letters of any script). */
export function emailAround(text: string, at: number, floor: number): Mark | undefined {
  let start = at
  while (start > floor && at - start < localLimit && localUnit.test(text[start - 1]!)) start--
  while (start < at && /[.'*/=`{|}~^-]/.test(text[start]!)) start++
  if (start === at || text[at - 1] === '.') return undefined
  domain.lastIndex = at + 1
  if (!domain.test(text)) return undefined
  const local = text.slice(start, at)
  const cut = local.lastIndexOf("'") >= 0 && start > 0 && text[start - 1] === "'" ? 1 : 0
  return { type: 'EMAIL', start: start + cut, end: domain.lastIndex, confidence: 0.99 }
}

/** The web address that starts at `start`. */
export function urlAt(text: string, start: number): Mark | undefined {
  for (const pattern of [url, bareDomain]) {
    pattern.lastIndex = start
    const found = pattern.exec(text)
    if (!found) continue
    const end = start + found[0].replace(/[.,;:!?]+$/, '').length
    return { type: 'URL', start, end, confidence: pattern === url ? 0.99 : 0.85 }
  }
  return undefined
}

/** The IPv6 address that starts at `start`. */
export function ipv6At(text: string, start: number): Mark | undefined {
  ipv6.lastIndex = start
  return ipv6.test(text) ? { type: 'IP_ADDRESS', start, end: ipv6.lastIndex, confidence: 0.9 } : undefined
}
