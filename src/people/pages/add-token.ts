import { z } from 'zod'
import { fingerprint, newToken } from '../../platform/index.ts'
import { choice, choices, invalid, notFound, page, text, view } from '../../web/index.ts'
import { PERMISSIONS, type Permission } from '../permissions.ts'
import { addToken } from '../store/sessions.ts'
import { userById } from '../store/users.ts'

const LASTS = { '30': '30 days', '90': '90 days', '365': 'A year' } as const
const NAMES = Object.keys(PERMISSIONS) as [Permission, ...Permission[]]

/** A token is shown once; only its fingerprint is kept. */
export const makeToken = page({
  path: '/account/tokens/add',
  permission: 'account.own',
  audit: 'account.token-page',
  auditPost: 'account.token-made',
  async get(ctx) {
    const person = await userById(ctx.tx, ctx.actor.id)
    if (person === undefined) return notFound()
    const offered = [...person.permissions].filter((one) => one !== 'account.own')
    return view('people/pages/add-token.njk', {
      title: 'Make a token for a program',
      backTo: '/account',
      lasts: Object.entries(LASTS),
      offered: offered.map((id) => ({ id, text: PERMISSIONS[id] })),
    })
  },
  form: z.object({
    label: text('Say which program it is for', 100),
    permissions: choices(NAMES),
    lasts: choice(['30', '90', '365'], 'Choose how long it lasts'),
  }),
  async post(ctx, { form }) {
    const person = await userById(ctx.tx, ctx.actor.id)
    if (person === undefined) return notFound()
    const granted = form.permissions.filter((one) => person.permissions.has(one) && one !== 'account.own')
    if (granted.length === 0) return invalid({ permissions: 'Choose what the program may do' })
    const token = `sh_${newToken()}`
    const expiresAt = new Date(ctx.now.getTime() + Number(form.lasts) * 86_400_000)
    await addToken(
      ctx.tx,
      { userId: person.id, label: form.label, permissions: granted, madeAt: ctx.now, expiresAt },
      fingerprint(token),
    )
    ctx.about(person.id, { permissions: granted })
    return view('people/pages/token-made.njk', { title: 'The token is made', token, expiresAt, backTo: '/account' })
  },
})
