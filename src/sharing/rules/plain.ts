// What people paste holds marks that cannot be seen and turn the text around them. Names and notes are kept as read.

/** Direction overrides and isolates, byte order marks and other invisible formatting; joiners stay, scripts need them. */
const INVISIBLE =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029]/g

/** One line: composed, without invisible or control characters, single spaces. */
export const plainLine = (text: string): string =>
  text.normalize('NFC').replaceAll(INVISIBLE, '').replaceAll(CONTROL, ' ').replaceAll(/\s+/gu, ' ').trim()

/** The same for paragraphs; line breaks stay. */
export const plainText = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .replaceAll(INVISIBLE, '')
    .replaceAll(CONTROL, ' ')
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()

/** "Aisha Noor Khan" as "A.N.K."; "?" where there is no letter. */
export function initialsOf(name: string): string {
  const letters = plainLine(name)
    .split(/[\s-]+/u)
    .map((part) => part.match(/\p{L}/u)?.[0]?.toLocaleUpperCase('en-GB'))
    .filter((letter) => letter !== undefined)
  return letters.length === 0 ? '?' : `${letters.slice(0, 5).join('.')}.`
}

/** `text` with each whole name, and each part of it of three letters or more, given as initials (BOU-3, CUM-25). */
export function withInitials(text: string, names: readonly string[]): string {
  return names
    .flatMap((name) => {
      const whole = plainLine(name)
      const parts = whole.split(/\s+/u).filter((part) => [...part].length >= 3)
      return [[whole, initialsOf(whole)] as const, ...parts.map((part) => [part, initialsOf(part)] as const)]
    })
    .filter(([name]) => name !== '')
    .sort(([one], [other]) => other.length - one.length)
    .reduce((done, [name, initials]) => done.replaceAll(wholeWord(name), initials), text)
}

const wholeWord = (name: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}])${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{M}\\p{N}])`,
    'giu',
  )
