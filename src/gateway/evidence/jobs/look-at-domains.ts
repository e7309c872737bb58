import { z } from 'zod'
import { Fault, job, type ManualWork } from '../../../platform/index.ts'
import { gatherEvidence } from '../gather.ts'
import { domainsToLookAt, keepEvidence } from '../keep.ts'
import { openLookout } from '../lookout.ts'
import type { Lookout } from '../types.ts'

const most = 200
const atOnce = 8

/**
 * Looks each day at every domain that the directory names or somebody wrote to, and keeps what it proves with the day. Nothing is changed when
 * the resolver itself does not answer: what was proved before then ages by itself.
 */
export const lookAtDomains = job({
  name: 'gateway.look-at-domains',
  audit: 'gateway.domains-looked-at',
  payload: z.object({}),
  every: '1 hour',
  manual: true,
  attempts: 3,
  async run(work) {
    // An invented area speaks to nobody outside.
    if (!work.house.config.demo) await lookAround(work, openLookout(work.house.config))
  },
})

/** One round from this lookout: the domains whose last look is longest ago first. */
export async function lookAround(work: ManualWork, lookout: Lookout): Promise<void> {
  const root = await lookout.resolver.ask('.', 'SOA')
  if (root.kind === 'failed')
    throw new Fault(
      'gateway.resolver-silent',
      'The DNS resolver does not answer, so no mail domain was looked at. Check SAFEHAVEN_RESOLVER, or the resolver of this machine.',
    )
  const domains = await work.transaction((ctx) => domainsToLookAt(ctx, most), { act: 'gateway.domains-chosen' })
  for (let at = 0; at < domains.length; at += atOnce) {
    const some = domains.slice(at, at + atOnce)
    const found = await Promise.all(some.map((domain) => gatherEvidence(domain, lookout, work.house.clock.now())))
    await work.transaction(async (ctx) => {
      for (const evidence of found) await keepEvidence(ctx, evidence)
      ctx.about('domains', { looked: found.length, more: domains.length - at - found.length })
    })
  }
}
