import type { Decision, Item } from '../../protocols/index.ts'
import type { Draft, Person } from '../draft.ts'
import { ageOn } from './ages.ts'
import { sayDay } from './clocks.ts'
import { initialsOf, withInitials } from './plain.ts'
import { sectionsOf } from './sections.ts'
import { FORM_WORDS, ITEM_WORDS, PURPOSE_WORDS, RISK_WORDS } from './words.ts'

export interface LetterFacts {
  readonly form: 'referral' | 'police-report' | 'program'
  readonly reference: string
  readonly sender: {
    readonly name: string
    readonly role?: string | undefined
    readonly agency?: string | undefined
    readonly telephone?: string | undefined
  }
  /** YYYY-MM-DD. */
  readonly day: string
}

/** What goes out, as plain text: only items that the decision lets through, and initials where the decision asks for them (BOU-3). */
export function letterOf(draft: Draft, decision: Decision, facts: LetterFacts): string {
  const may = (item: Item) => decision.items.includes(item)
  const initials = decision.obligations.some((one) => one.id === 'initials-only') || !may('name')
  const names = draft.people.map((one) => one.name)
  const said = (text: string) => (initials ? withInitials(text, names) : text)
  const nameOf = (person: Person) => (initials ? initialsOf(person.name) : person.name)
  const { worry } = draft
  const lines: string[] = [
    FORM_WORDS[facts.form].toUpperCase(),
    '',
    `Our reference: ${facts.reference}`,
    `Date: ${sayDay(facts.day)}`,
    `From: ${[facts.sender.name, facts.sender.role, facts.sender.agency].filter(Boolean).join(', ')}`,
    ...(facts.sender.telephone === undefined ? [] : [`Telephone: ${facts.sender.telephone}`]),
    ...(worry === undefined
      ? []
      : [`Purpose: ${PURPOSE_WORDS[worry.purpose ?? 'general']}`, `Risk: ${RISK_WORDS[worry.risk]}`]),
  ]
  for (const person of draft.people.filter((one) => one.part !== 'adult'))
    lines.push('', ...personLines(person, nameOf(person), may, facts.day))
  const adults = draft.people.filter((one) => one.part === 'adult')
  if (may('family') && adults.length > 0)
    lines.push(
      '',
      'FAMILY AND HOUSEHOLD',
      ...adults.map((one) => `${nameOf(one)}${one.relation === undefined ? '' : `, ${one.relation}`}`),
    )
  if (draft.report !== undefined && may('incident-detail')) {
    const { report } = draft
    lines.push(
      '',
      'POLICE REPORT',
      `Report number: ${report.number}`,
      `Reporting officer: ${report.officer}`,
      `When: ${sayDay(report.occurredOn)}${report.occurredAt === undefined ? '' : ` at ${report.occurredAt}`}`,
      `Where: ${said(report.place)}`,
      `Came to notice: ${report.notice}`,
      `Action taken: ${said(report.actions)}`,
    )
    if (may('concern') && report.factors.length > 0) lines.push(`Risk factors: ${report.factors.join('; ')}`)
  }
  for (const entry of draft.items) {
    const parts = entry.parts.filter((part) => part.words !== '')
    if (!may(entry.item) || parts.length === 0) continue
    lines.push('', ITEM_WORDS[entry.item].toUpperCase())
    const sections = sectionsOf(facts.form, entry.item)
    for (const part of parts) {
      const section = sections.find((one) => one.id === part.section)
      if (section !== undefined && sections.length > 1) lines.push(section.heading)
      lines.push(said(part.words), '')
    }
    if (lines.at(-1) === '') lines.pop()
  }
  return `${lines.join('\n')}\n`
}

function personLines(person: Person, name: string, may: (item: Item) => boolean, day: string): string[] {
  const age = ageOn(person, day)
  return [
    person.part === 'unborn' ? 'UNBORN CHILD' : 'CHILD',
    `Name: ${name}`,
    ...(may('alias') && person.alias !== undefined ? [`Also known as: ${person.alias}`] : []),
    ...(may('date-of-birth') && person.born !== undefined ? [`Born: ${sayDay(person.born)}`] : []),
    ...(may('date-of-birth') && person.due !== undefined ? [`Expected: ${sayDay(person.due)}`] : []),
    ...(person.part === 'child' && age !== undefined && may('date-of-birth') ? [`Age: ${age}`] : []),
    ...(may('address') && person.address !== undefined ? [`Address: ${person.address.replaceAll('\n', ', ')}`] : []),
    ...(may('nhs-number') && person.nhsNumber !== undefined ? [`NHS number: ${person.nhsNumber}`] : []),
  ]
}

/** Initials and ages: what a queue may show before anybody has opened a report. */
export const initialsAndAges = (draft: Draft, day: string): string =>
  draft.people
    .filter((one) => one.part !== 'adult')
    .map((one) =>
      one.part === 'unborn' ? 'unborn child' : `${initialsOf(one.name)} ${ageOn(one, day) ?? 'age not known'}`,
    )
    .join(', ') || 'nobody named'
