import type { Value } from '../rules/values.ts'

const WHOM = { A: 'child', B: 'parent or carer', C: 'another person in the household' } as const
const about = (number: string, what: string): [string, string][] =>
  Object.entries(WHOM).map(([letter, whom]) => [`${number}${letter}`, `${what}: ${whom}`])

/** Factors identified at the end of an assessment (CIN census code set, 2017 to 2026), in words. */
const FACTORS: ReadonlyMap<string, string> = new Map([
  ...about('1', 'Alcohol misuse'),
  ...about('2', 'Drug misuse'),
  ...about('3', 'Domestic abuse'),
  ...about('4', 'Mental health'),
  ...about('5', 'Learning disability'),
  ...about('6', 'Physical disability or illness'),
  ['7A', 'Young carer'],
  ...['B', 'C', 'D', 'E', 'F'].map((letter): [string, string] => [`8${letter}`, 'Privately fostered']),
  ['9A', 'Unaccompanied asylum-seeking child'],
  ['10A', 'Going missing'],
  ['11A', 'Child sexual exploitation'],
  ['12A', 'Trafficking'],
  ['13A', 'Gangs'],
  ['14A', 'Socially unacceptable behaviour'],
  ['15A', 'Self-harm'],
  ['16A', 'Neglect'],
  ['17A', 'Emotional abuse'],
  ['18A', 'Physical abuse'],
  ['18B', 'Physical abuse, child on child'],
  ['18C', 'Physical abuse, adult on child'],
  ['19A', 'Sexual abuse'],
  ['19B', 'Sexual abuse, child on child'],
  ['19C', 'Sexual abuse, adult on child'],
  ['20', 'Other'],
  ['21', 'No factors identified'],
  ['22A', 'Female genital mutilation'],
  ['23A', 'Abuse linked to faith or belief'],
  ['24A', 'Child criminal exploitation'],
])

/** Who referred the child (the same code set). */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ['1A', 'family member'],
  ['1B', 'acquaintance'],
  ['1C', 'self'],
  ['1D', 'other individual'],
  ['2A', 'school'],
  ['2B', 'education services'],
  ['3A', 'GP'],
  ['3B', 'health visitor'],
  ['3C', 'school nurse'],
  ['3D', 'other primary health services'],
  ['3E', 'accident and emergency'],
  ['3F', 'other health services'],
  ['4', 'housing'],
  ['5A', 'local authority social care'],
  ['5B', 'other local authority services, internal'],
  ['5C', 'other local authority services, external'],
  ['5D', 'other local authority services'],
  ['6', 'police'],
  ['7', 'other legal agency'],
  ['8', 'other'],
  ['9', 'anonymous'],
  ['10', 'source not known'],
])

const inWords =
  (list: ReadonlyMap<string, string>, what: string) =>
  (text: string): Value<string> => {
    const found = list.get(text.trim().toUpperCase())
    return found === undefined ? { flaw: `“${text.slice(0, 20)}” is not ${what} of the census.` } : { value: found }
  }

export const factor = inWords(FACTORS, 'a factor')
export const referralSource = inWords(SOURCES, 'a source of referrals')
