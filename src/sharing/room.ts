import type { Endpoint } from '../api/index.ts'
import type { NavigationItem, Page } from '../web/index.ts'
import { decisions } from './endpoints/decisions.ts'
import { disclosures as record } from './endpoints/disclosures.ts'
import { about, person } from './pages/about.ts'
import { askAdvice, authorise } from './pages/ask.ts'
import { balance } from './pages/balance.ts'
import { call } from './pages/call.ts'
import { check } from './pages/check.ts'
import { confirm } from './pages/confirm.ts'
import { consent, consentPerson } from './pages/consent.ts'
import { crime, harm, protect, sixWords } from './pages/considerations.ts'
import { decision } from './pages/decision.ts'
import { documents } from './pages/documents.ts'
import { family } from './pages/family.ts'
import { glossary } from './pages/glossary.ts'
import { ground } from './pages/ground.ts'
import { disclosures, followUps, home } from './pages/home.ts'
import { hub } from './pages/hub.ts'
import { adviceInbox, advise, authorisationInbox, authoriseOne } from './pages/inboxes.ts'
import { chooseInformation, information, informationItem } from './pages/information.ts'
import { intake, report as reportIn } from './pages/intake.ts'
import { notShare } from './pages/not-share.ts'
import { protocol, protocols, rule } from './pages/protocols.ts'
import { purpose } from './pages/purpose.ts'
import { needToKnow, recipients } from './pages/recipients.ts'
import { documentFile, record as recordPage } from './pages/record.ts'
import { report } from './pages/report.ts'
import { route } from './pages/route.ts'
import { shareAgain } from './pages/share-again.ts'
import { start } from './pages/start.ts'
import { withdraw } from './pages/withdraw.ts'
import { worry } from './pages/worry.ts'

export const pages: readonly Page[] = [
  home,
  start,
  disclosures,
  followUps,
  hub,
  recordPage,
  documentFile,
  worry,
  call,
  purpose,
  about,
  person,
  report,
  information,
  chooseInformation,
  informationItem,
  documents,
  recipients,
  needToKnow,
  family,
  consent,
  consentPerson,
  withdraw,
  ground,
  harm,
  protect,
  crime,
  sixWords,
  balance,
  decision,
  confirm,
  askAdvice,
  authorise,
  notShare,
  route,
  check,
  adviceInbox,
  advise,
  authorisationInbox,
  authoriseOne,
  intake,
  reportIn,
  shareAgain,
  glossary,
  protocols,
  protocol,
  rule,
]

export { holdings } from './holdings.ts'

export const endpoints: readonly Endpoint[] = [decisions, record]

export const navigation: readonly NavigationItem[] = [
  { text: 'Start page', href: '/', permission: 'disclosure.read' },
  { text: 'Disclosures', href: '/disclosures', permission: 'disclosure.read' },
  { text: 'Intake', href: '/intake', permission: 'intake.work' },
  { text: 'Advice', href: '/advice', permission: 'disclosure.advise' },
  { text: 'Authorisations', href: '/authorisations', permission: 'disclosure.authorise' },
  { text: 'Protocols', href: '/protocols', permission: 'protocol.read' },
]
