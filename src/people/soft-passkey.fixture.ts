// For tests: a passkey in software. It answers questions as a browser with a platform authenticator would (WebAuthn level 2, ES256, attestation "none").
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest()

export function softPasskey(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(32)
  let counter = 0
  // Flags: 1 present, 4 verified by finger or PIN, 64 with a new credential.
  const authenticatorData = (flags: number, more = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(++counter)
    return Buffer.concat([sha256(new URL(origin).hostname), Buffer.from([flags]), count, more])
  }
  const clientData = (type: string, question: string, from = origin) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: (JSON.parse(question) as { challenge: string }).challenge,
        origin: from,
        crossOrigin: false,
      }),
    )
  const answer = (response: object) =>
    JSON.stringify({
      id: id.toString('base64url'),
      rawId: id.toString('base64url'),
      type: 'public-key',
      response,
      clientExtensionResults: {},
    })
  return {
    create(question: string): string {
      const coseKey = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ])
      const data = authenticatorData(
        1 | 4 | 64,
        Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey]),
      )
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([data.length]),
        data,
      ])
      return answer({
        clientDataJSON: clientData('webauthn.create', question).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      })
    },
    get(question: string, how: { verified?: boolean; from?: string } = {}): string {
      const data = authenticatorData(how.verified === false ? 1 : 1 | 4)
      const client = clientData('webauthn.get', question, how.from)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      })
    },
  }
}
