// The command line: `safehaven …`. Loads no server unless a command needs one.
import { readFileSync } from 'node:fs'
import { runCommandLine } from '../cli/index.ts'
import { commands } from './commands.ts'
import { rooms } from './rooms.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}
// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3))

const loaded = await Promise.all(rooms.map((room) => room.commands?.()))
const code = await runCommandLine(
  {
    commands: [...commands, ...loaded.flatMap((module) => module?.commands ?? [])],
    streams: { input: process.stdin, output: process.stdout, errors: process.stderr },
    version,
    open: async (wishes) => (await import('./open.ts')).open(wishes),
  },
  process.argv.slice(2),
)
process.exitCode = code
