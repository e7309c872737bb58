import { SaxesParser } from 'saxes'
import { CATEGORIES, type Entry } from '../entry.ts'
import { code, day, upn } from '../rules/values.ts'
import { type Feed, type FeedInput, FeedRefused, type Flaw, type Told } from './feed.ts'

/** An element with its text, its line, and what is in it. */
export interface Element {
  readonly name: string
  readonly line: number
  text: string
  readonly children: Element[]
}

const DEPTH_LIMIT = 30
const TEXT_LIMIT = 10_000

/**
 * The children-in-need census of the DfE, XML of 2017 to 2026. It carries no names: it brings plans, categories, reviews, assessments and
 * enquiries to children known by local id or UPN. Censuses differ in small ways (GenderCurrent until 2024, Sex since), so an element is
 * read where it is known and passed over where it is not.
 */
export const cin: Feed = {
  format: 'cin',
  title: 'Children in need census (XML, 2017 to 2026)',
  brings:
    'Plans, categories of abuse, reviews, referrals and enquiries of children known by local id or UPN; no names.',
  async *read(input) {
    let heading: { from: string; asOf: string } | undefined
    for await (const element of elements(input.bytes, new Set(['Header', 'Child']), 'Message')) {
      if (element.name === 'Header') {
        heading = headingOf(element)
        requireOwn(heading.from, input)
        continue
      }
      if (heading === undefined)
        throw new FeedRefused(
          'The file has no header before its first child, so nobody can tell whose it is.',
          element.line,
        )
      yield toldOf(element, heading.asOf, input.today)
    }
    if (heading === undefined) throw new FeedRefused('This is not a children-in-need census: it has no header.')
  },
}

function headingOf(header: Element): { from: string; asOf: string } {
  const collection = textIn(header, 'CollectionDetails', 'Collection')
  if (collection !== 'CIN')
    throw new FeedRefused(
      `This is not a children-in-need census: its header names the collection “${collection ?? ''}”.`,
      header.line,
    )
  const from = textIn(header, 'Source', 'LEA')
  if (from === undefined)
    throw new FeedRefused('The header does not say which authority (LEA) the census is from.', header.line)
  const made = textIn(header, 'Source', 'DateTime') ?? textIn(header, 'CollectionDetails', 'ReferenceDate') ?? ''
  const when = new Date(made)
  if (made === '' || Number.isNaN(when.getTime()))
    throw new FeedRefused('The header does not say when the census was made (Source, DateTime).', header.line)
  return { from, asOf: when.toISOString() }
}

/** Another authority's return changes nothing here, whoever brings it. */
export function requireOwn(from: string, { authority }: FeedInput): void {
  if (!authority.codes.some((one) => one.toLowerCase() === from.trim().toLowerCase()))
    throw new FeedRefused(
      `The file says that it is from authority ${from}; ${authority.id} is ${authority.codes.join(' or ') || 'without a code'}. Choose the right authority, or have its code entered by an administrator.`,
    )
}

function toldOf(child: Element, asOf: string, today: string): Told {
  const identifiers = within(child, 'ChildIdentifiers')
  const localId = identifiers && textIn(identifiers, 'LAchildID')
  const flawed = (field: string, reason: string, value?: string, line = child.line): Flaw => ({
    line,
    field,
    reason,
    ...(localId ? { localId } : {}),
    ...(value === undefined ? {} : { value }),
  })
  if (!localId) return { kind: 'rejected', flaw: flawed('LAchildID', 'The child has no local id, so nobody is named.') }
  if (localId.length > 100)
    return { kind: 'rejected', flaw: flawed('LAchildID', 'The local id is longer than 100 characters.') }
  const flagged: Flaw[] = []
  const take = <T>(
    element: Element | undefined,
    read: (text: string) => { value: T } | { flaw: string },
  ): T | undefined => {
    if (element === undefined || element.text === '') return undefined
    const found = read(element.text)
    if ('value' in found) return found.value
    flagged.push(flawed(element.name, found.flaw, element.text.slice(0, 100), element.line))
    return undefined
  }
  const past = (element: Element | undefined): string | undefined => take(element, (text) => day(text, today))
  const entry: Entry = compact({
    born: compact({
      date: past(first(identifiers!, 'PersonBirthDate')),
      expected: take(first(identifiers!, 'ExpectedPersonBirthDate'), (text) => day(text)),
    }),
    died: past(first(identifiers!, 'PersonDeathDate')),
    sex: take(first(identifiers!, 'Sex') ?? first(identifiers!, 'GenderCurrent'), sex),
    upn: take(first(identifiers!, 'UPN'), upn),
    formerUpns: some(all(identifiers!, 'FormerUPN').flatMap((one) => take(one, upn) ?? [])),
    ethnicity: textIn(child, 'ChildCharacteristics', 'Ethnicity'),
    ...involvement(all(child, 'CINdetails'), past, take),
  })
  if (entry.born !== undefined && Object.keys(entry.born).length === 0) delete (entry as { born?: object }).born
  for (const flaw of orderFlaws(child, today)) flagged.push(flawed(flaw.field, flaw.reason, flaw.value, flaw.line))
  return { kind: 'entry', line: child.line, localId, asOf, entry, flagged }
}

