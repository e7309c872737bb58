import type { Job } from '../platform/index.ts'

export const jobs: readonly Job<never>[] = []
