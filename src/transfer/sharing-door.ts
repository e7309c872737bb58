import { existsSync } from 'node:fs'
import type { Context } from '../platform/index.ts'
import type { Consignment } from './consignment.ts'

interface SharingDoor {
  disclosureForDispatch(ctx: Context, id: string): Promise<Consignment | undefined>
  recordSent(ctx: Context, id: string): Promise<void>
}
const address = new URL('../sharing/index.ts', import.meta.url)
const door = async (): Promise<SharingDoor | undefined> =>
  existsSync(address) ? ((await import(address.href)) as SharingDoor) : undefined

export const disclosureForDispatch = async (ctx: Context, id: string) => (await door())?.disclosureForDispatch(ctx, id)
export const recordSent = async (ctx: Context, id: string) => (await door())?.recordSent(ctx, id)
