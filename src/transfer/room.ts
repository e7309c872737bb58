import type { NavigationItem } from '../web/index.ts'
import { afterRestore } from './after-restore.ts'
import { breachHolding } from './breach-holding.ts'
import { transferHolding } from './holding.ts'
import { chase } from './jobs/chase.ts'
import { deliverJob } from './jobs/deliver.ts'
import { dispatchJob } from './jobs/dispatch.ts'
import { registerCorrected } from './jobs/register-corrected.ts'
import { resume } from './jobs/resume.ts'
import { stopJob } from './jobs/stop.ts'
import { tell } from './jobs/tell.ts'
import { breachesPage, breachPage } from './pages/breaches.ts'
import { chooseRoutePage } from './pages/choose-route.ts'
import { confirmPage } from './pages/confirm.ts'
import { correctPage } from './pages/correct.ts'
import { custodyPage } from './pages/custody.ts'
import { dispatchPage } from './pages/dispatch.ts'
import { endNeedPage } from './pages/end-need.ts'
import { flowsPage } from './pages/flows.ts'
import { passwordPage } from './pages/password.ts'
import { proofPage } from './pages/proof.ts'
import { registerCorrectionPage } from './pages/register-correction.ts'
import { sheetPage } from './pages/sheet.ts'
import { taskPage } from './pages/task.ts'
import { tasksPage } from './pages/tasks.ts'

export const pages = [
  tasksPage,
  taskPage,
  custodyPage,
  correctPage,
  registerCorrectionPage,
  endNeedPage,
  flowsPage,
  breachesPage,
  breachPage,
  dispatchPage,
  confirmPage,
  passwordPage,
  chooseRoutePage,
  sheetPage,
  proofPage,
]
export const jobs = [dispatchJob, deliverJob, resume, chase, stopJob, tell, registerCorrected]
export const holdings = [transferHolding, breachHolding]
export const restored = afterRestore
export const navigation: NavigationItem[] = [
  { text: 'Tasks', href: '/tasks', permission: 'disclosure.read' },
  { text: 'Breaches', href: '/breaches', permission: 'breach.report' },
]
