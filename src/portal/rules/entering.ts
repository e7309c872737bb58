/** Passwords that are first in every list of guesses; long ones only, since shorter ones are refused anyway. */
const COMMON = [
  'password1234',
  '123456789012',
  'qwertyuiop12',
  'passwordpassword',
  'letmeinletmein',
  'safeguarding1',
  'safeguarding123',
  'safehaven123',
  'safehaven1234',
]

/** Why a new password cannot be taken; undefined when it can. Twelve characters, as the NCSC's three words come to (BEX-45). */
export function passwordFault(password: string, address: string): string | undefined {
  if (password.length < 12)
    return 'Choose a password of at least 12 characters. Three words that do not belong together are good.'
  if (password.length > 200) return 'Choose a password of at most 200 characters.'
  if (new Set(password.toLowerCase()).size < 5 || COMMON.includes(password.toLowerCase().replaceAll(' ', '')))
    return 'That password is easily guessed. Choose three words that do not belong together.'
  if (password.toLowerCase().includes(address.split('@')[0]!.toLowerCase()) && address.split('@')[0]!.length > 3)
    return 'Leave your own name and address out of the password.'
  return undefined
}

/** After this many wrong passwords in a row each further one must wait, longer each time, at most 15 minutes; nobody is locked out for good. */
export function waitAfter(wrongTries: number): number {
  return wrongTries < 4 ? 0 : Math.min(15 * 60, 30 * 2 ** (wrongTries - 4))
}

/** A code as it was typed: spaces and hyphens between the digits are no fault. */
export function codeTyped(text: string): string {
  return text.replaceAll(/[\s-]/g, '')
}
