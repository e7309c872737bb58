import { day, dayAndTime, partyLine, Sheet, type SheetFacts } from './sheet.ts'

interface Cited {
  readonly text: string
  readonly cites: readonly string[]
}

/** Everything that is shown months later: what was decided, why, and that it arrived. */
export interface Proof extends SheetFacts {
  readonly disclosure: string
  readonly outcome: string
  readonly level: string
  readonly protocol: { readonly id: string; readonly version: string; readonly on: string }
  readonly route: string
  readonly items: readonly string[]
  readonly withheld: readonly { readonly item: string; readonly because: Cited }[]
  readonly reasons: readonly Cited[]
  readonly documents: readonly { readonly name: string; readonly size: string }[]
  readonly steps: readonly { readonly at: Date; readonly what: string; readonly by: string; readonly detail: string }[]
  readonly tasks: readonly {
    readonly text: string
    readonly due: Date
    readonly owner: string
    readonly done?: string
  }[]
}

/** The custody chain of one dispatch as a PDF. */
export function proofSheet(proof: Proof): Promise<Buffer> {
  const { sender, recipient, reference, on } = proof
  const sheet = new Sheet({
    title: `Custody of ${reference}`,
    marking: 'Confidential',
    footer: `Custody of ${reference}, as recorded on ${dayAndTime(on)}`,
  })
  sheet.heading('Proof of what was sent, why, and that it arrived')
  sheet.field('Reference', reference, 1).field('Disclosure', proof.disclosure, 1)
  sheet.field('From', partyLine(sender), 3)
  sheet.field('To', partyLine(recipient), 3)
  sheet.field('Route', proof.route, 2)
  sheet.heading('Decision', 13)
  const { protocol } = proof
  sheet.field('Outcome', `${proof.outcome}; the most sensitive thing disclosed is ${proof.level}`, 2)
  sheet.field('Protocol', `${protocol.id}, version ${protocol.version}, as in force on ${protocol.on}`, 2)
  sheet.field('Disclosed', proof.items.join(', ') || 'nothing', 6)
  if (proof.withheld.length > 0)
    sheet.field('Withheld', proof.withheld.map(({ item, because }) => `${item}: ${cited(because)}`).join('\n'), 30)
  sheet.field('Why', proof.reasons.map(cited).join('\n'), 40)
  if (proof.documents.length > 0)
    sheet.field('Documents', proof.documents.map(({ name, size }) => `${name} (${size})`).join('\n'), 30)
  sheet.gap().heading('Custody', 13)
  const steps = proof.steps.map(({ at, what, by, detail }) => [dayAndTime(at), what, by, detail])
  sheet.table(['When', 'What happened', 'By', 'Detail'], [3.4, 3, 3, 5], steps)
  if (proof.tasks.length > 0) {
    sheet.gap().heading('What was owed', 13)
    const rows = proof.tasks.map(({ text, due, owner, done }) => [text, day(due), owner, done ?? 'not done yet'])
    sheet.table(['Task', 'Due', 'Owner', 'Done'], [6, 2.4, 3, 4], rows)
  }
  return sheet.finish()
}

const cited = ({ text, cites }: Cited): string => (cites.length > 0 ? `${text} (${cites.join(', ')})` : text)
