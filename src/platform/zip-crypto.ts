import { createCipheriv, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/**
 * The cryptography of the WinZip AES-256 zip format (AE-2), the one that 7-Zip reads: PBKDF2-HMAC-SHA1 with 1,000 rounds,
 * AES-256 in counter mode with a little-endian counter from 1, HMAC-SHA1 over the ciphertext cut to 10 bytes.
 * Source: WinZip's AES encryption specification, revision 1.04. The weak rounds are the format's: the password's 80 bits
 * and more carry the strength.
 */
export const zipCipherSizes = { salt: 16, verifier: 2, tag: 10 } as const

const derive = promisify(pbkdf2)
const batch = 1 << 18

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
  const keys = await derive(Buffer.from(password, 'utf8'), salt, 1000, 66, 'sha1')
  const block = createCipheriv('aes-256-ecb', keys.subarray(0, 32), null)
  block.setAutoPadding(false)
  const seal = createHmac('sha1', keys.subarray(32, 64))
  const counters = new Uint32Array(batch / 4 + 4)
  const counterBytes = new Uint8Array(counters.buffer)
  const aligned = new BigUint64Array(batch / 8 + 2)
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
      if (bytes.length <= batch) return crossBatch(bytes, position)
      const out = Buffer.allocUnsafe(bytes.length)
      for (let at = 0; at < bytes.length; at += batch) {
        out.set(crossBatch(bytes.subarray(at, at + batch), position + at), at)
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
