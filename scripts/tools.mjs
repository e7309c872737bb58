// The programs that the tests speak to: a real browser, a real mail server, a real zip program. Fetched where we may, asked for where not.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const TOOLS = [
  {
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    package: 'chromium',
    why: 'journeys through a real browser',
  },
  { programs: ['7z', '7zz'], package: 'p7zip-full', why: 'opening what Safehaven packs' },
  { programs: ['postfix'], package: 'postfix', why: 'handing mail to a real server' },
  { programs: ['pdftotext'], package: 'poppler-utils', why: 'reading the sheets that Safehaven prints' },
  { programs: ['named'], package: 'bind9', why: 'a signed zone and a validating resolver on loopback' },
  { programs: ['dnssec-signzone'], package: 'bind9-utils', why: 'signing that zone' },
  { programs: ['dovecot'], package: 'dovecot-imapd', why: 'mailboxes that are tidied' },
  { programs: ['mutt'], package: 'mutt', why: 'sending as a user does' },
  { programs: ['postgres'], package: 'postgresql', why: 'read replicas that follow a real server' },
  { programs: ['openssl'], package: 'openssl', why: 'certificates for mail servers on loopback' },
]

const PATHS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin']
// Debian keeps each version of PostgreSQL's programs in a folder of its own.
const POSTGRESQL = '/usr/lib/postgresql'
const paths = () =>
  existsSync(POSTGRESQL) ? [...PATHS, ...readdirSync(POSTGRESQL).map((one) => join(POSTGRESQL, one, 'bin'))] : PATHS

/** The path of the first of these programs that is there. */
const find = (programs) =>
  programs.flatMap((name) => paths().map((path) => join(path, name))).find((path) => existsSync(path))

/** Makes sure of every tool; gives settings for the tests, or undefined when something is missing that we may not fetch. */
export function ensureTools() {
  let missing = TOOLS.filter((tool) => find(tool.programs) === undefined)
  if (missing.length > 0 && process.getuid?.() === 0 && find(['apt-get'])) {
    install(missing.map((tool) => tool.package))
    missing = TOOLS.filter((tool) => find(tool.programs) === undefined)
  }
  let chromium = find(TOOLS[0].programs) ?? playwrightsBrowser()
  if (chromium === undefined) {
    spawnSync('npx', ['playwright-core', 'install', 'chromium'], { stdio: 'inherit' })
    chromium = playwrightsBrowser()
  }
  missing = missing.filter((tool) => tool.package !== 'chromium' || chromium === undefined)
  if (missing.length === 0) return { SAFEHAVEN_CHROMIUM: chromium }
  for (const tool of missing) console.error(`Missing: ${tool.programs[0]}, for ${tool.why}.`)
  console.error(`Run: sudo apt-get install -y --no-install-recommends ${missing.map((tool) => tool.package).join(' ')}`)
  return undefined
}

function playwrightsBrowser() {
  const asked = spawnSync(
    process.execPath,
    ['-e', `import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))`],
    { encoding: 'utf8' },
  )
  const path = asked.stdout?.trim()
  return path && existsSync(path) ? path : undefined
}

// Postfix is only wanted as a program: it gets no configuration, and no package starts a service.
function install(packages) {
  console.error(`Fetching from Debian: ${packages.join(', ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const policy = '/usr/sbin/policy-rc.d'
  const ours = !existsSync(policy)
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    spawnSync('debconf-set-selections', { input: 'postfix postfix/main_mailer_type select No configuration\n', env })
    spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    })
  } finally {
    if (ours) rmSync(policy, { force: true })
  }
}
