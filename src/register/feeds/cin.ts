import type { Entry } from '../entry.ts'
import { day, sex, upn } from '../rules/values.ts'
import { involvement } from './cin-involvement.ts'
import { censusFlaws } from './cin-rules.ts'
import { type Feed, FeedRefused, type Flaw, requireOwn, type Told, unreadableId } from './feed.ts'
import { compact, some } from './parts.ts'
import { all, type Element, elements, textIn, within } from './xml.ts'

/** The censuses that are read. Until 2024 they ask for GenderCurrent, since 2025 for Sex. */
const YEARS = [2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]

interface Heading {
  readonly from: string
  readonly asOf: string
  /** The last day of the census year, YYYY-MM-DD. */
  readonly reference: string
}

/**
 * The children-in-need census of the DfE, XML of 2017 to 2026. It carries no names: it brings plans, categories, reviews, assessments and
 * enquiries to children known by local id or UPN. An element is read where it is known and passed over where it is not.
 */
export const cin: Feed = {
  format: 'cin',
  title: 'Children in need census (XML, 2017 to 2026)',
  brings:
    'Plans, categories of abuse, reviews, referrals and enquiries of children known by local id or UPN; no names.',
  async *read(input) {
    let heading: Heading | undefined
    for await (const element of elements(input.bytes, new Set(['Header', 'Child']), 'Message')) {
      if (element.name === 'Header') {
        heading = headingOf(element, input.today)
        requireOwn(heading.from, input)
        continue
      }
      if (heading === undefined)
        throw new FeedRefused(
          'The file has no header before its first child, so nobody can tell whose it is.',
          element.line,
        )
      yield toldOf(element, heading, input.today)
    }
    if (heading === undefined) throw new FeedRefused('This is not a children-in-need census: it has no header.')
  },
}

function headingOf(header: Element, today: string): Heading {
  const collection = textIn(header, 'CollectionDetails', 'Collection')
  if (collection !== 'CIN')
    throw new FeedRefused(
      `This is not a children-in-need census: its header names the collection “${(collection ?? '').slice(0, 60)}”.`,
      header.line,
    )
  const written = textIn(header, 'CollectionDetails', 'Year')
  if (!YEARS.some((year) => String(year) === written))
    throw new FeedRefused(
      written === undefined
        ? 'The header does not say which year the census is of (CollectionDetails, Year).'
        : `The header says that this is the census of ${written.slice(0, 20)}; those of ${YEARS[0]} to ${YEARS.at(-1)} are read. Correct the year, or ask for a newer version of this service.`,
      header.line,
    )
  const from = textIn(header, 'Source', 'LEA')
  if (from === undefined)
    throw new FeedRefused('The header does not say which authority (LEA) the census is from.', header.line)
  const ends = day(textIn(header, 'CollectionDetails', 'ReferenceDate') ?? '')
  const reference = 'value' in ends ? ends.value : `${written}-03-31`
  const now = new Date(`${today}T23:59:59Z`)
  const made = new Date(textIn(header, 'Source', 'DateTime') ?? reference)
  if (Number.isNaN(made.getTime()))
    throw new FeedRefused('The header does not say when the census was made (Source, DateTime).', header.line)
  // A clock that runs ahead would have every later census taken for an older one.
  return { from, asOf: (made.getTime() > now.getTime() ? now : made).toISOString(), reference }
}

function toldOf(child: Element, { asOf, reference }: Heading, today: string): Told {
  const identifiers = within(child, 'ChildIdentifiers')
  const localId = identifiers && textIn(identifiers, 'LAchildID')
  const flawed = (field: string, reason: string, value?: string, line = child.line): Flaw => ({
    line,
    field,
    reason,
    ...(localId ? { localId: localId.slice(0, 100) } : {}),
    ...(value === undefined ? {} : { value: value.slice(0, 100) }),
  })
  if (identifiers === undefined || !localId)
    return { kind: 'rejected', flaw: flawed('LAchildID', 'The child has no local id, so nobody is named.') }
  const unreadable = unreadableId(localId)
  if (unreadable !== undefined) return { kind: 'rejected', flaw: flawed('LAchildID', unreadable) }
  const flagged: Flaw[] = []
  const take = <T>(
    element: Element | undefined,
    read: (text: string) => { value: T } | { flaw: string },
  ): T | undefined => {
    if (element === undefined || element.text === '') return undefined
    const found = read(element.text)
    if ('value' in found) return found.value
    flagged.push(flawed(element.name, found.flaw, element.text, element.line))
    return undefined
  }
  const past = (element: Element | undefined): string | undefined => take(element, (text) => day(text, today))
  const born = compact({
    date: past(within(identifiers, 'PersonBirthDate')),
    expected: take(within(identifiers, 'ExpectedPersonBirthDate'), (text) => day(text)),
  })
  const entry: Entry = compact({
    born: Object.keys(born).length > 0 ? born : undefined,
    died: past(within(identifiers, 'PersonDeathDate')),
    sex: take(within(identifiers, 'Sex') ?? within(identifiers, 'GenderCurrent'), sex),
    upn: take(within(identifiers, 'UPN'), upn),
    formerUpns: some(all(identifiers, 'FormerUPN').flatMap((one) => take(one, upn) ?? [])),
    ethnicity: take(findIn(child, 'ChildCharacteristics', 'Ethnicity'), (text) =>
      /^[A-Z]{4}$/.test(text) ? { value: text } : { flaw: 'An ethnicity is a code of four letters.' },
    ),
    ...involvement(all(child, 'CINdetails'), past, take),
  })
  for (const flaw of censusFlaws(child, reference)) flagged.push(flawed(flaw.field, flaw.reason, flaw.value, flaw.line))
  return { kind: 'entry', line: child.line, localId, asOf, entry, flagged }
}

function findIn(element: Element, ...path: readonly string[]): Element | undefined {
  return path.reduce<Element | undefined>((found, name) => found && within(found, name), element)
}
