import type { Command } from '../cli/index.ts'

export const commands: readonly Command[] = []
