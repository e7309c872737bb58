import { Field } from '../fields.ts'
import { nameHash, Term } from '../frequencies.ts'
import { Group, JOINED, META, TOKEN } from '../layout.ts'
import { bothGiven, countsA, countsB, levels, namesA, namesB, share, sharedTerm, startsA, startsB } from './opened.ts'
import { Alike, alike, nearlySame } from './tokens.ts'

let bestA = 0
let bestB = 0

/** best agreement of any token of one group with any of another; leaves where it was found in `bestA`, `bestB` */
function best(a: Int32Array, groupA: number, b: Int32Array, groupB: number): number {
  let found = 99
  const nA = countsA[groupA]!
  const nB = countsB[groupB]!
  for (let i = 0, at = startsA[groupA]!; i < nA; i++, at += TOKEN) {
    for (let j = 0, bt = startsB[groupB]!; j < nB; j++, bt += TOKEN) {
      const level = alike(a, at, b, bt)
      if (level !== 0 && level < found) {
        found = level
        bestA = at
        bestB = bt
        if (found === 1) return 1
      }
    }
  }
  return found
}

/** an initial says nothing where its name is written out beside it, by another source */
function initialAlone(words: Int32Array, at: number, group: number, starts: Int32Array, counts: Uint8Array): boolean {
  if ((words[at + META]! & 31) !== 1) return true
  for (let i = 0, other = starts[group]!; i < counts[group]!; i++, other += TOKEN)
    if ((words[other + META]! & 31) > 1 && (words[other + META]! & JOINED) === 0) return false
  return true
}

/** the same for names in another column, where only the closest agreement counts */
function bestAcross(a: Int32Array, groupA: number, b: Int32Array, groupB: number): number {
  let found = 99
  const nA = countsA[groupA]!
  const nB = countsB[groupB]!
  for (let i = 0, at = startsA[groupA]!; i < nA; i++, at += TOKEN) {
    for (let j = 0, bt = startsB[groupB]!; j < nB; j++, bt += TOKEN) {
      const level = nearlySame(a, at, b, bt)
      if (level !== 0 && level < found) {
        found = level
        bestA = at
        bestB = bt
        if (found === 1) return 1
      }
    }
  }
  return found
}

/** whether a name of one group is, to the letter, one of another; leaves where in `bestA`, `bestB` */
function isAmong(a: Int32Array, groupA: number, b: Int32Array, groupB: number): boolean {
  const nA = countsA[groupA]!
  const nB = countsB[groupB]!
  for (let i = 0, at = startsA[groupA]!; i < nA; i++, at += TOKEN) {
    for (let j = 0, bt = startsB[groupB]!; j < nB; j++, bt += TOKEN) {
      if (a[at] !== b[bt]) continue
      bestA = at
      bestB = bt
      return true
    }
  }
  return false
}

/**
 * First and family name, straight or crossed. One word found in the other's other column counts once: as a family name,
 * which a whole household shares, unless the remaining names cross as well.
 */
export function names(a: Int32Array, b: Int32Array): void {
  const given = straight(a, b, Group.given, Field.given, Term.given)
  if (given && levels[Field.given] === Alike.exact) firstOfTwo(a, b)
  const givenA = bestA
  const givenB = bestB
  givenWhole = levels[Field.given] === Alike.exact && (a[bestA + META]! & JOINED) !== 0
  oneOfTwo =
    levels[Field.given] === Alike.exact
      ? wholeBefore(a, bestA, Group.given, startsA) || wholeBefore(b, bestB, Group.given, startsB)
      : 0
  const family = straight(a, b, Group.family, Field.family, Term.family)
  if (given && family) {
    namesA[0] = nameHash(a[givenA]!, a[bestA]!)
    namesB[0] = nameHash(b[givenB]!, b[bestB]!)
    namesA[1] = nameHash(a[givenA + 1]!, a[bestA + 1]!)
    namesB[1] = nameHash(b[givenB + 1]!, b[bestB + 1]!)
    return
  }
  const one = bestAcross(a, Group.given, b, Group.family)
  const firstA = a[bestA]!
  const firstB = b[bestB]!
  const other = bestAcross(a, Group.family, b, Group.given)
  // a word that agreed as first name says nothing more where one of the two holds it as family name too
  const firstCounted = given && (firstA === a[givenA] || firstB === b[givenB])
  const secondCounted = given && (a[bestA] === a[givenA] || b[bestB] === b[givenB])
  // one word to the letter in the wrong column: then the other may be written otherwise
  const first = !firstCounted && (one <= Alike.near || (one <= Alike.short && other <= Alike.near))
  const second = !secondCounted && (other <= Alike.near || (other <= Alike.short && one <= Alike.near))
  if (first && second && !given && !family) {
    share(Field.given, CROSSED, firstA, firstB, Term.family)
    share(Field.family, CROSSED, a[bestA]!, b[bestB]!, Term.given)
    return
  }
  if ((first || second) && !family) {
    share(Field.family, CROSSED, first ? firstA : a[bestA]!, first ? firstB : b[bestB]!, Term.family)
    // what is left to compare as first names: the word that did not cross
    if (!given) {
      const left = first
        ? countsA[Group.family]! * countsB[Group.given]!
        : countsA[Group.given]! * countsB[Group.family]!
      levels[Field.given] = left === 0 ? 0 : 9
      sharedTerm[Field.given] = 0
    }
    if (levels[Field.given] !== 9) return
  }
  if (!given) amongOthers(a, b, Group.given, Field.given, Term.given)
  if (!family && levels[Field.family] !== CROSSED) amongOthers(a, b, Group.family, Field.family, Term.family)
}

