import { labelKinds, nearestLabel, type Reading, tokenAfter } from '../reading.ts'
import type { Mark } from '../span.ts'
import { shape } from '../tokens.ts'
import { kind } from '../words.ts'

const group = /(?:\((?:0\d{0,5}|\d{2,5})\)|\d{1,15})/y
const gap = /[ \u00a0]{0,2}[-./‐-–][ \u00a0]?|[ \u00a0]{1,2}|(?=\()/y
const extension = /[ ,]{0,2}(?:x|ext\.?|extension)[ :]?(\d{1,6})(?!\d)/iy
const mostGroups = 7

interface Groups {
  readonly plus: boolean
  readonly digits: string[]
  readonly gaps: string[]
  readonly parens: boolean[]
  readonly ends: number[]
}

/** The groups of figures from `start` on, joined by single spaces, hyphens, dots and brackets. */
function readGroups(text: string, start: number): Groups {
  const found: Groups = { plus: text[start] === '+', digits: [], gaps: [], parens: [], ends: [] }
  let at = found.plus ? start + 1 : start
  while (found.digits.length < mostGroups) {
    group.lastIndex = at
    const next = group.exec(text)
    if (!next) break
    found.parens.push(next[0].startsWith('('))
    found.digits.push(next[0].replace(/\D/g, ''))
    at = group.lastIndex
    found.ends.push(at)
    gap.lastIndex = at
    const between = gap.exec(text)
    const closing = text[at - 1] === ')'
    if (!between && !closing) break
    const sign = between ? between[0] : ''
    found.gaps.push(sign.trim() || (sign ? ' ' : ''))
    at += sign.length
  }
  return found
}

/** How sure the first `count` groups are a telephone number, 0 when they are not; `asked`: a label says it is one. */
function judge(found: Groups, count: number, extended: boolean, asked: boolean): number {
  const digits = found.digits.slice(0, count)
  const gaps = found.gaps.slice(0, count - 1)
  const all = digits.join('')
  const lengths = digits.map((part) => part.length)
  const slashes = gaps.includes('/')
  if (slashes && gaps.filter((sign) => sign === '/').length > 1) return 0
  if (found.plus) {
    if (slashes) return 0
    const bare = all.startsWith('440') ? `44${all.slice(3)}` : all
    if (bare.startsWith('44'))
      return bare.length === 12 || (bare.length === 11 && /^44(1|800|500|845)/.test(bare)) ? 0.98 : 0
    return all.length >= 8 && all.length <= 15 && lengths.slice(1).every((length) => length >= 2 || found.parens[1])
      ? 0.92
      : 0
  }
  if (/^0044[1-9]/.test(all.replace(/^00440/, '0044'))) {
    const rest = all.replace(/^00440/, '0044')
    return rest.length === 14 ? 0.97 : 0
  }
  if (lengths.some((length, index) => length === 1 && !(index === 0 && extended)) && !asked) return 0
  const dateLike = count === 3 && lengths[0]! <= 2 && lengths[1]! <= 2 && (lengths[2] === 4 || lengths[2] === 2)
  if (!slashes && isBritish(all, lengths)) return all.length === 11 ? 0.97 : 0.93
  if (extended && all.length >= 7 && all.length <= 13) return 0.92
  if (/^00[1-9]/.test(all) && count > 1 && all.length >= 10 && all.length <= 15) return 0.85
  const dashed = gaps.length > 0 && gaps.every((sign) => sign === '-' || sign === '.' || sign === '')
  const shapes = lengths.join('-')
  if (found.parens[0] && count > 1 && all.length >= 7 && all.length <= 12) return 0.88
  if (dashed && (shapes === '3-3-4' || shapes === '1-3-3-4')) return 0.88
  if (
    dashed &&
    (shapes === '2-2-2-2' ||
      shapes === '2-2-2-2-2' ||
      shapes === '3-3-3' ||
      shapes === '4-3-3' ||
      shapes === '3-7' ||
      shapes === '2-8')
  )
    return gaps.includes('.') && shapes === '2-2-2-2' ? 0 : 0.8
  if (all.startsWith('0') && count > 1 && all.length >= 9 && all.length <= 11 && !dateLike && !slashes) return 0.82
  if (asked && (!slashes || all.length >= 9) && all.length >= 6 && all.length <= 13 && !(dateLike && lengths[2] === 4))
    return 0.85
  return 0
}

/** National digits after 0: geographic 01 and 02, corporate 03, 055/056, 070–079, 080x, 084x, 087x, 09. */
function isBritish(all: string, lengths: readonly number[]): boolean {
  if (!/^0[1-35789]/.test(all) || lengths.length > 5) return false
  if (all.length === 11) {
    if (all.startsWith('02')) return /^02[03489]/.test(all)
    if (all.startsWith('03')) return /^03[0347]/.test(all)
    if (all.startsWith('05')) return /^05[0568]/.test(all)
    if (all.startsWith('08')) return /^08[0478]/.test(all)
    return lengths[0]! >= 2
  }
  // Childline
  if (all === '08001111') return true
  return all.length === 10 && /^0(1|800|845|500)/.test(all) && lengths[0]! >= 4
}

/** The telephone number that starts at token `at`: a figure, a bracket or a plus. */
export function phone(reading: Reading, at: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[at]!
  const before = start > 0 ? text[start - 1]! : ' '
  if (
    /[\p{L}\p{N}£$€#_]/u.test(before) ||
    (/[./-]/.test(before) && start > 1 && /[\p{L}\p{N}]/u.test(text[start - 2]!))
  )
    return undefined
  const found = readGroups(text, start)
  if (found.digits.length === 0) return undefined
  const figures = found.digits.reduce((sum, part) => sum + part.length, 0)
  if (figures < 6) return undefined
  const label = nearestLabel(reading, at, 5, labelKinds)
  for (let count = found.digits.length; count > 0; count--) {
    let end = found.ends[count - 1]!
    if (end - start < 6) return undefined
    if (/[\p{L}\p{N}_%]/u.test(text[end] ?? ' ') && !/^x\d/i.test(text.slice(end, end + 2))) continue
    if (/[.,:-]/.test(text[end] ?? ' ') && /\d/.test(text[end + 1] ?? ' ') && !found.gaps[count - 1]) continue
    extension.lastIndex = end
    const extended = extension.test(text)
    const asked =
      (label & kind.phoneLabel) !== 0 || labelFollows(reading, at, end) || aloneOnLine(reading, at, end, found, count)
    const sure = judge(found, count, extended, asked)
    if (sure === 0) continue
    const other = (label & ~kind.phoneLabel) !== 0 && (label & kind.phoneLabel) === 0
    if (other && sure < 0.97) return undefined
    if (extended) end = extension.lastIndex
    return { type: 'PHONE', start, end, confidence: sure }
  }
  return undefined
}

/** A label right after the number and before no other: 01632 960123 (fax). */
function labelFollows(reading: Reading, at: number, end: number): boolean {
  const { tokens, kinds, text } = reading
  const next = tokenAfter(tokens, at, end)
  for (let on = next; on < tokens.count && on < next + 2; on++) {
    const what = tokens.shape[on]!
    if (what === shape.sign && /[-(]/.test(text[tokens.start[on]!]!)) continue
    if ((kinds[on]! & kind.phoneLabel) === 0) return false
    const after = on + 1 < tokens.count ? tokens.shape[on + 1]! : shape.newline
    return after !== shape.digits && text[tokens.end[on]!] !== ':'
  }
  return false
}

/** A grouped number that is all its line holds, as in a signature; not one grouped as an NHS number is. */
function aloneOnLine(reading: Reading, at: number, end: number, found: Groups, count: number): boolean {
  const { tokens } = reading
  const lengths = found.digits.slice(0, count).map((part) => part.length)
  if (count < 2 || lengths.includes(1) || lengths.join('-') === '3-3-4') return false
  const before = at > 0 ? tokens.shape[at - 1]! : shape.newline
  if (before !== shape.newline && before !== shape.blankLine) return false
  const next = tokenAfter(tokens, at, end)
  const after = next < tokens.count ? tokens.shape[next]! : shape.newline
  return after === shape.newline || after === shape.blankLine
}
