import { type Argument, Command as Commander, type CommanderError } from 'commander'
import { type Actor, actIn, isFault, type OpenHouse, operator, readAccount, type Wishes } from '../platform/index.ts'
import { type Command, type OptionSpec, UsageError } from './command.ts'
import { openIo, type Streams } from './io.ts'

export interface CommandLine {
  readonly commands: readonly Command[]
  readonly streams: Streams
  readonly version: string
  /** Opens the house for a command that needs it. */
  readonly open: (wishes: Wishes) => Promise<OpenHouse>
}

/** Runs one command line and gives its exit code: 0 done, 1 the answer is no, 2 called wrongly, 3 a fault. */
export async function runCommandLine(line: CommandLine, args: readonly string[]): Promise<number> {
  const { streams } = line
  let code = 0
  const program = new Commander('safehaven')
    .description('Share what protects a child, and nothing more.')
    .version(line.version)
  dress(program, streams)
  const groups = new Map<string, Commander>()
  for (const one of line.commands) {
    const words = one.name.split(' ')
    const last = words.pop()!
    const parent = groupOf(program, groups, words, streams)
    const sub = parent.command(last).description(one.summary)
    dress(sub, streams)
    describe(sub, one)
    sub.action(async () => {
      code = await perform(line, one, sub)
    })
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    return exitOf(error, streams)
  }
}

function dress(program: Commander, streams: Streams): void {
  program.exitOverride().showHelpAfterError('(add --help to see how it is called)')
  program.configureOutput({
    writeOut: (text) => void streams.output.write(text),
    writeErr: (text) => void streams.errors.write(text.replace(/^error: /, '')),
  })
}

function groupOf(
  program: Commander,
  groups: Map<string, Commander>,
  words: readonly string[],
  streams: Streams,
): Commander {
  let parent = program
  words.forEach((word, index) => {
    const path = words.slice(0, index + 1).join(' ')
    const known = groups.get(path)
    if (known === undefined) {
      const group = parent.command(word).description(`${word} …`)
      dress(group, streams)
      groups.set(path, group)
      parent = group
    } else parent = known
  })
  return parent
}

const dashed = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function describe(sub: Commander, one: Command): void {
  for (const [name, spec] of Object.entries(
    (one.arguments ?? {}) as Record<string, { summary: string; optional?: true; many?: true }>,
  )) {
    const inner = `${name}${spec.many ? '...' : ''}`
    sub.argument(spec.optional ? `[${inner}]` : `<${inner}>`, spec.summary)
  }
  for (const [name, spec] of Object.entries((one.options ?? {}) as Record<string, OptionSpec>)) {
    const flag = `--${dashed(name)}${spec.value === undefined ? '' : ` <${spec.value}>`}`
    const option = sub.createOption(flag, spec.summary)
    if (spec.default !== undefined) option.default(spec.default)
    if (spec.required) option.makeOptionMandatory()
    if (spec.many)
      option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]).default([], 'none')
    sub.addOption(option)
  }
  sub.option('--json', 'answer as JSON on standard output, everything else on standard error')
  if (one.needs !== 'nothing' && !('data' in (one.options ?? {})))
    sub.option('--data <DIR>', 'data folder of the embedded database', 'data')
}

async function perform(line: CommandLine, one: Command, sub: Commander): Promise<number> {
  const options = sub.opts()
  const io = openIo(options.json === true, line.streams)
  const switches = Object.entries((one.options ?? {}) as Record<string, OptionSpec>).filter(
    ([, spec]) => spec.value === undefined,
  )
  const given: Record<string, unknown> = { ...Object.fromEntries(switches.map(([name]) => [name, false])), ...options }
  sub.registeredArguments.forEach((argument: Argument, index) => {
    given[argument.name()] = sub.processedArgs[index]
  })
  if (one.needs === 'nothing') return (await one.run(io, given as never)) ?? 0
  if (one.needs === 'house when asked' && !one.asks(given as never))
    return (await one.run(io, given as never, undefined)) ?? 0
  const opened = await line.open({ data: String(options.data ?? 'data') })
  const actor: Actor = operator(readAccount())
  try {
    const { house } = opened
    if (one.needs === 'database') {
      return (
        (await actIn(
          house,
          { actor, act: one.audit, outcomeOf: () => 'done', transaction: { statementTimeout: 0 } },
          (ctx) => Promise.resolve(one.run(io, given as never, ctx)),
        )) ?? 0
      )
    }
    const code = await one.run(io, given as never, {
      house,
      actor,
      now: house.clock.now(),
      attempt: 1,
      last: true,
      transaction: (work, act = {}) =>
        actIn(house, { actor, ...act, act: act.act ?? one.audit, transaction: { statementTimeout: 0 } }, work),
    })
    return code ?? 0
  } finally {
    await opened.close()
  }
}

function exitOf(error: unknown, { errors }: Streams): number {
  if (error instanceof UsageError) {
    errors.write(`${error.message}\n`)
    return 2
  }
  const commander = error as CommanderError
  if (typeof commander?.code === 'string' && commander.code.startsWith('commander.'))
    return commander.exitCode === 0 ? 0 : 2
  if (isFault(error)) {
    errors.write(`${error.sentence}\n(${error.code}, reference ${error.reference})\n`)
    // What a page would refuse is a no here too; a fault is what nobody who calls can answer for.
    return error.status >= 400 && error.status < 500 ? 1 : 3
  }
  errors.write(`Something went wrong: ${error instanceof Error ? error.message : String(error)}\n`)
  return 3
}
