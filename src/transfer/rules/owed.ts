import type { Decision, Obligation, ObligationOwed, Party } from '../../protocols/index.ts'
import type { Consignment, Dispatch } from '../consignment.ts'
import type { NewTask } from '../store/tasks.ts'

// Owed for each recipient by itself; everything else is owed once for the disclosure.
const forEachRecipient: ReadonlySet<Obligation> = new Set<Obligation>([
  'password-by-another-route',
  'encrypt-aes-256',
  'new-password',
  'neutral-file-names',
  'delete-protected-copy',
  'named-recipient',
  'recorded-delivery',
  'double-envelope',
  'return-address',
  'no-outer-marking',
  'recipient-pays',
  'cover-sheet',
  'confirm-number',
  'confirm-recipient-ready',
  'confirm-location-secure',
  'confirm-receipt',
  'log-transmission',
  'confidentiality-agreement',
  'invited-only',
  'verify-identity',
  'sign-out',
  'confirm-action',
])

// What no rule gives a time for is due within two days; what must come before or with the sending is due at once.
const usualHours = 48

/** "PT48H", "P5D", "P1M" after an instant. Throws on anything else. */
export function later(start: Date, duration: string): Date {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration)
  if (!match || duration.endsWith('P') || duration.endsWith('T')) throw new Error(`${duration} is not a duration`)
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  const due = new Date(start)
  due.setUTCFullYear(due.getUTCFullYear() + years, due.getUTCMonth() + months)
  due.setTime(due.getTime() + (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000)
  return due
}

/** When an obligation is due that arose at `start`. */
export function dueOf(owed: ObligationOwed, start: Date): Date {
  if (owed.within !== undefined) return later(start, owed.within)
  return owed.when === 'after' ? later(start, `PT${usualHours}H`) : start
}

export interface Owing {
  readonly dispatch: Dispatch
  readonly party: Party
  readonly decision: Decision
  /** What the route does by itself, such as writing the marking. */
  readonly fulfils: readonly Obligation[]
}

/**
 * Every obligation of a decision as a task with an owner and a due time; those that the route does by itself, and those
 * that were met at the release, are written down as done.
 */
export function owedTasks(
  consignment: Consignment,
  { dispatch, party, decision, fulfils }: Owing,
  now: Date,
): NewTask[] {
  const { userId, name, agency } = consignment.sender
  const metAtRelease = new Set(
    consignment.decision.obligations.filter((owed) => owed.when === 'before' && !done(owed)).map(({ id }) => id),
  )
  return decision.obligations.map((owed) => {
    const each = forEachRecipient.has(owed.id)
    const note = fulfils.includes(owed.id)
      ? 'Done by Safehaven in sending.'
      : !each && metAtRelease.has(owed.id)
        ? 'Confirmed when it was released.'
        : owed.id === 'include-identifier'
          ? identifierNote(consignment)
          : undefined
    return {
      disclosure: consignment.id,
      ...(each ? { dispatch: dispatch.id } : {}),
      kind: owed.id,
      text: each && consignment.recipients.length > 1 && party.name ? `${owed.text} (${party.name})` : owed.text,
      cites: owed.cites,
      owner: { userId, name, agency },
      due: dueOf(owed, now),
      ...(note === undefined ? {} : { doneNote: note }),
    }
  })
}

// Steps that a person takes on the way, so that the release cannot have met them.
const done = ({ id }: ObligationOwed): boolean => forEachRecipient.has(id)

// The identifier goes with the letter or it does not; afterwards there is nothing left to be done about it.
const identifierNote = ({ letter, disclosure }: Consignment): string =>
  /^NHS number: /m.test(letter) || disclosure.information.some((item) => item === 'nhs-number' || item === 'upn')
    ? 'It stands in the letter.'
    : 'None was recorded, so none went with it.'
