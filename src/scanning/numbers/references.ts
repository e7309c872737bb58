import { kindsBefore, type Reading } from '../reading.ts'
import type { Mark } from '../span.ts'
import { shape } from '../tokens.ts'
import { kind } from '../words.ts'

const dotted = /[A-Z]\.[ ]?[A-Z]\.(?:[ ]?[A-Z]\.)?(?!\s?\p{Lu}\p{Ll})/uy
const common =
  /^(?:U\.?\s?S|U\.?\s?K|U\.?\s?N|E\.?\s?U|D\.?\s?O\.?\s?B|N\.?\s?B|P\.?\s?S|P\.?\s?O|Q\.?\s?C|B\.?\s?C|A\.?\s?D|D\.?\s?C|A\.?\s?M|P\.?\s?M|N\.?\s?I|G\.?\s?P)\.?/
const caseNumber =
  /(?:LCS|IAS|CRN|CRM|LL|ICS|EHM|Ref(?:erence)?|Case)(?: ?(?:no|number|ref|id)\b\.?)?[ :.#]{0,3}((?:[A-Z]{1,4}[-/ ]?)?\d[\dA-Z]*(?:[-/]\d[\dA-Z]*){0,3})(?![\p{L}\p{N}])/iuy

/** Initials that stand for a person (J.S., child AB), or a case reference (LCS 123456), at token `at`: CUM-25 allows both. */
export function referenceAt(reading: Reading, at: number): Mark | undefined {
  const { text, tokens } = reading
  const start = tokens.start[at]!
  const end = tokens.end[at]!
  const what = tokens.shape[at]!
  if (what === shape.letter && text.charCodeAt(end) === 0x2e) {
    dotted.lastIndex = start
    const found = dotted.exec(text)
    if (found && !common.test(found[0]))
      return { type: 'REFERENCE', start, end: start + found[0].length, confidence: 0.8 }
    return undefined
  }
  if (
    (reading.kinds[at]! & kind.caseLabel) === 0 &&
    ((what === shape.upper && end - start <= 3) || what === shape.letter)
  ) {
    const near = kindsBefore(reading, at, 1)
    if ((near & kind.relation) !== 0 && !/^(?:I|A|TV|CP|LAC|CIN|NHS|GP|IT|PE|DV|MH|OK)$/.test(text.slice(start, end)))
      return { type: 'REFERENCE', start, end, confidence: 0.7 }
    return undefined
  }
  if ((reading.kinds[at]! & kind.caseLabel) !== 0) {
    caseNumber.lastIndex = start
    const found = caseNumber.exec(text)
    if (found && found[1]!.replace(/\D/g, '').length >= 3)
      return {
        type: 'REFERENCE',
        start: start + found[0].length - found[1]!.length,
        end: start + found[0].length,
        confidence: 0.8,
      }
  }
  return undefined
}
