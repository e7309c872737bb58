/** What comes back: bounces, reports of delivery and reading, replies. Each finds what it answers by an address that only this house can have made. */
export { mailReturns } from './service.ts'
export { findReturned, type Returned, readReturned, repliesTo, returnedFor, returnedForDispatch } from './store.ts'
