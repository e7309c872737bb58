import type { Context } from '../platform/index.ts'
import type { Known } from './answer.ts'
import { soughtPerson } from './rules/sought.ts'
import { type Candidate, candidatesFor } from './search.ts'
import { unbornOf } from './store/kin.ts'

/** Nobody's number: the statement is made in any case, so that the time taken says nothing of who is there. */
const NOBODY = -1

/**
 * Who a parent may be where a parent is named and no child: an unborn child stands under the mother's entry alone. Only those who are believed to be that
 * parent and have an unborn child. `today` is YYYY-MM-DD. Needs to stand past the wall.
 */
export async function mothersNamed(ctx: Context, known: Known, today: string): Promise<Candidate[]> {
  const { name, given, family, aliases, nhsNumber, upn, parent, postcode, address, telephone } = known
  if (parent === undefined || [name, given, family, aliases?.[0], nhsNumber, upn].some((one) => one !== undefined))
    return []
  const sought = {
    name: parent,
    ...(postcode === undefined ? {} : { postcode }),
    ...(address === undefined ? {} : { address }),
    ...(telephone === undefined ? {} : { telephone }),
  }
  const accepted = (await candidatesFor(ctx, soughtPerson(sought, today))).candidates.filter((one) => one.accepted)
  const children = await unbornOf(ctx.tx, [NOBODY, ...accepted.map((one) => one.id)])
  return accepted.filter((one) => children.some((child) => child.mother === one.id))
}
