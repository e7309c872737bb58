import { command, UsageError } from '../../cli/index.ts'
import type { Kind } from '../../protocols/index.ts'

export const agencyList = command({
  name: 'agency list',
  summary: 'lists the agencies, authorities first',
  audit: 'agency.list',
  needs: 'database',
  async run(io, _given, ctx) {
    const { listAgencies } = await import('../store/agencies.ts')
    for (const agency of await listAgencies(ctx.tx))
      await io.answer(
        agency,
        () => `${agency.id}  ${agency.name} (${agency.kind}${agency.keepsRegister ? ', keeps a register' : ''})`,
      )
  },
})

export const agencyAdd = command({
  name: 'agency add',
  summary: 'adds an agency; with --register an authority, whose id is then the code of its register and area',
  audit: 'agency.added',
  needs: 'database',
  arguments: { id: { summary: 'small letters, digits and hyphens' } },
  options: {
    fullName: { value: 'NAME', summary: 'as it is shown', required: true },
    kind: { value: 'KIND', summary: 'such as social-care, police, health, school', required: true },
    register: { summary: 'it keeps a register' },
    area: { value: 'CODE', summary: 'the authority in whose area it works' },
    hubTelephone: { value: 'NUMBER', summary: 'its safeguarding hub' },
    telephone: { value: 'NUMBER', summary: 'its switchboard' },
    postal: { value: 'ADDRESS', summary: 'where post reaches it' },
    protocol: { value: 'ID', summary: 'the written protocol that it works under' },
  },
  async run(io, given, ctx) {
    const { agencyById, keepAgency } = await import('../store/agencies.ts')
    const { findProtocol, KINDS } = await import('../../protocols/index.ts')
    if (!/^[a-z0-9][a-z0-9-]{1,59}$/.test(given.id))
      throw new UsageError('The id is made of small letters, digits and hyphens, such as marlow-dene.')
    if (!(KINDS as readonly string[]).includes(given.kind))
      throw new UsageError(`--kind is one of ${KINDS.join(', ')}.`)
    if (given.area !== undefined && (await agencyById(ctx.tx, given.area))?.keepsRegister !== true)
      throw new UsageError(`There is no authority ${given.area}.`)
    if (given.protocol !== undefined && findProtocol(given.protocol) === undefined)
      throw new UsageError(`There is no protocol ${given.protocol}. See: safehaven protocol list`)
    const optional = Object.fromEntries(
      Object.entries({
        area: given.area,
        hubTelephone: given.hubTelephone,
        telephone: given.telephone,
        postal: given.postal,
        protocol: given.protocol,
      }).filter(([, value]) => value !== undefined),
    )
    if (
      !(await keepAgency(ctx.tx, {
        id: given.id,
        name: given.fullName,
        kind: given.kind as Kind,
        keepsRegister: given.register,
        ...optional,
      }))
    )
      throw new UsageError(`There is an agency ${given.id} already.`)
    ctx.about(given.id)
    await io.answer(await agencyById(ctx.tx, given.id), () => `${given.fullName} is added.`)
  },
})
