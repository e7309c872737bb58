// The only file that imports node:crypto. Keys of an installation live in secrets.ts, which is built on this.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  pbkdf2,
  randomBytes,
  randomInt,
  randomUUID,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'

/** A new random id (UUID version 4). */
export const newId = (): string => randomUUID()

/** A bearer token of `bytes` random bytes (default 256 bits), base64url. Keep only its `fingerprint`. */
export const newToken = (bytes = 32): string => randomBytes(bytes).toString('base64url')

export const randomOctets = (length: number): Buffer => randomBytes(length)

/** One of `items`, drawn evenly. */
export function randomChoice<T>(items: readonly T[] | string): T | string {
  return items[randomInt(items.length)] as T | string
}

/** Digits for a one-time code given by telephone, drawn evenly. */
export const randomDigits = (length: number): string => Array.from({ length }, () => String(randomInt(10))).join('')

/** Letters and digits that cannot be mistaken for one another when read aloud or copied by hand. */
export const CLEAR_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** A short reference for the telephone, such as "K4M-7RX-2H9". Identifies, does not protect. */
export function randomReference(): string {
  const characters = Array.from({ length: 9 }, () => randomChoice(CLEAR_ALPHABET))
  return [0, 3, 6].map((start) => characters.slice(start, start + 3).join('')).join('-')
}

export const sha256 = (content: string | Uint8Array): Buffer => createHash('sha256').update(content).digest()
/** DANE's longer digest (RFC 6698 §7.3). */
export const sha512 = (content: Uint8Array): Buffer => createHash('sha512').update(content).digest()
export const sha256Hex = (content: string | Uint8Array): string => sha256(content).toString('hex')

/** What is kept of a token instead of the token itself (SHA-256, base64url). Only for tokens of high entropy. */
export const fingerprint = (token: string): string => sha256(token).toString('base64url')

/** A SHA-256 that takes its content piece by piece. */
export function sha256Stream(): { add(piece: Uint8Array): void; hex(): string } {
  const hash = createHash('sha256')
  return { add: (piece) => void hash.update(piece), hex: () => hash.digest('hex') }
}

export const hmacSha256 = (key: Uint8Array, content: string | Uint8Array): Buffer =>
  createHmac('sha256', key).update(content).digest()

/** HKDF-SHA256. */
export const deriveKey = (secret: Uint8Array, purpose: string, length = 32): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'safehaven', purpose, length))

/** Compares two texts without telling by its duration where they differ. */
export function sameText(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other))
}

/** AES-256-GCM: nonce (12) + cipher text + tag (16). */
export function sealWith(key: Uint8Array, plain: Uint8Array, bound: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `sealWith` sealed. Throws when key, content or what it is bound to differs. */
export function openWith(key: Uint8Array, sealed: Uint8Array, bound: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < 28) throw new Error('too short to be sealed')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAAD(Buffer.from(bound))
  decipher.setAuthTag(bytes.subarray(bytes.length - 16))
  return Buffer.concat([decipher.update(bytes.subarray(12, bytes.length - 16)), decipher.final()])
}

/** An Ed25519 signing key from 32 bytes of derived key. */
export function signingKey(seed: Uint8Array): KeyObject {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
  return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: 'der', type: 'pkcs8' })
}

export const signWith = (key: KeyObject, content: Uint8Array): Buffer => sign(null, content, key)

/** The public half, as the base64url of its 32 bytes. */
export function publicHalf(key: KeyObject): string {
  return createPublicKey(key).export({ format: 'jwk' }).x ?? ''
}

/** Checks a signature by the public half that `publicHalf` gave. */
export function signatureHolds(publicKey: string, content: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
    return verify(null, content, key, signature)
  } catch {
    return false
  }
}

/**
 * One piece of a file, sealed by AES-256-GCM under a key that is used for this file alone: the nonce is the piece's number and whether it is the
 * last, so that pieces can be neither exchanged nor cut off.
 */
export function sealPiece(key: Uint8Array, index: number, last: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, pieceNonce(index, last))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

export function openPiece(key: Uint8Array, index: number, last: boolean, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, pieceNonce(index, last))
  decipher.setAuthTag(sealed.subarray(sealed.length - 16))
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - 16)), decipher.final()])
}

function pieceNonce(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(index, 7)
  nonce[11] = last ? 1 : 0
  return nonce
}

/**
 * The cryptography of the WinZip AES-256 zip format (AE-2), the one that 7-Zip reads: PBKDF2-HMAC-SHA1 with 1,000 rounds,
 * AES-256 in counter mode with a little-endian counter from 1, HMAC-SHA1 over the ciphertext cut to 10 bytes.
 * Source: WinZip's AES encryption specification, revision 1.04. The weak rounds are the format's: the password's 80 bits
 * and more carry the strength.
 */
export const zipCipherSizes = { salt: 16, verifier: 2, tag: 10 } as const

const stretch = promisify(pbkdf2)
const BATCH = 1 << 18

/** What seals or opens one entry. Bytes are counted from the first encrypted byte. */
export interface ZipCipher {
  readonly salt: Buffer
  /** Two bytes that tell a wrong password in 65,535 of 65,536 cases. */
  readonly verifier: Buffer
  /** Adds the key stream to `bytes`, which stand at `position` of the entry; answers a new buffer. */
  cross(bytes: Uint8Array, position: number): Buffer
  /** Adds ciphertext to the seal, in order. */
  authenticate(ciphertext: Uint8Array): void
  /** The ten bytes that end the entry. */
  tag(): Buffer
}

/** A cipher for one entry, with a fresh salt unless one was read from an archive. Derives the keys once. */
export async function zipCipher(password: string, salt: Buffer = randomBytes(zipCipherSizes.salt)): Promise<ZipCipher> {
  const keys = await stretch(Buffer.from(password, 'utf8'), salt, 1000, 66, 'sha1')
  const block = createCipheriv('aes-256-ecb', keys.subarray(0, 32), null)
  block.setAutoPadding(false)
  const seal = createHmac('sha1', keys.subarray(32, 64))
  const counters = new Uint32Array(BATCH / 4 + 4)
  const counterBytes = new Uint8Array(counters.buffer)
  const aligned = new BigUint64Array(BATCH / 8 + 2)
  const alignedBytes = new Uint8Array(aligned.buffer)

  const crossBatch = (bytes: Uint8Array, position: number): Buffer => {
    const skip = position % 16
    const blocks = Math.ceil((skip + bytes.length) / 16)
    let counter = Math.floor(position / 16) + 1
    for (let at = 0; at < blocks * 4; at += 4, counter++) {
      counters[at] = counter
      counters[at + 1] = counter / 0x1_0000_0000
    }
    const stream = block.update(counterBytes.subarray(0, blocks * 16))
    alignedBytes.set(bytes, skip)
    const words = new BigUint64Array(stream.buffer, stream.byteOffset, blocks * 2)
    for (let at = 0; at < words.length; at++) words[at] = words[at]! ^ aligned[at]!
    return stream.subarray(skip, skip + bytes.length)
  }

  return {
    salt,
    verifier: keys.subarray(64, 66),
    cross(bytes, position) {
      if (bytes.length <= BATCH) return crossBatch(bytes, position)
      const out = Buffer.allocUnsafe(bytes.length)
      for (let at = 0; at < bytes.length; at += BATCH) {
        out.set(crossBatch(bytes.subarray(at, at + BATCH), position + at), at)
      }
      return out
    },
    authenticate(ciphertext) {
      seal.update(ciphertext)
    },
    tag: () => seal.digest().subarray(0, zipCipherSizes.tag),
  }
}

/** Compares in a time that does not tell how much was right. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}
