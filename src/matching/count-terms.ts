import { addTerm, type Frequencies, nameHash, TERMS, Term, termKey } from './frequencies.ts'
import { COUNTS, Group, HEADER, WIDTH } from './layout.ts'
import type { PreparedPerson } from './person.ts'

/** group, kind of term, where in an entry its hash stands */
const COUNTED: readonly (readonly [number, number, number])[] = [
  [Group.given, Term.given, 0],
  [Group.middle, Term.given, 0],
  [Group.family, Term.family, 0],
  [Group.born, Term.born, 0],
  [Group.postcode, Term.postcode, 0],
  [Group.address, Term.address, 0],
  [Group.locality, Term.locality, 0],
  [Group.region, Term.region, 0],
  [Group.birthPlace, Term.birthPlace, 0],
  [Group.occupation, Term.occupation, 0],
  [Group.school, Term.school, 0],
]

/** Every term of a person with its kind, for a table of counts: add 1 to `(key)` and to the total of `kind`. */
export function termsFor(person: PreparedPerson): { readonly kind: number; readonly key: number }[] {
  const terms: { kind: number; key: number }[] = []
  eachTerm(person.words, 0, (kind, key) => terms.push({ kind, key }))
  return terms
}

/** Adds one person's terms to `frequencies`. */
export function countPerson(words: Int32Array, start: number, frequencies: Frequencies): void {
  eachTerm(words, start, (kind, key) => {
    addTerm(frequencies.table, key, 1)
    if (kind < TERMS) frequencies.totals[kind]! += 1
  })
}

export function eachTerm(words: Int32Array, start: number, take: (kind: number, key: number) => void): void {
  let at = start + HEADER
  let next = 0
  let given = 0
  let sound = 0
  for (let group = 0; group < 14; group++) {
    const n = (words[start + COUNTS + ((group / 6) | 0)]! >>> ((group % 6) * 5)) & 31
    const width = WIDTH[group]!
    const counted = COUNTED[next]
    if (counted !== undefined && counted[0] === group) {
      for (let i = 0; i < n; i++) {
        const entry = at + i * width
        // an address is number and street together
        const hash = group === Group.address ? words[entry]! ^ words[entry + 1]! : words[entry + counted[2]]!
        take(counted[1], termKey(counted[1], hash))
      }
      next++
    }
    if (n > 0 && group === Group.given) {
      given = words[at]!
      sound = words[at + 1]!
    }
    if (n > 0 && group === Group.family && given !== 0) {
      take(Term.name, termKey(Term.name, nameHash(given, words[at]!)))
      take(Term.sound, termKey(Term.sound, nameHash(sound, words[at + 1]!)))
    }
    at += n * width
  }
}
