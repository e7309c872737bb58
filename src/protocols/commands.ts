import { decideCommand } from './commands/decide.ts'
import { protocolCheck, protocolDiff, protocolList, protocolWords } from './commands/protocol.ts'

export const commands = [decideCommand, protocolList, protocolCheck, protocolDiff, protocolWords]
