import { CATEGORIES, type Entry } from '../entry.ts'
import { code } from '../rules/values.ts'
import { factor, referralSource } from './cin-codes.ts'
import { compact, some } from './parts.ts'
import { all, type Element, within } from './xml.ts'

export type Take = <T>(
  element: Element | undefined,
  read: (text: string) => { value: T } | { flaw: string },
) => T | undefined

/** What the social-care spells of one child bring to the entry. */
export function involvement(
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
        const on = past(within(one, 'CINreferralDate'))
        return on === undefined ? [] : [compact({ on, from: take(within(one, 'ReferralSource'), referralSource) })]
      }),
    ),
    registrations: some([
      ...plans.map((one) =>
        compact({
          kind: 'child-protection' as const,
          category: category(within(one, 'LatestCategoryOfAbuse')) ?? category(within(one, 'InitialCategoryOfAbuse')),
          from: past(within(one, 'CPPstartDate')),
          to: past(within(one, 'CPPendDate')),
        }),
      ),
      ...needPlans.map((one) =>
        compact({
          kind: 'child-in-need' as const,
          from: past(within(one, 'CINPlanStartDate')),
          to: past(within(one, 'CINPlanEndDate')),
        }),
      ),
    ]),
    conferences: some([
      ...details
        .flatMap((one) => [
          within(one, 'DateOfInitialCPC'),
          ...all(one, 'Section47').map((s47) => within(s47, 'DateOfInitialCPC')),
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
        const on = past(within(one, 'S47ActualStartDate'))
        return on === undefined ? [] : [{ on, kind: 'section-47' }]
      }),
    ),
    concerns: some([
      ...new Set(
        details
          .flatMap((one) => all(one, 'Assessments'))
          .flatMap((one) => all(one, 'FactorsIdentifiedAtAssessment'))
          .flatMap((one) => all(one, 'AssessmentFactors'))
          .flatMap((one) => take(one, factor) ?? []),
      ),
    ]),
  } as Partial<Entry>
}