type Take = <T>(element: Element | undefined, read: (text: string) => { value: T } | { flaw: string }) => T | undefined

function involvement(
  details: readonly Element[],
  past: (element: Element | undefined) => string | undefined,
  take: Take,
): Partial<Entry> {
  const category = (element: Element | undefined) =>
    take(element, (text) => code(text, CATEGORIES, 'a category of abuse (NEG, PHY, SAB, EMO, MUL)'))
  const plans = details.flatMap((one) => all(one, 'ChildProtectionPlans'))
  const needPlans = details.flatMap((one) => all(one, 'CINPlanDates'))
  const inquiries = details.flatMap((one) => all(one, 'Section47'))
  return {
    referrals: some(
      details.flatMap((one) => {
        const on = past(first(one, 'CINreferralDate'))
        return on === undefined ? [] : [compact({ on, from: textIn(one, 'ReferralSource') })]
      }),
    ),
    registrations: some([
      ...plans.map((one) =>
        compact({
          kind: 'child-protection' as const,
          category: category(first(one, 'LatestCategoryOfAbuse') ?? first(one, 'InitialCategoryOfAbuse')),
          from: past(first(one, 'CPPstartDate')),
          to: past(first(one, 'CPPendDate')),
        }),
      ),
      ...needPlans.map((one) =>
        compact({
          kind: 'child-in-need' as const,
          from: past(first(one, 'CINPlanStartDate')),
          to: past(first(one, 'CINPlanEndDate')),
        }),
      ),
    ]),
    conferences: some([
      ...details
        .flatMap((one) => [
          first(one, 'DateOfInitialCPC'),
          ...all(one, 'Section47').map((s47) => first(s47, 'DateOfInitialCPC')),
        ])
        .flatMap((one) => past(one) ?? [])
        .filter((on, index, list) => list.indexOf(on) === index)
        .map((on) => ({ kind: 'initial' as const, on })),
      ...plans
        .flatMap((one) => all(one, 'Reviews').flatMap((reviews) => all(reviews, 'CPPreviewDate')))
        .flatMap((one) => past(one) ?? [])
        .map((on) => ({ kind: 'review' as const, on })),
    ]),
    enquiries: some(
      inquiries.flatMap((one) => {
        const on = past(first(one, 'S47ActualStartDate'))
        return on === undefined ? [] : [{ on, kind: 'section-47' }]
      }),
    ),
    concerns: some(
      [
        ...new Set(
          details.flatMap((one) =>
            all(one, 'Assessments').flatMap((found) =>
              all(found, 'FactorsIdentifiedAtAssessment').flatMap((factors) =>
                all(factors, 'AssessmentFactors').map((factor) => factor.text),
              ),
            ),
          ),
        ),
      ].filter((text) => text !== ''),
    ),
  } as Partial<Entry>
}

/** Sex as F, M or U, from the codes of either census. */
export function sex(text: string): { value: 'F' | 'M' | 'U' } | { flaw: string } {
  switch (text.trim().toUpperCase()) {
    case 'M':
    case '1':
    case 'MALE':
    case 'A) MALE':
      return { value: 'M' }
    case 'F':
    case '2':
    case 'FEMALE':
    case 'B) FEMALE':
      return { value: 'F' }
    case 'U':
    case '0':
    case '9':
    case 'C) NOT STATED/RECORDED':
    case 'D) NEITHER':
      return { value: 'U' }
    default:
      return { flaw: 'Sex is M, F or U (before 2025: 1, 2, 0 or 9).' }
  }
}

