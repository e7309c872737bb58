import type { Endpoint } from '../api/index.ts'
import type { AnyJob, Holding, Service } from '../platform/index.ts'
import type { NavigationItem, Page } from '../web/index.ts'
import { checks } from './endpoints/checks.ts'
import { chaseQuestions } from './jobs/chase-questions.ts'
import { countAnew } from './jobs/count-anew.ts'
import { fileAnew } from './jobs/file-anew.ts'
import { noteMet } from './jobs/note-met.ts'
import { tell } from './jobs/tell.ts'
import * as keeping from './keeping/room.ts'
import { answerPage } from './pages/answer.ts'
import { askKeeperPage } from './pages/ask-keeper.ts'
import { askKeepersPage } from './pages/ask-keepers.ts'
import { check } from './pages/check.ts'
import { child } from './pages/child.ts'
import { disagreement, settle } from './pages/disagreement.ts'
import { notices } from './pages/notices.ts'
import { question, questions } from './pages/questions.ts'
import { same } from './pages/same.ts'
import { tellMe } from './pages/tell-me.ts'
import { watch } from './pages/watch.ts'
import { watched } from './pages/watched.ts'
import { countsReady } from './searching/counts-ready.ts'
import { keysInOrder } from './searching/keys-in-order.ts'

export const pages: readonly Page[] = [
  check,
  answerPage,
  askKeeperPage,
  askKeepersPage,
  tellMe,
  same,
  disagreement,
  settle,
  notices,
  questions,
  question,
  child,
  watch,
  watched,
  ...keeping.pages,
]

export const endpoints: readonly Endpoint[] = [checks, ...keeping.endpoints]

export const jobs: readonly AnyJob[] = [noteMet, tell, chaseQuestions, fileAnew, countAnew, ...keeping.jobs]

export const services: readonly Service[] = [countsReady, keysInOrder]

export const holdings: readonly Holding[] = [...keeping.holdings]

export const navigation: readonly NavigationItem[] = [
  { text: 'Check a child', href: '/register', permission: 'register.check' },
  { text: 'Keeper’s questions', href: '/register/questions', permission: 'register.keep' },
  ...keeping.navigation,
  { text: 'Register watch', href: '/register/watch', permission: 'audit.read' },
]
