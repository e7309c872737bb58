// The whole hub in one sealed file, and back.
export type { Restored } from './restore-backup.ts'
export { restoreBackup } from './restore-backup.ts'
export { type BackedUp, writeBackup } from './write-backup.ts'
