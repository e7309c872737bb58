import { readFileSync } from 'node:fs'
import { hash } from './text.ts'

const FILE = new URL('./nicknames.json', import.meta.url)

/** Hashes of two names known to be used for one person, joined to one number; the smaller first. */
const pairs = new Set<number>()
const known = new Set<number>()
/** by name: the letters of its other forms, 1 to 26 */
const forms = new Map<number, Uint8Array[]>()

function join(a: number, b: number): number {
  const low = Math.min(a, b)
  const high = Math.max(a, b)
  // 26 bits of each: enough for some thousand names
  return (low >>> 6) * 0x4000000 + (high >>> 6)
}

function load(): void {
  const { groups, variants } = JSON.parse(readFileSync(FILE, 'utf8')) as { groups: string[]; variants: string[] }
  for (const line of [...groups, ...variants]) {
    const names = line.split(' ').map((name) => hash(name))
    const spelt = line
      .split(' ')
      .map((name) => Uint8Array.from([...name.slice(0, 18)], (letter) => letter.charCodeAt(0) - 96))
    for (const [i, a] of names.entries()) {
      known.add(a)
      forms.set(a, [...(forms.get(a) ?? []), ...spelt.filter((_, k) => k !== i)])
      for (const b of names.slice(i + 1)) if (a !== b) pairs.add(join(a, b))
    }
  }
}
load()

/** Whether this name has any known short or other form. Argument: `hash(name)`. */
export function hasNicknames(name: number): boolean {
  return known.has(name)
}

const NONE: readonly Uint8Array[] = []

/** The letters of a name's other forms, 1 for a to 26 for z. Argument: `hash(name)`. */
export function formsOf(name: number): readonly Uint8Array[] {
  return forms.get(name) ?? NONE
}

/** Whether two names are known forms of one name. Arguments: `hash(name)`. */
export function areNicknames(a: number, b: number): boolean {
  return pairs.has(join(a, b))
}

/** Forms of one name in the same line of the list, itself first: for keys that must find `Bill` under `William`. */
export const nicknameRoots: ReadonlyMap<number, number> = firstForms()

function firstForms(): Map<number, number> {
  const roots = new Map<number, number>()
  const { groups } = JSON.parse(readFileSync(FILE, 'utf8')) as { groups: string[] }
  for (const line of groups) {
    const names = line.split(' ')
    const root = hash(names[0]!)
    for (const name of names) if (!roots.has(hash(name))) roots.set(hash(name), root)
  }
  return roots
}
