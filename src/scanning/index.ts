// Scanning: what in this text identifies a person? Pure functions from a string to spans.
// The mail gateway, the wizard and `safehaven scan` ask it; it knows no register and keeps nothing.
// Patterns for what has a shape, a small trained model for names, and the caller's own index for known children.
export { checkNhsNumber, checkNino, checkPostcode, checkUpn } from './check-digits.ts'
export { classifyItems, type ItemFound } from './classify-items.ts'
export { findKnown, type Known } from './find-known.ts'
export { holdsPersonalData, type PersonalData } from './holds-personal-data.ts'
export { buildKnownIndex, type KnownIndex, type KnownPerson } from './known-index.ts'
export { type NamesPerson, namesPerson } from './names-person.ts'
export { cutBefore, type ScanOptions, scan } from './scan.ts'
export { type Span, type SpanType, spanTypes } from './span.ts'
