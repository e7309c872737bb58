import { readFileSync } from 'node:fs'
import { kinds } from './words.ts'

/**
 * The shipped list of words: for each word a hash and sixteen bits of what is known of it. No word can be read back
 * from it. Built by bench/scanning/build-lexicon.ts; sources and licences in PROVENANCE.md beside this file.
 *
 * Bits: 0–1 given name, 2–3 surname (0 none … 3 frequent), 4–6 English word in lower case (0 none … 6 very frequent),
 * 7–8 place (0 none … 3 large city), 9 country or region, 10 nationality, 11–13 part of speech, 14 first word of a
 * place of several words, 15 a hand-kept word (words.ts).
 */
export const givenOf = (bits: number): number => bits & 3
export const surnameOf = (bits: number): number => (bits >> 2) & 3
export const wordOf = (bits: number): number => (bits >> 4) & 7
export const placeOf = (bits: number): number => (bits >> 7) & 3
export const regionOf = (bits: number): number => (bits >> 9) & 1
export const nationalityOf = (bits: number): number => (bits >> 10) & 1
export const speechOf = (bits: number): number => (bits >> 11) & 7
export const startsPhrase = (bits: number): number => (bits >> 14) & 1
export const handKept = 1 << 15

const slotBits = 19
const slotMask = (1 << slotBits) - 1

interface Lexicon {
  readonly keys: Int32Array
  readonly bits: Uint16Array
}

let loaded: Lexicon | undefined

function spread(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x85ebca6b | 0) >>> (32 - slotBits)
}

/** Lays sorted entries out as an open table. */
export function layOut(hashes: Int32Array, bits: Uint16Array): Lexicon {
  const table: Lexicon = { keys: new Int32Array(slotMask + 1), bits: new Uint16Array(slotMask + 1) }
  for (let index = 0; index < hashes.length; index++) {
    let slot = spread(hashes[index]!)
    while (table.bits[slot] !== 0) slot = (slot + 1) & slotMask
    table.keys[slot] = hashes[index]!
    table.bits[slot] = bits[index]!
  }
  for (const hash of kinds.keys()) {
    let slot = spread(hash)
    while (table.bits[slot] !== 0 && table.keys[slot] !== hash) slot = (slot + 1) & slotMask
    table.keys[slot] = hash
    table.bits[slot] = table.bits[slot]! | handKept
  }
  return table
}

function load(): Lexicon {
  const file = readFileSync(new URL('./lexicon.bin', import.meta.url))
  const count = file.readUInt32LE(0)
  const bytes = file.buffer.slice(file.byteOffset + 4, file.byteOffset + 4 + count * 6)
  return layOut(new Int32Array(bytes, 0, count), new Uint16Array(bytes, count * 4, count))
}

/** What the list knows of a word or phrase by its hash; 0 when nothing. */
export function lookUp(hash: number): number {
  loaded ??= load()
  const { keys, bits } = loaded
  let slot = spread(hash)
  while (bits[slot] !== 0) {
    if (keys[slot] === hash) return bits[slot]!
    slot = (slot + 1) & slotMask
  }
  return 0
}

/** The kinds (words.ts) of a word whose bits are known. */
export function kindsOf(hash: number, bits: number): number {
  return (bits & handKept) === 0 ? 0 : kinds.get(hash)!
}
