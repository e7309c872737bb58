import type { NavigationItem } from '../web/index.ts'
import { lookAtDomains } from './evidence/index.ts'
import { gatewayHolding } from './holding.ts'
import { oweTidying, tidyMailboxes } from './mailboxes/index.ts'
import { pages } from './pages/index.ts'
import { afterRestore, carryMessages, deliverMessage, resumeMessages, tellSender } from './queue/index.ts'
import { mailReturns } from './returns/index.ts'
import { mailGateway } from './smtp/index.ts'

export { pages }
export const jobs = [
  carryMessages,
  deliverMessage,
  resumeMessages,
  tellSender,
  lookAtDomains,
  oweTidying,
  tidyMailboxes,
]
export const services = [mailGateway, mailReturns]
export const holdings = [gatewayHolding]
export const restored = afterRestore
export const navigation: NavigationItem[] = [{ text: 'Mail', href: '/mail', permission: 'gateway.read' }]
