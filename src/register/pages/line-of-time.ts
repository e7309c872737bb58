import { formatDay, markup } from '../../web/index.ts'
import { colourOf, drawLine } from '../rules/draw-line.ts'
import type { Joint, Lane, LineOfTime } from '../rules/line-of-time.ts'
import type { Span } from '../rules/spans.ts'

/** Wide enough for a table's column, and for a telephone. */
const WIDE = 620
const NARROW = 340

/** A line of time as its template shows it: the picture in two widths, the same as rows of a table, and how the lanes follow on one another. */
export const shownLine = <T extends Lane>(line: LineOfTime & { readonly lanes: readonly T[] }, today: string) => ({
  wide: markup(drawLine(line, today, WIDE)),
  narrow: markup(drawLine(line, today, NARROW)),
  lanes: line.lanes.map((lane, index) => ({
    ...lane,
    colour: colourOf(index),
    since: lane.from === undefined ? undefined : formatDay(lane.from),
    until: lane.from === undefined ? undefined : lane.to === undefined ? 'now' : formatDay(lane.to),
    facts: factsOf(lane.spans ?? []),
  })),
  joints: line.joints.map(jointWords),
})

/** What is dated, in words, the meetings and referrals each in one line. */
function factsOf(spans: readonly Span[]): string[] {
  const lasting = spans.filter((one) => one.kind !== 'meeting' && one.kind !== 'referral')
  const days = (kind: Span['kind']): string =>
    spans
      .filter((one) => one.kind === kind)
      .map((one) => formatDay(one.from))
      .join('; ')
  return [
    ...lasting.map(
      ({ kind, text, from, to }) =>
        `${kind === 'lived' ? 'Lived at ' : ''}${text}, ${formatDay(from)} to ${to === undefined ? 'now' : formatDay(to)}`,
    ),
    ...(days('meeting') === '' ? [] : [`Child protection meetings: ${days('meeting')}`]),
    ...(days('referral') === '' ? [] : [`Referrals: ${days('referral')}`]),
  ]
}

function jointWords(joint: Joint): { readonly text: string; readonly warns: boolean } {
  const [before, after] = [joint.before.authorityName, joint.after.authorityName]
  switch (joint.kind) {
    case 'moved':
      return { text: `From ${before} to ${after} on ${formatDay(joint.on)}, with no day between.`, warns: false }
    case 'gap':
      return {
        text: `${joint.days === 1 ? 'For a day' : `For ${joint.days.toLocaleString('en-GB')} days`}, ${formatDay(joint.from)} to ${formatDay(joint.to)}, nothing that you may see says where the child was.`,
        warns: true,
      }
    case 'both':
      return {
        text: `${before} and ${after} both have the child with them from ${formatDay(joint.from)}${joint.to === undefined ? ' until now: one of them may not have heard of the move' : ` to ${formatDay(joint.to)}`}.`,
        warns: true,
      }
  }
}
