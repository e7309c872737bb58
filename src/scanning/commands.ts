import { scanText } from './commands/scan.ts'

export const commands = [scanText]
