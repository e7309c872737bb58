import type { Room } from './room.ts'

/** The rooms, in their line. A new room is one entry here. */
export const rooms: readonly Room[] = [
  { name: 'audit', commands: () => import('../audit/commands.ts'), room: () => import('../audit/room.ts') },
  { name: 'protocols', commands: () => import('../protocols/commands.ts') },
  { name: 'scanning', commands: () => import('../scanning/commands.ts') },
  { name: 'gateway', commands: () => import('../gateway/commands.ts') },
]
