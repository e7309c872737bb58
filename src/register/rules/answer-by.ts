import type { Check } from '../answer.ts'

const HOUR = 3_600_000

/**
 * By when a keeper answers: an hour where harm is about to happen, four where significant harm is likely, otherwise a day. No source document
 * sets a time for this; these are the product's own, and whoever cannot wait is told to telephone.
 */
export function answerBy(risk: Check['risk'], asked: Date): Date {
  const hours = risk === 'imminent-harm' ? 1 : risk === 'significant-harm' ? 4 : 24
  return new Date(asked.getTime() + hours * HOUR)
}
