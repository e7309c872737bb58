import { dedupe } from './commands/dedupe.ts'
import { link } from './commands/link.ts'

export const commands = [link, dedupe]
