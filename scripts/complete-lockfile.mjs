// Completes package-lock.json after `npm install` against a registry that does not hold every platform's binaries: npm then leaves out the entries of
// optional packages for other platforms, and npm 11's `npm ci` refuses the file. Run: node scripts/complete-lockfile.mjs
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))
const SYSTEMS = ['android', 'darwin', 'linux', 'freebsd', 'openharmony', 'win32', 'windows']
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64']

let added = 0
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const own = `node_modules/${name}`
    if (lock.packages[own] !== undefined || lock.packages[`${place}/${own}`] !== undefined) continue
    const words = name.split(/[/-]/)
    const system = words.find((word) => SYSTEMS.includes(word))
    const processor = words.find((word) => PROCESSORS.includes(word))
    if (system === undefined || processor === undefined || !/^\d/.test(version)) continue
    lock.packages[own] = {
      version,
      cpu: [processor],
      ...(entry.dev ? { dev: true } : {}),
      ...(/musl/.test(name) ? { libc: ['musl'] } : {}),
      optional: true,
      os: [system === 'windows' ? 'win32' : system],
    }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)))
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} entries added`)
