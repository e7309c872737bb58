import { formatDay } from '../web/index.ts'
import type { CheckAnswer } from './answer.ts'
import { linesOf } from './pages/answer-line.ts'
import { percent } from './rules/doubt.ts'
import { inWords } from './rules/in-words.ts'
import { ITEM_ORDER, itemWords } from './rules/words.ts'

/** The answer in one line: who knows the child, or what can be said instead. */
export function titleOf({ outcome, found, near, searched, toAdd }: CheckAnswer): string {
  if (found.length > 0) return `Known to ${[...new Set(found.map((one) => one.authorityName))].join(', ')}`
  if (near.length > 0)
    return `Perhaps known to ${[...new Set(near.map((one) => one.authorityName))].join(', ')}: no name can be shown`
  if (toAdd !== undefined && searched.some((one) => one.answers)) return 'Too little to find anybody by'
  const answering = searched.filter((one) => one.answers).map((one) => one.name)
  if (outcome === 'known') return 'This answer may no longer be shown'
  if (outcome === 'not-known') return 'Not known'
  return answering.length === 0
    ? 'You may not be told whether this child is known'
    : `Not known to ${answering.join(', ')}; the other registers may not answer you`
}

/** An answer as a person reads it on a terminal. */
export function wordsFor(answer: CheckAnswer): string {
  const entries = answer.searched.reduce((sum, one) => sum + one.entries, 0).toLocaleString('en-GB')
  return [
    `${titleOf(answer)}. ${entries} entries of ${answer.searched.length} registers were searched.`,
    ...answer.found.flatMap((one) => [
      `${one.authorityName} (the same person with ${percent(one.probability)}, level ${one.level}):`,
      ...Object.entries(one.shown)
        .sort(([item], [other]) => ITEM_ORDER.indexOf(item) - ITEM_ORDER.indexOf(other))
        .map(([item, lines]) => `  ${itemWords(item)}: ${lines.map(inWords).join('; ')}`),
      ...together(one.withheld, ({ because }) => said(because)).map(
        ([because, withheld]) => `  Not shown: ${withheld.map(({ item }) => itemWords(item)).join(', ')}. ${because}`,
      ),
    ]),
    ...linesOf(answer, answer.at.slice(0, 10)).map(
      ({ lanes, joints }) =>
        `One child in time: ${lanes.map((one) => `${one.authorityName} ${one.since === undefined ? '(no day that may be seen)' : `${one.since} to ${one.until}`}`).join('; ')}. ${joints.map(({ text }) => text).join(' ')}`,
    ),
    ...together(answer.near, (one) => one.authorityName).map(
      ([name]) => `${name} holds somebody who may be the child; ask its keeper.`,
    ),
    ...together(
      answer.searched.filter((one) => !one.answers),
      ({ because, needs }) => said(because[0] ?? needs[0] ?? { text: '', cites: [] }),
    ).map(([because, closed]) => `${closed.map(nameAndTelephone).join(', ')} may not answer you: ${because}`),
    ...answer.searched
      .filter((one) => one.stale)
      .map(
        ({ name, fedAt }) =>
          `${name} ${fedAt === undefined ? 'was never fed' : `was last fed on ${formatDay(fedAt)}`}: it may lack somebody.`,
      ),
    answer.doubt,
    ...(answer.toAdd === undefined ? [] : [`What would help: ${answer.toAdd.join('; ')}. Add one, and ask again.`]),
  ].join('\n')
}

const said = ({ text, cites }: { text: string; cites: readonly string[] }): string => `${text} (${cites.join(', ')})`
const nameAndTelephone = ({ name, telephone }: CheckAnswer['searched'][number]): string =>
  telephone === undefined ? name : `${name} (${telephone})`

/** Those of whom the same is to be said, together, in the order in which each was first met. */
function together<T>(all: readonly T[], of: (one: T) => string): [string, T[]][] {
  const found = new Map<string, T[]>()
  for (const one of all) found.set(of(one), [...(found.get(of(one)) ?? []), one])
  return [...found]
}
