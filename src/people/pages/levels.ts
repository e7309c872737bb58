import { z } from 'zod'
import { page, redirect, view } from '../../web/index.ts'
import { CLEARANCES, ROLES, type Role } from '../roles.ts'
import { keepRoleLevel, roleLevels } from '../store/agencies.ts'

const fields = Object.fromEntries(
  Object.keys(ROLES).map((role) => [role, z.enum(CLEARANCES, 'Choose a level')]),
) as Record<Role, z.ZodEnum<{ anonymised: 'anonymised'; personal: 'personal'; sensitive: 'sensitive' }>>

/** WY-32: each authority gives a level to each of the nine roles. */
export const levels = page({
  path: '/users/levels',
  permission: 'user.admin',
  audit: 'user.levels',
  auditPost: 'user.levels-set',
  async get(ctx) {
    const set = new Map((await roleLevels(ctx.tx, ctx.actor.agency ?? '')).map((one) => [one.role, one.level]))
    return view('people/pages/levels.njk', {
      title: 'What each role may see',
      backTo: '/users',
      roles: Object.entries(ROLES).map(([id, text]) => ({ id, text, level: set.get(id) ?? 'anonymised' })),
      levels: CLEARANCES,
    })
  },
  form: z.object(fields),
  async post(ctx, { form }) {
    for (const [role, level] of Object.entries(form))
      await keepRoleLevel(ctx.tx, ctx.actor.agency ?? '', role, level, ctx.actor.name)
    ctx.about(ctx.actor.agency ?? '', form)
    return redirect('/users/levels')
  },
})
