// For tests: Debian's named twice on loopback, once with signed zones and once as the validating resolver in front of them.
import { execFileSync, spawn } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openResolver } from './resolver.ts'

export interface ZoneFile {
  readonly name: string
  /** Lines of records, names relative to the zone. */
  readonly records: string
  /** Signed, and how; `expired`: its signatures have run out; `changed`: a record was changed after signing. Absent: not signed. */
  readonly signed?: 'well' | 'expired' | 'changed'
}

export interface Names {
  /** Address and port of the validating resolver. */
  readonly at: string
  stop(): Promise<void>
}

const PATH = `${process.env.PATH}:/usr/sbin:/usr/bin`
const find = (name: string): string =>
  execFileSync('sh', ['-c', `command -v ${name}`], { env: { PATH }, encoding: 'utf8' }).trim()

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The first zone is the parent of the others: it is anchored, and holds what vouches for those that are signed. */
export async function serveNames(parent: ZoneFile, children: readonly ZoneFile[]): Promise<Names> {
  const folder = mkdtempSync(join(tmpdir(), 'safehaven-names-'))
  // A copy: where the system confines /usr/sbin/named to its own folders, this one may read ours.
  copyFileSync(find('named'), join(folder, 'named'))
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const one of stops.reverse()) await one()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    let vouched = ''
    for (const child of children) vouched += delegation(child, sign(folder, child))
    sign(folder, { ...parent, records: `${parent.records}\n${vouched}` })
    const [origin, front] = [await freePort(), await freePort()]
    writeFileSync(join(folder, 'root.zone'), '$TTL 300\n. SOA a. b. 1 3600 600 86400 60\n. NS a.\na. A 127.0.0.1\n')
    const root = `zone "." { type primary; file "${folder}/root.zone"; };\n`
    const zones = [parent, ...children]
      .map(({ name }) => `zone "${name}" { type primary; file "${folder}/${name}.zone"; };`)
      .join('\n')
    stops.push(await startNamed(folder, 'origin', origin, 'recursion no;', root + zones))
    const forward = `type forward; forward only; forwarders { 127.0.0.1 port ${origin}; };`
    const key = keyLine(folder, parent.name)
    const anchored = `trust-anchors { "${parent.name}." static-key ${key}; };\nzone "${parent.name}" { ${forward} };\nzone "." { ${forward} };`
    stops.push(
      await startNamed(folder, 'front', front, 'recursion yes; dnssec-validation yes; max-cache-size 16m;', anchored),
    )
    const at = `127.0.0.1:${front}`
    const resolver = openResolver({ at, patience: 1_000, tries: 1 })
    for (let turn = 0; turn < 200; turn++) {
      if ((await resolver.ask(parent.name, 'SOA')).kind === 'found') return { at, stop }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(
      `named did not answer: ${['origin', 'front'].map((one) => readFileSync(join(folder, one, 'log'), 'utf8').slice(-2_000)).join('\n')}`,
    )
  } catch (error) {
    await stop()
    throw error
  }
}

function sign(folder: string, { name, records, signed }: ZoneFile): string {
  const file = join(folder, `${name}.zone`)
  const top = `$TTL 300\n$ORIGIN ${name}.\n@ SOA ns.${name}. root.${name}. 1 3600 600 86400 60\n@ NS ns.${name}.\nns A 127.0.0.1\n`
  writeFileSync(file, `${top}${records}\n`)
  if (signed === undefined) return ''
  const keys = join(folder, `${name}.keys`)
  mkdirSync(keys)
  const run = (program: string, args: string[]) =>
    execFileSync(find(program), args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  run('dnssec-keygen', ['-q', '-K', keys, '-a', 'ECDSAP256SHA256', '-f', 'KSK', name])
  const days = signed === 'expired' ? ['-P', '-s', '20200101000000', '-e', '20200201000000'] : []
  run('dnssec-signzone', ['-q', '-S', '-z', '-K', keys, '-o', name, '-f', `${file}.signed`, ...days, file])
  const text = readFileSync(`${file}.signed`, 'utf8')
  writeFileSync(file, signed === 'changed' ? text.replace(/p=none/g, 'p=reject') : text)
  return readFileSync(join(folder, `dsset-${name}.`), 'utf8')
}

const delegation = ({ name }: ZoneFile, vouching: string): string =>
  `${name}. NS ns.${name}.\nns.${name}. A 127.0.0.1\n${vouching}`

function keyLine(folder: string, zone: string): string {
  const keys = join(folder, `${zone}.keys`)
  const text = readFileSync(join(keys, readdirSync(keys).find((one) => one.endsWith('.key'))!), 'utf8')
  const [, flags, protocol, algorithm, key] = /DNSKEY\s+(\d+) (\d+) (\d+) ([^;]+)/.exec(text)!
  return `${flags} ${protocol} ${algorithm} "${key!.replace(/\s+/g, '')}"`
}

async function startNamed(
  folder: string,
  name: string,
  port: number,
  options: string,
  rest: string,
): Promise<() => Promise<void>> {
  const home = join(folder, name)
  mkdirSync(home)
  writeFileSync(
    join(home, 'named.conf'),
    `options { directory "${home}"; pid-file "${home}/pid"; session-keyfile "${home}/key"; lock-file none; managed-keys-directory "${home}";
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; notify no; ${options} };
controls { };\n${rest}\n`,
  )
  const child = spawn(join(folder, 'named'), ['-g', '-n', '1', '-c', join(home, 'named.conf')], {
    stdio: ['ignore', 'ignore', openSync(join(home, 'log'), 'w')],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return async () => {
    child.kill('SIGKILL')
    await ended
  }
}
