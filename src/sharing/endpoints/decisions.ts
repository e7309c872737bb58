import { z } from 'zod'
import { endpoint, problem } from '../../api/index.ts'
import { decide, disclosureSchema, findProtocol, protocolIds } from '../../protocols/index.ts'
import { ownProtocol } from '../protocol-in-force.ts'
import { dayOf } from '../rules/clocks.ts'

const decisionQuery = z.object({ protocol: z.string().max(60).optional(), on: z.iso.date().optional() })

/** A Disclosure in, a Decision out; nothing is recorded but that it was asked. */
export const decisions = endpoint({
  method: 'POST',
  path: '/api/v1/decisions',
  permission: 'protocol.read',
  audit: 'decision.asked',
  summary:
    'Asks what may be shared: a Disclosure in, a Decision out. Under the agency’s own protocol and today unless said.',
  query: decisionQuery,
  body: disclosureSchema,
  answer: z.looseObject({}),
  async run(ctx, { query, body }) {
    const protocol = query.protocol === undefined ? await ownProtocol(ctx) : findProtocol(query.protocol)
    if (protocol === undefined)
      return problem(
        404,
        'sharing.no-protocol',
        `There is no protocol “${query.protocol}”. Known: ${protocolIds().join(', ')}.`,
      )
    return { ...decide(body, protocol, query.on ?? dayOf(ctx.now)) }
  },
})
