// People: agencies, who works there, how each signs in, how everyone is reached, what they were taught and what they have agreed.
// The directory gives the parties of a disclosure with what their channel has proved; users come with the permissions of their roles.
// Children are never in here: they are in the register.

export type { Agency, Team } from './agencies.ts'
export { agreementBetween, covers, type Exchange, reviewState } from './agreements.ts'
export { giveAuthenticator } from './authenticator.ts'
export {
  channelOf,
  directoryEntry,
  directoryParty,
  directoryPartyByAddress,
  entriesByAddress,
  lookAlikes,
  partyFrom,
  rememberRecipient,
  searchDirectory,
  senderParty,
  telephonesFor,
  usualRecipients,
} from './directory.ts'
export type { Entry } from './entry.ts'
export { isPermission, PERMISSIONS, type Permission, permissionsOf } from './permissions.ts'
export type { Person } from './person.ts'
export { type Clearance, DUTIES, type Duty, ROLES, type Role, roleTitle } from './roles.ts'
export type { ChannelState, MailDomain } from './rules/channel.ts'
export { TERMS } from './rules/terms.ts'
export { addMonths, type TrainingState, trainingState } from './rules/training.ts'
export { actorFor, authenticate, authenticateToken, openSession } from './sessions.ts'
export {
  agencyById,
  authorities,
  keepAgency,
  keepRoleLevel,
  keepTeam,
  listAgencies,
  teamsOf,
} from './store/agencies.ts'
export {
  type Agreement,
  type AgreementFields,
  type AgreementParty,
  agreementById,
  keepAgreement,
  keepParty,
  listAgreements,
} from './store/agreements.ts'
export { directoryVersion } from './store/changes.ts'
export { setPassword } from './store/credentials.ts'
export { addEntry, type EntryFields } from './store/directory.ts'
export { addressDomains, keepDomain, listDomains } from './store/domains.ts'
export { printSignIn } from './store/printed.ts'
export { acceptTerms, recordTraining } from './store/training.ts'
export {
  addUser,
  adviserFor,
  listUsers,
  managersOf,
  type NewUser,
  userByAddress,
  userById,
  userByName,
} from './store/users.ts'
