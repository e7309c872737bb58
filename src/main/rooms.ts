import type { Room } from './room.ts'

/** The rooms, in their line. A new room is one entry here. */
export const rooms: readonly Room[] = [
  { name: 'audit', commands: () => import('../audit/commands.ts'), room: () => import('../audit/room.ts') },
  { name: 'protocols', commands: () => import('../protocols/commands.ts') },
  { name: 'people', commands: () => import('../people/commands.ts'), room: () => import('../people/room.ts') },
  { name: 'matching', commands: () => import('../matching/commands.ts') },
  { name: 'scanning', commands: () => import('../scanning/commands.ts') },
  { name: 'register', commands: () => import('../register/commands.ts'), room: () => import('../register/room.ts') },
  { name: 'sharing', room: () => import('../sharing/room.ts') },
  { name: 'transfer', commands: () => import('../transfer/commands.ts'), room: () => import('../transfer/room.ts') },
  { name: 'portal', room: () => import('../portal/room.ts') },
  { name: 'gateway', commands: () => import('../gateway/commands.ts'), room: () => import('../gateway/room.ts') },
  { name: 'testing', demo: true, room: () => import('../testing/room.ts') },
]
