// The only file that reads the environment.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { newToken } from './crypto.ts'
import { errorCode, Fault } from './problems.ts'

export interface Config {
  /** True when an invented area is shown: nothing leaves the machine. */
  readonly demo: boolean
  /** Absolute path of the data folder: embedded database, files, demo secret. */
  readonly dataDir: string
  /** PostgreSQL address; absent: the embedded server in dataDir. */
  readonly databaseUrl?: string
  /** PostgreSQL servers that follow that one and take the searches of the registers, each in its turn. */
  readonly replicaUrls?: readonly string[]
  /** SAFEHAVEN_SECRET, or several separated by commas. Use `house.secrets`, never this. */
  readonly secret: string
  /** Next hop for all mail: smtp://host:port or smtps://user:pass@host:port. Absent: no mail leaves. */
  readonly relayUrl?: string
  /** The DNS resolver that is asked what mail domains prove, as address and port; absent: the system's first. Its word on DNSSEC counts only on this machine. */
  readonly resolver?: string
  /** Where delivery reports and replies come back, such as returns@safehaven.agency.example, and the port on which they are taken; absent: to the sender's mailbox. */
  readonly returns?: { readonly address: string; readonly port: number }
  /** The address under which users reach the pages, without a slash at the end; for links in mails. */
  readonly publicUrl: string
  readonly port: number
  readonly smtpPort: number
  /** Sign-in through the agency's own provider, when all three are set. */
  readonly oidc?: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string }
}

export interface Wishes {
  readonly data?: string | undefined
  readonly demo?: boolean | undefined
  readonly port?: number | undefined
  readonly smtpPort?: number | undefined
}

/** The account of the machine under which a command runs, for the log of acts. */
export const readAccount = (): string => {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}

const POSTGRES = ['postgres:', 'postgresql:']

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the environment once. Throws Fault `platform.secret-missing` outside a demo; the sentence says what to set. */
export function readConfig(wishes: Wishes = {}, environment: Environment = process.env): Config {
  const said = (name: string): string | undefined => environment[name]?.trim() || undefined
  const demo = wishes.demo ?? false
  const dataDir = resolve(wishes.data ?? 'data')
  const port = wishes.port ?? 3000
  const databaseUrl = said('DATABASE_URL')
  const replicaUrls = readReplicas(said('DATABASE_READ_URL'), databaseUrl)
  const relayUrl = said('SMTP_RELAY_URL')
  const resolver = said('SAFEHAVEN_RESOLVER')
  const returns = readReturns(said)
  const oidc = readOidc(said)
  return {
    demo,
    dataDir,
    ...(databaseUrl === undefined ? {} : { databaseUrl: checkUrl('DATABASE_URL', databaseUrl, POSTGRES) }),
    ...(replicaUrls === undefined ? {} : { replicaUrls }),
    secret: said('SAFEHAVEN_SECRET') ?? keptSecret(dataDir, demo),
    // An invented area sends nothing out, whatever the environment says.
    ...(relayUrl === undefined || demo ? {} : { relayUrl: checkUrl('SMTP_RELAY_URL', relayUrl, ['smtp:', 'smtps:']) }),
    publicUrl: (said('SAFEHAVEN_URL') ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    port,
    smtpPort: wishes.smtpPort ?? 2525,
    ...(resolver === undefined
      ? {}
      : {
          resolver: checkShape('SAFEHAVEN_RESOLVER', resolver, isResolver, 'an address and port such as 127.0.0.1:53'),
        }),
    ...(returns === undefined ? {} : { returns }),
    ...(oidc === undefined ? {} : { oidc }),
  }
}

function readReplicas(said: string | undefined, databaseUrl: string | undefined): Config['replicaUrls'] {
  if (said === undefined) return undefined
  if (databaseUrl === undefined)
    throw new Fault(
      'platform.replicas-alone',
      'DATABASE_READ_URL names replicas of the server of DATABASE_URL: set DATABASE_URL too. The embedded database has none.',
    )
  const urls = said.split(',').map((one) => checkUrl('Each of DATABASE_READ_URL', one.trim(), POSTGRES))
  if (new Set(urls).size < urls.length)
    throw new Fault('platform.setting-malformed', 'DATABASE_READ_URL names the same replica twice.')
  return urls
}

function readOidc(said: (name: string) => string | undefined): Config['oidc'] {
  const issuer = said('OIDC_ISSUER')
  const clientId = said('OIDC_CLIENT_ID')
  const clientSecret = said('OIDC_CLIENT_SECRET')
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw new Fault(
      'platform.oidc-incomplete',
      'Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET together, or none of them.',
    )
  return { issuer, clientId, clientSecret }
}

const isResolver = (value: string): boolean => {
  const [, six, four] = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?$/.exec(value) ?? []
  return isIP(six ?? four ?? '') !== 0
}
// With the token behind it the part before the @ stays within 64 letters (RFC 5321 §4.5.3.1.1).
const isReturnAddress = (value: string): boolean =>
  /^[a-z0-9]{1,10}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(value)
const isPort = (value: string): boolean => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535

function readReturns(said: (name: string) => string | undefined): Config['returns'] {
  const address = said('SAFEHAVEN_RETURN_ADDRESS')?.toLowerCase()
  if (address === undefined) return undefined
  const shape = 'an e-mail address whose part before the @ is at most ten letters and digits'
  const port = said('SAFEHAVEN_RETURN_PORT') ?? '2527'
  return {
    address: checkShape('SAFEHAVEN_RETURN_ADDRESS', address, isReturnAddress, shape),
    port: Number(checkShape('SAFEHAVEN_RETURN_PORT', port, isPort, 'a port from 1 to 65535')),
  }
}

function checkShape(name: string, value: string, fits: (value: string) => boolean, shape: string): string {
  if (!fits(value)) throw new Fault('platform.setting-malformed', `${name} must be ${shape}.`)
  return value
}

function checkUrl(name: string, value: string, schemes: readonly string[]): string {
  const scheme = URL.canParse(value) ? new URL(value).protocol : undefined
  if (scheme === undefined || !schemes.includes(scheme))
    throw new Fault(
      'platform.address-malformed',
      `${name} must be an address that begins with ${schemes.map((s) => `${s}//`).join(' or ')}.`,
    )
  return value
}

// A demo makes its own secret and keeps it beside its data, so that a second start, and a command without --demo, read what the first wrote.
function keptSecret(dataDir: string, demo: boolean): string {
  const path = join(dataDir, 'demo-secret')
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR')
      throw new Fault('platform.secret-unreadable', `The file ${path} cannot be read.`, { cause: error })
  }
  if (!demo)
    throw new Fault(
      'platform.secret-missing',
      'SAFEHAVEN_SECRET is not set. Make one with "openssl rand -base64 32", keep it safe, and set it; or add --demo to see the invented area.',
    )
  const secret = newToken()
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' })
    chmodSync(path, 0o600)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return readFileSync(path, 'utf8').trim()
    throw new Fault(
      'platform.data-unwritable',
      `The folder ${dataDir} cannot be written. Choose another with --data DIR.`,
      { cause: error },
    )
  }
  return secret
}
