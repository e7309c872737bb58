import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, errorCode, type House, newToken, ownCertificate } from '../../platform/index.ts'

/**
 * The certificate of the mail gateway: `smtp-certificate.pem` and `smtp-key.pem` in the data folder. Made at the first start; an agency
 * puts its own in their place.
 */
export async function keptCertificate({ config, clock }: Pick<House, 'config' | 'clock'>): Promise<Certificate> {
  const certPath = join(config.dataDir, 'smtp-certificate.pem')
  const keyPath = join(config.dataDir, 'smtp-key.pem')
  const kept = await Promise.all([readFile(certPath, 'utf8'), readFile(keyPath, 'utf8')]).catch((error) => {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  })
  if (kept !== undefined) return { cert: kept[0], key: kept[1] }
  const made = await ownCertificate(clock.now(), [new URL(config.publicUrl).hostname])
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  // The key first: a certificate without its key would never be made anew.
  await put(keyPath, made.key, 0o600)
  await put(certPath, made.cert, 0o644)
  return made
}

async function put(path: string, text: string, mode: number): Promise<void> {
  const half = `${path}.${newToken(6)}`
  await writeFile(half, text, { mode, flag: 'wx' })
  await rename(half, path)
}
