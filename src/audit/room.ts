import { sealer } from './seal.ts'

export const services = [sealer]
