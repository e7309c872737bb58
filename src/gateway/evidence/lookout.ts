import { getServers } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { Config } from '../../platform/index.ts'
import { openResolver } from './resolver.ts'
import type { Lookout } from './types.ts'

/** Networks that are somebody's own (RFC 6890): a mail server or policy there is none that the world can reach. */
const own = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  own.addSubnet(net, bits, 'ipv4')

/** Of the newer addresses only those given out to the world, and of them none that stand for an older one. */
const world = new BlockList()
world.addSubnet('2000::', 3, 'ipv6')
const stand = new BlockList()
stand.addSubnet('2001::', 23, 'ipv6')
stand.addSubnet('2001:db8::', 32, 'ipv6')
stand.addSubnet('2002::', 16, 'ipv6')

export function mayReach(ip: string): boolean {
  const kind = isIP(ip)
  if (kind === 4) return !own.check(ip, 'ipv4')
  return kind === 6 && world.check(ip, 'ipv6') && !stand.check(ip, 'ipv6')
}

/** From where this installation looks: SAFEHAVEN_RESOLVER, or the first resolver of the system. */
export function openLookout({ resolver }: Config): Lookout {
  const at = resolver ?? getServers()[0] ?? '127.0.0.1:53'
  return { resolver: openResolver({ at: bracketed(at) }), ports: { smtp: 25, https: 443 }, mayReach, patience: 15_000 }
}

const bracketed = (at: string): string => (isIP(at) === 6 ? `[${at}]` : at)
