import { mailCheck } from './commands/mail-check.ts'

export const commands = [mailCheck]
