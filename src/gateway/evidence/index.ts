/** What mail domains prove by DNS and by their servers, looked at each day and kept in the directory. */
export { lookAtDomains } from './jobs/look-at-domains.ts'
