import { check } from './commands/check.ts'
import { importFile } from './commands/import.ts'

export const commands = [importFile, check]
