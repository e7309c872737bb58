import { choose } from '../../platform/zip-crypto.ts'

// No vowels, so that no word appears; no l, o, i, 0 and 1, which the ear or the eye mistakes for one another.
const letters = 'bcdfghjkmnpqrstvwxyz'
const digits = '23456789'
const groups = 6
const groupLength = 3

/**
 * A new password for one transmission (CUM-29, CUM-31), such as `k7m-x4t-9hd-wp3-c6r-v2n`: 18 characters of 28, so 86 bits,
 * in groups that can be read over the telephone. The hyphens belong to it.
 */
export function generatePassword(): string {
  for (;;) {
    const group = () => Array.from({ length: groupLength }, () => choose(letters + digits)).join('')
    const password = Array.from({ length: groups }, group).join('-')
    if (/[a-z]/.test(password) && /[0-9]/.test(password)) return password
  }
}

/** Bits of a generated password, less the few that always mixing letters and digits costs. */
export const passwordBits = groups * groupLength * Math.log2(letters.length + digits.length) - 0.01

const spoken: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'bravo charlie delta foxtrot golf hotel juliett kilo mike november papa quebec romeo sierra tango ' +
    'victor whiskey x-ray yankee zulu'
  )
    .split(' ')
    .map((word) => [word[0]!, word]),
)
const numbers = 'zero one two three four five six seven eight nine'.split(' ')

/** How the password is said: one line a group, for the person who telephones it (CUM-54). */
export function spellPassword(password: string): string[] {
  return password
    .split('-')
    .map((group) => [...group.toLowerCase()].map((sign) => spoken[sign] ?? numbers[Number(sign)] ?? sign).join(', '))
}
