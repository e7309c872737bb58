import { deriveKey, hmacSha256, openWith, publicHalf, sealWith, sha256, signingKey, signWith } from './crypto.ts'
import { Fault } from './problems.ts'

/** Keys derived from SAFEHAVEN_SECRET, one for each purpose; nothing sees the secret itself. */
export interface Secrets {
  /** Seals bytes for a purpose ("people.totp"). `bound` ties them to where they belong, such as a row's id. */
  seal(purpose: string, plain: Uint8Array | string, bound?: string): Buffer
  /** Opens what `seal` sealed; throws Fault `platform.seal-broken` otherwise. */
  open(purpose: string, sealed: Uint8Array, bound?: string): Buffer
  /** A keyed fingerprint (HMAC-SHA256, base64url) for a purpose. */
  mac(purpose: string, content: string | Uint8Array): string
  /** All fingerprints that count as right, newest key first: more than one while the secret is being changed. */
  macs(purpose: string, content: string | Uint8Array): string[]
  /** A derived key of 32 bytes, for stores that seal in their own way, with the id under which it is found again. */
  key(purpose: string, keyId?: string): { id: string; key: Buffer }
  /** Ed25519 over content, for heads that others verify with the public half. */
  sign(purpose: string, content: Uint8Array): { publicKey: string; signature: Buffer }
  /** The public halves of all keys that count, newest first. */
  publicKeys(purpose: string): string[]
}

/**
 * `secret` is SAFEHAVEN_SECRET: at least 32 characters; several, separated by commas, while it is being changed (the
 * first seals, all open).
 */
export function secretsFrom(secret: string): Secrets {
  const roots = secret
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (roots.length === 0 || roots.some((root) => root.length < 32))
    throw new Fault(
      'platform.secret-short',
      'SAFEHAVEN_SECRET must have at least 32 characters, without commas. Make one with: openssl rand -base64 32',
    )
  const derived = new Map<string, Buffer>()
  const keyIdOf = (root: string) => sha256(`safehaven key id ${root}`).toString('hex').slice(0, 8)
  const ids = roots.map(keyIdOf)
  const derive = (id: string, purpose: string): Buffer => {
    const label = `${id} ${purpose}`
    const known = derived.get(label)
    if (known) return known
    const root = roots[ids.indexOf(id)]
    if (root === undefined)
      throw new Fault(
        'platform.key-unknown',
        'This was sealed with a secret that SAFEHAVEN_SECRET no longer holds. Add the former secret after a comma.',
      )
    const key = deriveKey(Buffer.from(root), purpose)
    derived.set(label, key)
    return key
  }
  const newest = ids[0] as string
  return {
    seal(purpose, plain, bound = '') {
      const content = typeof plain === 'string' ? Buffer.from(plain) : plain
      return Buffer.concat([Buffer.from(newest, 'hex'), sealWith(derive(newest, purpose), content, bound)])
    },
    open(purpose, sealed, bound = '') {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      const key = derive(bytes.subarray(0, 4).toString('hex'), purpose)
      try {
        return openWith(key, bytes.subarray(4), bound)
      } catch (cause) {
        throw new Fault('platform.seal-broken', 'What was kept here has been altered or belongs elsewhere.', { cause })
      }
    },
    mac: (purpose, content) => hmacSha256(derive(newest, purpose), content).toString('base64url'),
    macs: (purpose, content) => ids.map((id) => hmacSha256(derive(id, purpose), content).toString('base64url')),
    key: (purpose, keyId = newest) => ({ id: keyId, key: derive(keyId, purpose) }),
    publicKeys: (purpose) => ids.map((id) => publicHalf(signingKey(derive(id, purpose)))),
    sign(purpose, content) {
      const key = signingKey(derive(newest, purpose))
      return { publicKey: publicHalf(key), signature: signWith(key, content) }
    },
  }
}
