import type { Context, ManualWork } from '../platform/index.ts'
import type { Io } from './io.ts'

export interface OptionSpec {
  readonly summary: string
  /** What stands for its value in the help ("CODE"); absent, the option is a switch. */
  readonly value?: string
  readonly required?: true
  readonly default?: string
  /** May be given several times. */
  readonly many?: true
}

export interface ArgumentSpec {
  readonly summary: string
  readonly optional?: true
  /** Takes all that follow; only the last argument may. */
  readonly many?: true
}

type OptionValue<Spec extends OptionSpec> = Spec extends { value: string }
  ? Spec extends { many: true }
    ? readonly string[]
    : Spec extends { required: true } | { default: string }
      ? string
      : string | undefined
  : boolean
type ArgumentValue<Spec extends ArgumentSpec> = Spec extends { many: true }
  ? readonly string[]
  : Spec extends { optional: true }
    ? string | undefined
    : string

export type Given<Arguments extends Record<string, ArgumentSpec>, Options extends Record<string, OptionSpec>> = {
  readonly [Name in keyof Arguments]: ArgumentValue<Arguments[Name]>
} & { readonly [Name in keyof Options]: OptionValue<Options[Name]> }

/** What the command does: 0 or nothing when it did its work, 1 when the answer is no. */
type Ran = Promise<0 | 1 | undefined> | Promise<void>

interface CommandBase<Arguments extends Record<string, ArgumentSpec>, Options extends Record<string, OptionSpec>> {
  /** "scan", or "register import". */
  readonly name: string
  readonly summary: string
  /** The act that is recorded, where there is a database to record it in. */
  readonly audit: string
  readonly arguments?: Arguments
  /** Named in camelCase: `dateOfBirth` is --date-of-birth. */
  readonly options?: Options
}

/**
 * One command. `needs` says what it is given besides: nothing; the database, in one transaction with its audit entry; or the whole house, for
 * work of many transactions. Its module is loaded for every command line: what is heavy it imports inside `run`.
 */
export type CommandDefinition<
  Arguments extends Record<string, ArgumentSpec>,
  Options extends Record<string, OptionSpec>,
> = CommandBase<Arguments, Options> &
  (
    | { readonly needs: 'nothing'; run(io: Io, given: Given<Arguments, Options>): Ran }
    | { readonly needs: 'database'; run(io: Io, given: Given<Arguments, Options>, ctx: Context): Ran }
    | { readonly needs: 'house'; run(io: Io, given: Given<Arguments, Options>, work: ManualWork): Ran }
    | {
        readonly needs: 'house when asked'
        /** Whether this call needs the house. */
        asks(given: Given<Arguments, Options>): boolean
        run(io: Io, given: Given<Arguments, Options>, work: ManualWork | undefined): Ran
      }
  )

// Only the kit reads a command's options, so commands of every shape stand in one list.
// biome-ignore lint/suspicious/noExplicitAny: the shapes are checked where the command is written
export type Command = CommandDefinition<any, any>

export function command<
  const Arguments extends Record<string, ArgumentSpec> = Record<never, ArgumentSpec>,
  const Options extends Record<string, OptionSpec> = Record<never, OptionSpec>,
>(definition: CommandDefinition<Arguments, Options>): Command {
  return definition as unknown as Command
}

/** The command was called wrongly: the sentence says how it is called rightly. Exit 2. */
export class UsageError extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'UsageError'
  }
}
