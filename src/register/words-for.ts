import type { CheckAnswer } from './answer.ts'
import { linesOf } from './pages/answer-line.ts'

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
      `${one.authorityName} (${(one.probability * 100).toFixed(1)} %, level ${one.level}):`,
      ...Object.entries(one.shown).map(([item, lines]) => `  ${item}: ${lines.join('; ')}`),
      ...one.withheld
        .slice(0, 20)
        .map(({ item, because }) => `  ${item} withheld: ${because.text} (${because.cites.join(', ')})`),
    ]),
    ...linesOf(answer, answer.at.slice(0, 10)).map(
      ({ lanes, joints }) =>
        `One child in time: ${lanes.map((one) => `${one.authorityName} ${one.since === undefined ? '(no day that may be seen)' : `${one.since} to ${one.until}`}`).join('; ')}. ${joints.map(({ text }) => text).join(' ')}`,
    ),
    ...answer.near.map((one) => `${one.authorityName} holds somebody who may be the child; ask its keeper.`),
    ...answer.searched.flatMap((one) => [
      ...(one.answers
        ? []
        : [
            `${one.name} may not answer you: ${one.because[0]?.text ?? one.needs.map((need) => need.text).join(' ')} (${one.because[0]?.cites.join(', ') ?? ''})`,
          ]),
      ...(one.stale
        ? [`${one.name}: ${one.fedAt === undefined ? 'never fed' : `last fed ${one.fedAt.slice(0, 10)}`}.`]
        : []),
    ]),
    answer.doubt,
    ...(answer.toAdd === undefined ? [] : [`Add ${answer.toAdd.join(', ')}, and ask again.`]),
  ].join('\n')
}