/** The census's own rules with safeguarding meaning: the authority should look, but the child stays. */
function orderFlaws(child: Element, today: string): { field: string; reason: string; value: string; line: number }[] {
  const flaws: { field: string; reason: string; value: string; line: number }[] = []
  const date = (element: Element | undefined): string | undefined => {
    const found = element === undefined ? undefined : day(element.text)
    return found !== undefined && 'value' in found ? found.value : undefined
  }
  for (const details of all(child, 'CINdetails')) {
    const plans = all(details, 'ChildProtectionPlans')
      .map((one) => ({ from: date(first(one, 'CPPstartDate')), to: date(first(one, 'CPPendDate')), line: one.line }))
      .filter((one) => one.from !== undefined)
    for (const one of plans)
      if (one.to !== undefined && one.to < one.from!)
        flaws.push({ field: 'CPPendDate', reason: 'The plan ends before it begins.', value: one.to, line: one.line })
    plans.sort((one, other) => (one.from! < other.from! ? -1 : 1))
    for (const [index, one] of plans.entries()) {
      const next = plans[index + 1]
      if (next !== undefined && (one.to === undefined || one.to > next.from!))
        flaws.push({
          field: 'CPPstartDate',
          reason: 'Two child protection plans overlap (8935, 8940).',
          value: next.from!,
          line: next.line,
        })
    }
    for (const one of all(details, 'Section47')) {
      const from = date(first(one, 'S47ActualStartDate'))
      const held = date(first(one, 'DateOfInitialCPC')) ?? date(first(details, 'DateOfInitialCPC'))
      if (
        from !== undefined &&
        held === undefined &&
        !/^(true|1)$/i.test(textIn(one, 'ICPCnotRequired') ?? '') &&
        workingDays(from, today) > 15
      )
        flaws.push({
          field: 'S47ActualStartDate',
          reason: 'The enquiry began more than 15 working days ago and no conference is recorded (8675Q).',
          value: from,
          line: one.line,
        })
    }
    for (const one of all(details, 'Assessments')) {
      const from = date(first(one, 'AssessmentActualStartDate'))
      if (
        from !== undefined &&
        first(one, 'AssessmentAuthorisationDate') === undefined &&
        workingDays(from, today) > 45
      )
        flaws.push({
          field: 'AssessmentActualStartDate',
          reason: 'The assessment has been open for more than 45 working days (8670Q).',
          value: from,
          line: one.line,
        })
    }
  }
  return flaws
}

/** Weekdays after `from` up to and including `to`; public holidays are not known here. */
function workingDays(from: string, to: string): number {
  const days = Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000)
  if (days <= 0) return 0
  const start = new Date(`${from}T00:00:00Z`).getUTCDay()
  let count = Math.floor(days / 7) * 5
  for (let rest = 1; rest <= days % 7; rest += 1) if (![0, 6].includes((start + rest) % 7)) count += 1
  return count
}

/** The wanted elements of an XML file, as they are closed. Refuses a file that is cut off, too deep, or has another root. */
export async function* elements(
  bytes: AsyncIterable<Uint8Array>,
  wanted: ReadonlySet<string>,
  root: string,
): AsyncIterable<Element> {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const open: Element[] = []
  const closed: Element[] = []
  let depth = 0
  let fault: FeedRefused | undefined
  parser.on('error', (error) => {
    fault ??= new FeedRefused(
      `The file is not whole XML: ${error.message.replace(/^\d+:\d+:\s*/, '')}. Nothing of it was kept; send it again.`,
      parser.line,
    )
  })
  parser.on('doctype', () => {
    fault ??= new FeedRefused('The file declares a document type, which a return never does.', parser.line)
  })
  parser.on('opentag', ({ name: full }) => {
    const name = full.replace(/^.*:/, '')
    depth += 1
    if (depth === 1 && name !== root)
      fault ??= new FeedRefused(
        `This is another kind of file: it begins with “${name.slice(0, 60)}” where “${root}” was expected.`,
        parser.line,
      )
    if (depth > DEPTH_LIMIT) fault ??= new FeedRefused('The file is nested deeper than a return ever is.', parser.line)
    if (open.length === 0 && !wanted.has(name)) return
    const element: Element = { name, line: parser.line, text: '', children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const element = open.at(-1)
    if (element !== undefined && element.text.length < TEXT_LIMIT) element.text += text
  })
  parser.on('closetag', () => {
    depth -= 1
    const element = open.pop()
    if (element === undefined) return
    element.text = element.children.length > 0 ? '' : element.text.trim()
    if (open.length === 0) closed.push(element)
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const write = (text: string): void => {
    if (fault === undefined) parser.write(text)
    if (fault !== undefined) throw fault
  }
  for await (const piece of bytes) {
    try {
      write(decoder.decode(piece, { stream: true }))
    } catch (error) {
      if (error instanceof FeedRefused) throw error
      throw new FeedRefused('The file is not text in UTF-8. Save it as UTF-8 and send it again.', parser.line)
    }
    yield* closed.splice(0)
  }
  parser.close()
  if (fault !== undefined) throw fault
  yield* closed.splice(0)
}

export const within = (element: Element, name: string): Element | undefined =>
  element.children.find((one) => one.name === name)
export const first = within
export const all = (element: Element, name: string): Element[] => element.children.filter((one) => one.name === name)
export function textIn(element: Element, ...path: readonly string[]): string | undefined {
  let found: Element | undefined = element
  for (const name of path) found = found && within(found, name)
  return found === undefined || found.text === '' ? undefined : found.text
}

/** Without the parts that are missing. */
export function compact<T extends object>(found: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as never
}
/** The list, or nothing when it is empty. */
export function some<T>(list: readonly T[]): T[] | undefined {
  return list.length > 0 ? [...list] : undefined
}
