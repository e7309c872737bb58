/** SMTP: takes a message from a mail program or an agency's own mail server, and says 250 only after it is put down. */
export { makeMailPassword } from './make-password.ts'
export { endMailPassword, type MailPassword, mailPasswordsOf } from './passwords-store.ts'
export { mailGateway } from './service.ts'
export { openSubmission, type Submission } from './submission.ts'
