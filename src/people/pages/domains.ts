import { z } from 'zod'
import { domainOf } from '../../protocols/index.ts'
import { choice, day, invalid, optionalText, page, redirect, text, tick, view, withDays } from '../../web/index.ts'
import { channelState } from '../rules/channel.ts'
import { keepDomain, listDomains } from '../store/domains.ts'

export const domains = page({
  path: '/directory/domains',
  permission: 'directory.edit',
  audit: 'directory.domains',
  auditPost: 'directory.domain-kept',
  async get(ctx) {
    const today = ctx.now.toISOString().slice(0, 10)
    const found = (await listDomains(ctx.tx)).map((one) => ({ ...one, state: channelState(one, today) }))
    return view('people/pages/domains.njk', { title: 'What mail domains have proved', backTo: '/directory', found })
  },
  form: withDays(
    ['checkedOn'],
    z.object({
      domain: text('Enter the domain, the part after @', 253),
      tls: choice(['none', '1.1', '1.2', '1.3'], 'Choose the newest version that it speaks'),
      mtaSts: tick().default(false),
      dane: tick().default(false),
      dmarc: tick().default(false),
      accredited: tick().default(false),
      exploring: tick().default(false),
      checkedOn: day('Enter the day on which you looked'),
      note: optionalText(300),
    }),
  ),
  async post(ctx, { form }) {
    const found = domainOf(`someone@${form.domain.replace(/^.*@/, '')}`)
    if ('bad' in found) return invalid({ domain: found.bad })
    if (form.checkedOn > ctx.now.toISOString().slice(0, 10)) return invalid({ checkedOn: 'The day must not lie ahead' })
    const { tls, note, domain: _, ...proved } = form
    await keepDomain(ctx.tx, {
      ...proved,
      domain: found.domain,
      checkedBy: ctx.actor.name,
      ...(tls === 'none' ? {} : { tls }),
      ...(note === undefined ? {} : { note }),
    })
    ctx.about(found.domain)
    return redirect('/directory/domains')
  },
})
