import type { Context } from '../platform/index.ts'
import type { NavigationItem } from '../web/index.ts'
import { accounts, directoryEntries } from './holdings.ts'
import { sweepSignIns } from './jobs.ts'
import { account, changePassword, endSessions, removePasskey, removeToken } from './pages/account.ts'
import { addPasskey } from './pages/add-passkey.ts'
import { makeToken } from './pages/add-token.ts'
import {
  addAgreement,
  agreementParties,
  agreements,
  changeAgreement,
  oneAgreement,
  uptakePage,
} from './pages/agreements.ts'
import { addToDirectory, changeDirectory, retireFromDirectory } from './pages/change-entry.ts'
import { directory, entryPage } from './pages/directory.ts'
import { domains } from './pages/domains.ts'
import { levels } from './pages/levels.ts'
import { passkeySignIn } from './pages/passkey-sign-in.ts'
import { provider, providerReturn } from './pages/provider.ts'
import { secondStep } from './pages/second-step.ts'
import { setUp } from './pages/set-up.ts'
import { signIn } from './pages/sign-in.ts'
import { signOut } from './pages/sign-out.ts'
import { terms } from './pages/terms.ts'
import { training, trainingTaken } from './pages/training.ts'
import { helpUser, newUser, oneUser, users } from './pages/users.ts'

import { endAllSessions } from './store/sessions.ts'

export { authenticate, authenticateToken } from './sessions.ts'

export const holdings = [accounts, directoryEntries]

/** A session that was ended after the backup was made would be open again: everyone signs in anew. */
export const restored = (ctx: Context): Promise<void> => endAllSessions(ctx.tx, ctx.now)

export const pages = [
  signIn,
  secondStep,
  setUp,
  passkeySignIn,
  provider,
  providerReturn,
  signOut,
  terms,
  account,
  endSessions,
  changePassword,
  addPasskey,
  removePasskey,
  makeToken,
  removeToken,
  training,
  trainingTaken,
  directory,
  domains,
  addToDirectory,
  entryPage,
  changeDirectory,
  retireFromDirectory,
  agreements,
  uptakePage,
  addAgreement,
  oneAgreement,
  changeAgreement,
  agreementParties,
  users,
  newUser,
  levels,
  oneUser,
  helpUser,
]

export const jobs = [sweepSignIns]

export const navigation: readonly NavigationItem[] = [
  { text: 'Directory', href: '/directory', permission: 'directory.read' },
  { text: 'Agreements', href: '/agreements', permission: 'agreement.read' },
  { text: 'Training', href: '/training', permission: 'training.record' },
  { text: 'Users', href: '/users', permission: 'user.admin' },
  { text: 'Your account', href: '/account', permission: 'account.own' },
]
