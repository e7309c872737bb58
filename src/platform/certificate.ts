export interface Certificate {
  /** PEM. */
  readonly cert: string
  readonly key: string
}

/** A new certificate for these names, localhost among them, that signs itself and whose key nobody else has. Ten years. */
export async function ownCertificate(now: Date, names: readonly string[] = []): Promise<Certificate> {
  const { crypto: webcrypto } = globalThis
  // The library's decorators want this, and it says so only by failing.
  await import('reflect-metadata')
  const { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=localhost',
      notBefore: new Date(now.getTime() - 86_400_000),
      notAfter: new Date(now.getTime() + 3650 * 86_400_000),
      signingAlgorithm: algorithm,
      keys: keys as never,
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          ...names.filter((name) => name !== 'localhost').map((value) => ({ type: 'dns' as const, value })),
          { type: 'ip', value: '127.0.0.1' },
        ]),
      ],
    },
    webcrypto as never,
  )
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { cert: certificate.toString('pem'), key: PemConverter.encode(key, 'PRIVATE KEY') }
}
