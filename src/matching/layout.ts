/**
 * How a prepared person lies in 32-bit words. A header of `HEADER` words, then each group's entries in the order of
 * `Group`. Counts stand in the header, five bits each, six to a word.
 */
export const Group = {
  given: 0,
  middle: 1,
  family: 2,
  kin: 3,
  born: 4,
  postcode: 5,
  address: 6,
  locality: 7,
  region: 8,
  identifier: 9,
  contact: 10,
  birthPlace: 11,
  occupation: 12,
  school: 13,
} as const

export const GROUPS = 14
export const HEADER = 6
/** header word 0: length of the whole; 1–3: counts; 4: sex; 5: free */
export const LENGTH = 0
export const COUNTS = 1
export const SEX = 4

/** hash, hash of the skeleton, letters that occur, 18 letters in three words, and `meta` */
export const TOKEN = 7
export const PLACE = 5
export const WIDTH: readonly number[] = [
  TOKEN,
  TOKEN,
  TOKEN,
  TOKEN,
  1, // birthday: yyyymmdd
  5, // postcode: hash of the whole, the district, the area; letters in two words
  7, // address: hash of number, of street, bigrams of street in four words, how many bits
  PLACE, // hash, bigrams in four words
  1,
  5, // identifier: hash of type, of type and value, 15 characters in three words
  1,
  PLACE,
  PLACE,
  PLACE,
]

/** `meta` of a token: length in bits 0–4, bit 5 set when it has known short forms, skeleton's length in 6–9, bit 10 for two words joined */
export const META = 6
export const HAS_NICKNAMES = 32
export const JOINED = 1024
