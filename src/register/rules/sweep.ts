import type { Known } from '../answer.ts'

/** So many different family names, one after another in order, are no accident: eight stand in order by chance once in 40,320 times. */
const IN_ORDER = 8

/** Whether questions, oldest first, go through the alphabet or through a list of birthdays: the last eight different ones rise or fall without a break. */
export function isSweep(asked: readonly Known[]): boolean {
  return [familyOf, (known: Known) => known.born].some((of) => {
    const different: string[] = []
    for (const known of asked) {
      const one = of(known)
      if (one !== undefined && one !== '' && one !== different.at(-1)) different.push(one)
    }
    const last = different.slice(-IN_ORDER)
    if (last.length < IN_ORDER) return false
    const rising = last.every((one, index) => index === 0 || last[index - 1]!.localeCompare(one, 'en') < 0)
    const falling = last.every((one, index) => index === 0 || last[index - 1]!.localeCompare(one, 'en') > 0)
    return rising || falling
  })
}

const familyOf = ({ name, family }: Known): string | undefined =>
  (family ?? name?.trim().split(/\s+/).at(-1))?.toLocaleLowerCase('en')
