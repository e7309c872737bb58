import type { CheckAnswer, Found } from '../answer.ts'
import { type LineOfTime, linesOfTime } from '../rules/line-of-time.ts'
import { DATED } from '../rules/spans.ts'
import { itemWords } from '../rules/words.ts'
import { shownLine } from './line-of-time.ts'

/**
 * The line of time of every child whom an answer shows in several registers: of each entry what this asker was shown, and of what is withheld that it is,
 * whatever the entry holds. `today`: the day of the answer, YYYY-MM-DD.
 */
export function linesOf({ found, searched }: CheckAnswer, today: string) {
  const closed = searched.some((one) => !one.answers)
  const linked = (one: Found, other: Found): boolean => one.linked.some(({ entry }) => entry === other.entry)
  return linesOfTime(
    found.filter((one) => one.under === undefined && one.spans !== undefined),
    linked,
  ).map((line) => ({ ...wordedLine(line, found, today), closed }))
}

function wordedLine(line: LineOfTime, found: readonly Found[], today: string) {
  const of = (entry: number): Found => found.find((one) => one.entry === entry)!
  const shown = shownLine(line, today)
  return {
    ...shown,
    registers: new Set(line.lanes.map((one) => one.authority)).size,
    lanes: shown.lanes.map((lane) => ({ ...lane, href: `#entry-${lane.entry}`, missing: missingOf(of(lane.entry)) })),
    sure: sureOf(line.lanes.map((one) => of(one.entry))),
  }
}

/** What is dated and not shown, which is the same whatever the entry holds. */
export const missingOf = ({ withheld }: Pick<Found, 'withheld'>): string[] =>
  withheld
    .filter(({ item }) => DATED.some((one) => one === item))
    .map(({ item }) => itemWords(item).toLocaleLowerCase('en'))

function sureOf(entries: readonly Found[]): string {
  const links = entries.flatMap((one) =>
    one.linked.filter(({ entry }) => entries.some((other) => other.entry === entry)),
  )
  const said = [...new Set(links.flatMap(({ by }) => (by === undefined ? [] : [by])))]
  if (links.every(({ how }) => how === 'said')) return `That they are one child was said by ${said.join(' and ')}.`
  return said.length === 0
    ? 'That they are one child is what the entries agree on; nobody has looked at it.'
    : `That they are one child was said of some of them by ${said.join(' and ')}, and is what the others agree on.`
}
