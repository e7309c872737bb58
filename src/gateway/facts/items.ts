/** Which items of a disclosure a span of scanned text is. */
import type { Item } from '../../protocols/index.ts'
import type { SpanType } from '../../scanning/index.ts'

const items: Partial<Record<SpanType, Item>> = {
  PERSON: 'name',
  POSTCODE: 'address',
  LOCATION: 'address',
  DATE: 'date-of-birth',
  NHS_NUMBER: 'nhs-number',
  UPN: 'upn',
  NINO: 'employment',
  BANK_ACCOUNT: 'financial',
  CREDIT_CARD: 'financial',
}

export function itemOf(type: SpanType): Item {
  return items[type] ?? 'name'
}