const CROSSED = 7
/** first and second name agreed as one word: the second says nothing more */
let givenWhole = false
/** the word that the first name that agreed makes with the second, 0 when it stands alone */
let oneOfTwo = 0

/** the joined word that stands before its first part */
function wholeBefore(words: Int32Array, at: number, group: number, starts: Int32Array): number {
  return at > starts[group]! && (words[at - TOKEN + META]! & JOINED) !== 0 ? words[at - TOKEN]! : 0
}

/** `Xiao Hong` and `Xiao Ming`, `Jean-Paul` and `Jean-Luc`: of two words on either side only one agrees */
function firstOfTwo(a: Int32Array, b: Int32Array): void {
  if ((a[bestA + META]! & JOINED) !== 0) return
  const atA = startsA[Group.given]!
  const atB = startsB[Group.given]!
  const bothOfTwo =
    countsA[Group.given] === 2 && countsB[Group.given] === 2 && (a[atA + META]! & b[atB + META]! & JOINED) !== 0
  if (bothOfTwo && (alike(a, atA, b, atB) || 99) > Alike.short) levels[Field.given] = Alike.alike
}

/** names in their own columns; true when they agree so well that no other column need be looked at */
function straight(a: Int32Array, b: Int32Array, group: number, field: number, term: number): boolean {
  if (countsA[group] === 0 || countsB[group] === 0) return false
  let level = best(a, group, b, group)
  if (
    level === Alike.initial &&
    !(initialAlone(a, bestA, group, startsA, countsA) && initialAlone(b, bestB, group, startsB, countsB))
  )
    level = 99
  if (level === 99) levels[field] = 9
  else share(field, level, a[bestA]!, b[bestB]!, level === Alike.initial ? 0 : term)
  return level <= Alike.short
}

/** a name that is one of the other's middle names, to the letter */
function amongOthers(a: Int32Array, b: Int32Array, group: number, field: number, term: number): void {
  const found = isAmong(a, group, b, Group.middle) || isAmong(a, Group.middle, b, group)
  if (!found) return
  share(field, CROSSED, a[bestA]!, b[bestB]!, term)
  if (field === Field.given) oneOfTwo = wholeBefore(a, bestA, group, startsA) || wholeBefore(b, bestB, group, startsB)
}

export function middle(a: Int32Array, b: Int32Array): void {
  bothGiven[0] = 0
  if (givenWhole || countsA[Group.middle] === 0 || countsB[Group.middle] === 0) return
  const level = best(a, Group.middle, b, Group.middle)
  if (level === Alike.exact) bothGiven[0] = oneOfTwo
  if (level <= Alike.alike) share(Field.middle, level === 1 ? 1 : 2, a[bestA]!, b[bestB]!, Term.given)
  else levels[Field.middle] = level === Alike.initial ? 3 : 4
}

/**
 * How many of the parents' names agree, by letter or by sound. A name that the two share as their own family name says
 * nothing more as their mother's.
 */
export function kin(a: Int32Array, b: Int32Array): void {
  const nA = countsA[Group.kin]!
  const nB = countsB[Group.kin]!
  if (nA === 0 || nB === 0) return
  let agree = 0
  let own = 0
  for (let i = 0, at = startsA[Group.kin]!; i < nA; i++, at += TOKEN) {
    if ((a[at + META]! & 31) < 2) continue
    if (isOwnFamily(a, at)) {
      own++
      continue
    }
    for (let j = 0, bt = startsB[Group.kin]!; j < nB; j++, bt += TOKEN) {
      const level = alike(a, at, b, bt)
      if (level !== 0 && level <= Alike.short && (b[bt + META]! & 31) > 1) {
        if (agree === 0) share(Field.kin, 0, a[at]!, b[bt]!, Term.given)
        agree++
        break
      }
    }
  }
  if (own === nA) return
  levels[Field.kin] = agree >= 2 ? 1 : agree === 1 ? 2 : 3
}

function isOwnFamily(a: Int32Array, at: number): boolean {
  const level = levels[Field.family]!
  if (level === 0 || level > CROSSED) return false
  for (let i = 0, ft = startsA[Group.family]!; i < countsA[Group.family]!; i++, ft += TOKEN) {
    if (a[ft] === a[at] || a[ft + 1] === a[at + 1]) return true
  }
  return false
}
