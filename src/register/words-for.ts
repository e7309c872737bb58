import type { CheckAnswer } from './answer.ts'

export const OUTCOMES = {
  known: 'Known',
  'possibly-known': 'Possibly known',
  'not-known': 'Not known',
  'may-not-be-told': 'You may not be told',
} as const

/** An answer as a person reads it on a terminal. */
export function wordsFor(answer: CheckAnswer): string {
  const entries = answer.searched.reduce((sum, one) => sum + one.entries, 0)
  return [
    `${OUTCOMES[answer.outcome]}. ${entries} entries of ${answer.searched.length} registers were searched.`,
    ...answer.found.flatMap((one) => [
      `${one.authorityName} (${(one.probability * 100).toFixed(1)} %, level ${one.level}):`,
      ...Object.entries(one.shown).map(([item, lines]) => `  ${item}: ${lines.join('; ')}`),
      ...one.withheld
        .slice(0, 20)
        .map(({ item, because }) => `  ${item} withheld: ${because.text} (${because.cites.join(', ')})`),
    ]),
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
  ].join('\n')
}
