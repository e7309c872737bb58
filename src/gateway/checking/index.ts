/** Messages are read and checked in threads of their own, each bounded in processor time and memory; the sessions go on meanwhile. */
export { Checkers, checkers, type HeldMessage } from './checkers.ts'
export type { CheckOptions, Looked, Stamp } from './tasks.ts'
export { TooMuch } from './threads.ts'
