import { readFileSync } from 'node:fs'
import { hash, letterMask } from './text.ts'

const FILE = new URL('./nicknames.json', import.meta.url)

const { groups, variants } = JSON.parse(readFileSync(FILE, 'utf8')) as { groups: string[]; variants: string[] }

/** Another form of a name: its hash, the letters that occur, and its letters, 1 for a to 26 for z. */
export interface Form {
  readonly hash: number
  readonly mask: number
  readonly letters: Uint8Array
}

const NONE: readonly Form[] = []
const NO_MASKS = new Int32Array(0)

/** names by their hash, open addressing: found without making a number that the engine must keep aside */
const SLOTS = 8192
const nameAt = new Int32Array(SLOTS)
const formsAt: (readonly Form[])[] = new Array(SLOTS).fill(NONE)
const masksAt: Int32Array[] = new Array(SLOTS).fill(NO_MASKS)

function slotOf(name: number): number {
  let slot = name & (SLOTS - 1)
  while (nameAt[slot] !== 0 && nameAt[slot] !== name) slot = (slot + 1) & (SLOTS - 1)
  return slot
}

for (const line of [...groups, ...variants]) {
  const forms = line.split(' ').map((name) => ({
    hash: hash(name),
    mask: letterMask(name),
    letters: Uint8Array.from([...name.slice(0, 18)], (letter) => letter.charCodeAt(0) - 96),
  }))
  for (const own of forms) {
    const slot = slotOf(own.hash)
    nameAt[slot] = own.hash
    formsAt[slot] = [...formsAt[slot]!, ...forms.filter((form) => form !== own)]
    masksAt[slot] = Int32Array.from(formsAt[slot]!, ({ mask }) => mask)
  }
}

/** Whether this name has any known short or other form. Argument: `hash(name)`. */
export function hasNicknames(name: number): boolean {
  return nameAt[slotOf(name)] === name
}

/** A name's other forms. Argument: `hash(name)`. */
export function formsOf(name: number): readonly Form[] {
  return formsAt[slotOf(name)]!
}

/** The letters that occur in each of a name's other forms, in their order. Argument: `hash(name)`. */
export function masksOf(name: number): Int32Array {
  return masksAt[slotOf(name)]!
}

/** Whether two names are known forms of one name. Arguments: `hash(name)`. */
export function areNicknames(a: number, b: number): boolean {
  const forms = formsOf(a)
  for (let i = 0; i < forms.length; i++) if (forms[i]!.hash === b) return true
  return false
}

/** Forms of one name in the same line of the list, itself first: for keys that must find `Bill` under `William`. */
export const nicknameRoots: ReadonlyMap<number, number> = firstForms()

function firstForms(): Map<number, number> {
  const roots = new Map<number, number>()
  for (const line of groups) {
    const names = line.split(' ')
    const root = hash(names[0]!)
    for (const name of names) if (!roots.has(hash(name))) roots.set(hash(name), root)
  }
  return roots
}
