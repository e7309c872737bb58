import { CATEGORIES } from '../entry.ts'
import { day } from '../rules/values.ts'
import { workingDaysBefore } from '../rules/working-days.ts'
import { all, type Element, textIn, within } from './xml.ts'

export interface CensusFlaw {
  readonly field: string
  readonly reason: string
  readonly value: string
  readonly line: number
}

/**
 * The census's own rules that bear on a child's safety, under their numbers in its validation guide (DfE, children in need census). The
 * authority should look; the child stays. `reference` is the last day of the census year.
 */
export function censusFlaws(child: Element, reference: string): CensusFlaw[] {
  const details = all(child, 'CINdetails')
  return [
    ...details.flatMap((one) => all(one, 'ChildProtectionPlans')).flatMap(categoryFlaws),
    ...planFlaws(
      details.flatMap((one) => all(one, 'ChildProtectionPlans')),
      reference,
    ),
    ...details.flatMap((one) => enquiryFlaws(one, reference)),
    ...details.flatMap((one) => all(one, 'Assessments')).flatMap((one) => assessmentFlaws(one, reference)),
  ]
}

const dateIn = (element: Element, name: string): string | undefined => {
  const found = day(textIn(element, name) ?? '')
  return 'value' in found ? found.value : undefined
}

/** 8905 and 8910: a plan names its first and its latest category. What is written and no category is flagged where it is read. */
function categoryFlaws(plan: Element): CensusFlaw[] {
  return (
    [
      ['InitialCategoryOfAbuse', '8905'],
      ['LatestCategoryOfAbuse', '8910'],
    ] as const
  )
    .filter(([name]) => textIn(plan, name) === undefined)
    .map(([field, rule]) => ({
      field,
      reason: `The plan has no category of abuse here; it is one of ${CATEGORIES.join(', ')} (${rule}).`,
      value: '',
      line: within(plan, field)?.line ?? plan.line,
    }))
}

/** 8935: one plan is open at a time. 8940: none begins while another runs. And none ends before it begins (8925). */
function planFlaws(elements: readonly Element[], reference: string): CensusFlaw[] {
  const plans = elements
    .map((one) => ({
      from: dateIn(one, 'CPPstartDate'),
      to: dateIn(one, 'CPPendDate'),
      open: textIn(one, 'CPPendDate') === undefined,
      line: one.line,
    }))
    .sort((one, other) => ((one.from ?? '') < (other.from ?? '') ? -1 : 1))
  const open = plans.filter((one) => one.open)
  return [
    ...plans.flatMap(({ from, to, line }) =>
      from !== undefined && to !== undefined && to < from
        ? [{ field: 'CPPendDate', reason: 'The plan ends before it begins (8925).', value: to, line }]
        : [],
    ),
    ...open.slice(1).map(({ from, line }) => ({
      field: 'CPPendDate',
      reason: 'More than one child protection plan is open, without an end (8935).',
      value: from ?? '',
      line,
    })),
    ...plans.flatMap(({ from, line }, index) =>
      from !== undefined &&
      plans
        .slice(0, index)
        .some((other) => other.from !== undefined && from >= other.from && from <= (other.to ?? reference))
        ? [{ field: 'CPPstartDate', reason: 'The plan begins while another one runs (8940).', value: from, line }]
        : [],
    ),
  ]
}

/** 8675Q: fifteen working days after an enquiry began there is a conference, or the record says that none is needed. */
function enquiryFlaws(details: Element, reference: string): CensusFlaw[] {
  const latest = workingDaysBefore(reference, 15)
  return all(details, 'Section47').flatMap((one) => {
    const from = dateIn(one, 'S47ActualStartDate')
    const notNeeded = /^(true|1)$/i.test(textIn(one, 'ICPCnotRequired') ?? '')
    return from === undefined || notNeeded || textIn(one, 'DateOfInitialCPC') !== undefined || from >= latest
      ? []
      : [
          {
            field: 'S47ActualStartDate',
            reason:
              'The enquiry began more than 15 working days before the end of the census year and no conference is recorded (8675Q).',
            value: from,
            line: one.line,
          },
        ]
  })
}

/** 8670Q: an assessment is ended within 45 working days. */
function assessmentFlaws(one: Element, reference: string): CensusFlaw[] {
  const from = dateIn(one, 'AssessmentActualStartDate')
  return from === undefined ||
    textIn(one, 'AssessmentAuthorisationDate') !== undefined ||
    from >= workingDaysBefore(reference, 45)
    ? []
    : [
        {
          field: 'AssessmentActualStartDate',
          reason:
            'The assessment began more than 45 working days before the end of the census year and has no end (8670Q).',
          value: from,
          line: one.line,
        },
      ]
}
