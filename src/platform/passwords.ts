import { CLEAR_ALPHABET, randomChoice, sameText } from './crypto.ts'

// OWASP's argon2id floor: 19 MiB, 2 passes, 1 lane; 9 ms a hash.
const ARGON = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

/** The argon2id hash of a password, to be kept in its place. */
export async function hashPassword(password: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2')
  return hash(password.normalize('NFKC'), ARGON)
}

/** Whether a password is the one that was hashed. A malformed hash is a no. */
export async function passwordMatches(hashed: string, password: string): Promise<boolean> {
  const { verify } = await import('@node-rs/argon2')
  try {
    return await verify(hashed, password.normalize('NFKC'))
  } catch {
    return false
  }
}

// What an unknown user's attempt is compared with, so that the answer takes as long as for a known one.
let nobody: Promise<string> | undefined
export async function spendPasswordTime(password: string): Promise<void> {
  nobody ??= hashPassword('nobody has this password')
  await passwordMatches(await nobody, password)
}

/**
 * A password of at least `bits` bits, in groups of four that can be read over the telephone: no look-alikes, letters and
 * digits in each. A group carries 18.8 bits, so that 80 bits take five groups.
 */
export function generatePassword(bits = 80): string {
  const digits = [...CLEAR_ALPHABET].filter((character) => /\d/.test(character)).length
  const letters = CLEAR_ALPHABET.length - digits
  const mixed = CLEAR_ALPHABET.length ** 4 - letters ** 4 - digits ** 4
  const groups = Math.ceil(bits / Math.log2(mixed))
  return Array.from({ length: groups }, mixedGroup).join('-')
}

function mixedGroup(): string {
  for (;;) {
    const group = Array.from({ length: 4 }, () => randomChoice(CLEAR_ALPHABET)).join('')
    if (/\d/.test(group) && /[A-Z]/.test(group)) return group
  }
}

const SPOKEN: Record<string, string> = {
  A: 'Alfa',
  B: 'Bravo',
  C: 'Charlie',
  D: 'Delta',
  E: 'Echo',
  F: 'Foxtrot',
  G: 'Golf',
  H: 'Hotel',
  I: 'India',
  J: 'Juliett',
  K: 'Kilo',
  L: 'Lima',
  M: 'Mike',
  N: 'November',
  O: 'Oscar',
  P: 'Papa',
  Q: 'Quebec',
  R: 'Romeo',
  S: 'Sierra',
  T: 'Tango',
  U: 'Uniform',
  V: 'Victor',
  W: 'Whiskey',
  X: 'X-ray',
  Y: 'Yankee',
  Z: 'Zulu',
  '0': 'zero',
  '1': 'one',
  '2': 'two',
  '3': 'three',
  '4': 'four',
  '5': 'five',
  '6': 'six',
  '7': 'seven',
  '8': 'eight',
  '9': 'nine',
  '-': 'dash',
}

/** How to say a password or reference aloud, character by character. */
export const spellAloud = (text: string): string[] =>
  [...text.toUpperCase()].map((character) => SPOKEN[character] ?? character)

/** A new secret for an authenticator app (base32). */
export async function newAuthenticatorSecret(): Promise<string> {
  const { generateSecret } = await import('otplib')
  return generateSecret()
}

/** The otpauth:// address that an authenticator app reads from a QR code. */
export async function authenticatorAddress(secret: string, account: string): Promise<string> {
  const { generateURI } = await import('otplib')
  return generateURI({ issuer: 'Safehaven', label: account, secret })
}

/**
 * Which 30 second step a code belongs to, or undefined when it is wrong: the present step or the ones beside it. The caller refuses a step
 * that is not later than the last one used, so that a code counts once.
 */
export async function authenticatorStep(secret: string, code: string, now: Date): Promise<number | undefined> {
  const { generate } = await import('otplib')
  if (!/^\d{6}$/.test(code)) return undefined
  const present = Math.floor(now.getTime() / 30_000)
  for (const step of [present, present - 1, present + 1]) {
    if (sameText(await generate({ secret, epoch: step * 30 }), code)) return step
  }
  return undefined
}

/** The code that an authenticator shows at an instant; for tests and the invented area. */
export async function authenticatorCode(secret: string, now: Date): Promise<string> {
  const { generate } = await import('otplib')
  return generate({ secret, epoch: Math.floor(now.getTime() / 1000) })
}
