import { agencyById, userById } from '../people/index.ts'
import type { Context } from '../platform/index.ts'
import { isOfEntry, itemWords, whatChanged } from '../register/index.ts'
import { childrenOf, disclosureRow } from '../sharing/index.ts'
import { hasIt } from './correct-disclosure.ts'
import { findConsignment, sentBy } from './store/consignments.ts'
import { dispatchesOf } from './store/dispatches.ts'
import { CORRECTED, insertTasks } from './store/tasks.ts'

export interface RegisterCorrected {
  readonly asker: string
  readonly enquiry: string
  readonly entry: number
}

const A_DAY = 24 * 3_600_000
/** So many of a worker's disclosures are looked at, the last first. */
const LOOKED_AT = 500

/** A task's kind says which item of which entry was corrected, so that the same correction is owed once. */
const kindOf = ({ enquiry, entry }: RegisterCorrected, item: string): string =>
  `${CORRECTED} ${enquiry} ${entry} ${item}`

/** Which correction a task is about; undefined where it is another kind of task. */
export function correctionIn(kind: string): { enquiry: string; entry: number; item: string } | undefined {
  const [what, enquiry, entry, item] = kind.split(' ')
  if (what !== CORRECTED || enquiry === undefined || entry === undefined || item === undefined) return undefined
  return { enquiry, entry: Number(entry), item }
}

/**
 * A register has corrected what a worker was shown. Of each disclosure about the same child that held what was corrected, and that the worker has sent, or a colleague
 * since the worker was shown it, the worker is owed a task: to send the correction to everyone who has it (BEX-55). The task names the item, and neither what it
 * says nor the child. The colleague who sent it was not shown the entry and is told nothing of the register, for that it is there is itself information; they
 * are told when the worker begins the correction.
 */
export async function tellOfCorrection(ctx: Context, correction: RegisterCorrected): Promise<void> {
  const { authority, changed, asked } = await whatChanged(ctx, correction)
  let owed = 0
  if (changed.length > 0 && asked !== undefined) {
    const keeper = (await agencyById(ctx.tx, authority))?.name ?? authority
    const user = await userById(ctx.tx, correction.asker)
    for (const id of await sentBy(
      ctx.tx,
      { user: correction.asker, agency: asked.agency, since: asked.at },
      LOOKED_AT,
    )) {
      const items = await itemsToCorrect(ctx, id, correction, changed)
      const consignment = await findConsignment(ctx, id)
      if (consignment === undefined) continue
      const { sender } = consignment
      const own = sender.userId === correction.asker
      if (!own && user === undefined) continue
      owed += items.length
      await insertTasks(
        ctx,
        items.map((item) => ({
          disclosure: id,
          kind: kindOf(correction, item),
          text: `The register of ${keeper} now says something else under “${itemWords(item)}”, which ${own ? 'you have' : `${sender.name} has`} sent on${own ? '' : ' since you were shown it'}. Send the correction to everyone who has it.`,
          cites: ['BEX-55', 'UKGDPR-19'],
          owner: { userId: correction.asker, name: own ? sender.name : user!.name, agency: sender.agency },
          due: new Date(ctx.now.getTime() + A_DAY),
        })),
      )
    }
  }
  ctx.about(correction.enquiry, { entry: correction.entry, tasks: owed })
}

/** What of a disclosure must be put right: items that went out and have changed since; none where nobody has it, or it is about somebody else. */
async function itemsToCorrect(
  ctx: Context,
  id: string,
  correction: RegisterCorrected,
  changed: readonly { readonly item: string }[],
): Promise<string[]> {
  const consignment = await findConsignment(ctx, id)
  const items = changed
    .map(({ item }) => item)
    .filter((item) => consignment?.decision.items.some((one) => one === item))
  if (items.length === 0 || !(await dispatchesOf(ctx.tx, id)).some(hasIt)) return []
  const row = await disclosureRow(ctx.tx, id)
  if (row === undefined || row.form === 'program') return []
  return (await isOfEntry(ctx, correction, childrenOf(row.draft))) ? items : []
}
