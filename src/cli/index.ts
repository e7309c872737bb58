// CLI: the kit for commands. A command states what it takes, what it needs and how its act is recorded.
// One JSON document, or one a line, on standard output with --json; exits 0 done, 1 the answer is no, 2 called wrongly, 3 a fault.
// Light to import, so that a command that needs no database starts at once.
export {
  type ArgumentSpec,
  type Command,
  type CommandDefinition,
  command,
  type Given,
  type OptionSpec,
  UsageError,
} from './command.ts'
export { type Io, openIo, type Streams, unreadable } from './io.ts'
export { type CommandLine, runCommandLine } from './run.ts'
