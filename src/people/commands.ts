import { agencyAdd, agencyList } from './commands/agency.ts'
import { agreementList, agreementReviewed, agreementShow } from './commands/agreement.ts'
import {
  userAdd,
  userClose,
  userList,
  userPassword,
  userReset,
  userRoles,
  userToken,
  userTrained,
} from './commands/user.ts'

export const commands = [
  userAdd,
  userList,
  userRoles,
  userPassword,
  userReset,
  userTrained,
  userToken,
  userClose,
  agencyAdd,
  agencyList,
  agreementList,
  agreementShow,
  agreementReviewed,
]
