import { type Context, generatePassword, hashPassword, newId, randomReference } from '../../platform/index.ts'
import { addMailPassword } from './passwords-store.ts'

/**
 * Makes a password for one mail program, or for an agency's own mail server (`relay`). At least 80 bits, shown once, kept as argon2id. The
 * name to sign in with is its own, so that ending one leaves the others.
 */
export async function makeMailPassword(
  ctx: Context,
  wanted: { kind: 'user' | 'relay'; label: string; username: string },
): Promise<{ id: string; name: string; password: string }> {
  const id = newId()
  const name = `${wanted.username}-${randomReference().toLowerCase()}`
  const password = generatePassword()
  await addMailPassword(ctx.tx, {
    id,
    kind: wanted.kind,
    agency: ctx.actor.agency ?? '',
    userId: ctx.actor.id,
    name,
    label: wanted.label,
    hash: await hashPassword(password),
    madeAt: ctx.now,
  })
  ctx.about(id, { kind: wanted.kind })
  return { id, name, password }
}
