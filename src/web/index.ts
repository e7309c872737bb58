// Web: the kit for pages. A page states its path, permission, audit name and form; the kit does the rest.
// Each request is one transaction: who asks is known and may, what is sent is checked, the act is recorded, then it is answered.
// Works without JavaScript; in the manner of the GOV.UK Design System.
export {
  type Answer,
  conflict,
  file,
  forbidden,
  invalid,
  isOwnAddress,
  leave,
  notFound,
  progress,
  redirect,
  refusal,
  view,
} from './answers.ts'
export { choice, choices, day, optionalDay, optionalText, text, texts, tick, withDays } from './fields.ts'
export { escapeMarkup, markup } from './markup.ts'
export { type Asked, type Page, type PageContext, type PageDefinition, page, type Upload, type Visit } from './page.ts'
export type { NavigationItem } from './render.ts'
export { openWeb, type WebParts } from './server.ts'
export { type Authenticate, SESSION_COOKIE, type SignedIn } from './sign-in.ts'
export { formatDay, formatMoment, openTemplates } from './templates.ts'
export { plainName } from './uploads.ts'
