import { pack } from './commands/pack.ts'
import { unpack } from './commands/unpack.ts'

export const commands = [pack, unpack]
