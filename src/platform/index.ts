// Platform: what every room stands on, and which knows nothing of safeguarding.
// One transaction is the fate of a request, job or command; row security follows its actor; its audit entry is written in it.
// Light to import: heavy libraries are loaded where they are opened.

export { default as sql, empty, join, raw, type Sql } from 'sql-template-tag'
export { type Actor, anonymous, may, operator, system } from './actor.ts'
export { type BackedUp, type Restored, restoreBackup, writeBackup } from './backup/index.ts'
export { type Blobs, describeSize, FILE_LIMIT, type Kept, openBlobs } from './blobs.ts'
export { type Certificate, ownCertificate } from './certificate.ts'
export { type Clock, clockFrom, type HandClock, handClock, systemClock } from './clock.ts'
export { type Config, readAccount, readConfig, type Wishes } from './config.ts'
export {
  type ActEntry,
  actIn,
  type Context,
  type Doing,
  type House,
  type RecordActs,
  type Recorded,
} from './context.ts'
export {
  CLEAR_ALPHABET,
  fingerprint,
  newId,
  newToken,
  randomDigits,
  randomOctets,
  randomReference,
  sameBytes,
  sameText,
  sha256,
  sha256Hex,
  sha512,
  signatureHolds,
  type ZipCipher,
  zipCipher,
  zipCipherSizes,
} from './crypto.ts'
export { type Database, openDatabase, type TransactionOptions, type Tx } from './database.ts'
export { type EmbeddedServer, openEmbedded } from './embedded.ts'
export { type HeldRecord, type Holding, holding, type Sought } from './holding.ts'
export { type OpenHouse, type Opening, openHouse } from './house.ts'
export {
  type AnyJob,
  type EnqueueOptions,
  type Job,
  job,
  type ManualJob,
  type ManualWork,
  type PlainJob,
} from './job.ts'
export { type Log, openLog, quietLog } from './log.ts'
export { type Handover, type Hop, type MailOut, mailOut, type Outgoing, type Refusal } from './mail-out.ts'
export { MIGRATIONS_FOLDER, migrate, readMigrations } from './migrations.ts'
export {
  authenticatorAddress,
  authenticatorCode,
  authenticatorStep,
  generatePassword,
  hashPassword,
  newAuthenticatorSecret,
  passwordMatches,
  spellAloud,
  spendPasswordTime,
} from './passwords.ts'
export { errorCode, Fault, type FaultOptions, isFault } from './problems.ts'
export { openReplicas, type ReplicaStanding, type Replicas } from './replicas.ts'
export { type ReturnFor, readReturnAddress, returnAddress } from './return-address.ts'
export { type Secrets, secretsFrom } from './secrets.ts'
export { type Service, service } from './service.ts'
export { runDueJobs, runRecurring, startWorker } from './worker.ts'
