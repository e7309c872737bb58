import type { Endpoint } from '../api/index.ts'
import type { AnyJob, Holding } from '../platform/index.ts'
import type { NavigationItem, Page } from '../web/index.ts'
import { noteMet } from './jobs/note-met.ts'
import { tell } from './jobs/tell.ts'
import { answerPage } from './pages/answer.ts'
import { check } from './pages/check.ts'

export const pages: readonly Page[] = [check, answerPage]

export const endpoints: readonly Endpoint[] = []

export const jobs: readonly AnyJob[] = [noteMet, tell]

export const holdings: readonly Holding[] = []

export const navigation: readonly NavigationItem[] = [
  { text: 'Check a child', href: '/register', permission: 'register.check' },
]
