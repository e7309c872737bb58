// Nothing typed is lost when the sign-in has run out: the form is kept sealed, and shown again to the same person in the same browser.
import { type House, newToken, sql, system } from '../platform/index.ts'
import type { Typed } from './typed.ts'

const PURPOSE = 'web.kept-form'

interface KeptForm {
  readonly path: string
  readonly user: string
  readonly browser: string
  readonly typed: Typed
}

/** Keeps a form and gives the id under which it is found again for a day. */
export async function keepForm(house: House, form: KeptForm): Promise<string> {
  const id = newToken(16)
  const sealed = house.secrets.seal(PURPOSE, JSON.stringify(form), id)
  await house.database.transaction(system, (tx) =>
    tx.run(sql`insert into platform.kept_form (id, sealed, kept_at) values (${id}, ${sealed}, ${house.clock.now()})`),
  )
  return id
}

/** What was typed, when this person in this browser typed it for this page within the last day; else undefined. */
export async function recallForm(house: House, id: string, asker: Omit<KeptForm, 'typed'>): Promise<Typed | undefined> {
  const since = new Date(house.clock.now().getTime() - 24 * 3_600_000)
  const row = await house.database.transaction(system, (tx) =>
    tx.maybe<{ sealed: Buffer }>(sql`select sealed from platform.kept_form where id = ${id} and kept_at > ${since}`),
  )
  if (row === undefined) return undefined
  const form = JSON.parse(house.secrets.open(PURPOSE, row.sealed, id).toString()) as KeptForm
  return form.path === asker.path && form.user === asker.user && form.browser === asker.browser ? form.typed : undefined
}
