/**
 * In a large file each key says in its lowest bits what it is made of: a name with a birthday, the house, the parent …
 * Two persons who share hints of one such kind and nothing else hardly ever are one: of half the pairs that keys find,
 * one in five thousand. Hint 0 stands for keys that are enough by themselves: a number, a contact, both names, a name
 * with the whole birthday or with the postcode; and the house, for brothers and sisters must be seen to be told apart.
 */
const HINT_BITS = 3

/** by kind of key, as `keys.ts` numbers them */
const HINTS = new Uint8Array(256)
for (const [hint, kinds] of [
  [1, [18]], // a name and the street
  [2, [11, 13, 14]], // the birthday and the district, the town, the place of birth
  [3, [3, 15]], // both parents; one of them and the month of birth
  [4, [8]], // a name and the day of the year
  [5, [9]], // a name, the year and the day of the month
  [6, [10]], // the family name and the year
] as const) {
  for (const kind of kinds) HINTS[kind] = hint
}

/** The lower half of a key with the hint of its kind. */
export function marked(key: number, kind: number): number {
  return ((key >>> HINT_BITS) << HINT_BITS) | HINTS[kind]!
}

/** The hint that a marked key gives. */
export function hintOf(key: number): number {
  return key & (2 ** HINT_BITS - 1)
}
