import type { House } from '../platform/index.ts'
import { AREA_NAME, seedArea } from './area/index.ts'
import { CAST, CAST_PASSWORD } from './cast.ts'
import { inbox, mailboxList, message, messagePart, messageSource } from './mailbox/pages.ts'
import { startMailbox } from './mailbox/server.ts'

export const pages = [mailboxList, inbox, message, messageSource, messagePart]

export const mailbox = { start: startMailbox }

export const area = {
  name: AREA_NAME,
  /** Sows the area where there is none, and gives the sign-ins to print. */
  async open(house: House): Promise<readonly string[]> {
    await seedArea(house)
    const shown = ['alice', 'bashir', 'grace', 'imran', 'harriet', 'piotr', 'martha', 'usha', 'chelsea']
    const members = CAST.filter((one) => shown.includes(one.username))
    return [
      '',
      `Sign in as any of these with the password "${CAST_PASSWORD}"; the sign-in page shows everyone, and their codes:`,
      ...members.map((one) => `  ${one.username.padEnd(8)} ${one.name.padEnd(16)} ${one.jobTitle}`),
    ]
  },
}

export const navigation = [{ text: 'Demo mailboxes', href: '/demo/mail', permission: 'public' }]
