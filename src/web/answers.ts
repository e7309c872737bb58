import type { Readable } from 'node:stream'

/** Shown to the person: a template of some room with what it tells. */
export interface View {
  readonly kind: 'view'
  readonly template: string
  readonly model: Readonly<Record<string, unknown>>
  readonly status: number
  readonly session?: SessionChange
}
/** Go on there. */
export interface Redirect {
  readonly kind: 'redirect'
  readonly to: string
  readonly session?: SessionChange
}
/** The form is not right yet: its page is shown again with what was typed. Nothing of the POST is kept. */
export interface Invalid {
  readonly kind: 'invalid'
  readonly errors: Readonly<Record<string, string>>
}
/** A file to be saved or shown. */
export interface FileAnswer {
  readonly kind: 'file'
  readonly name: string
  readonly type: string
  readonly content: Buffer | Readable
  readonly size?: number
  readonly inline: boolean
}
/** No, with the sentence that the person reads. The act is recorded as refused, and nothing of it is kept. */
export interface Refusal {
  readonly kind: 'refusal'
  readonly status: 403 | 404 | 409 | 410 | 422 | 429
  readonly sentence: string
}
/** A new session token to be set as the cookie, or null to end the session. */
export type SessionChange = string | null

export type Answer = View | Redirect | Invalid | FileAnswer | Refusal

interface More {
  readonly session?: SessionChange
}

export const view = (
  template: string,
  model: Readonly<Record<string, unknown>> = {},
  more: More & { status?: number } = {},
): View => ({
  kind: 'view',
  template,
  model,
  status: more.status ?? 200,
  ...(more.session === undefined ? {} : { session: more.session }),
})

/** Goes on to an address of this service ("/…"). Another site's address throws, so that no link of ours leads astray; use `leave` where that is meant. */
export function redirect(to: string, more: More = {}): Redirect {
  if (!isOwnAddress(to)) throw new Error('a redirect leads only within the service')
  return { kind: 'redirect', to, ...more }
}

/** Goes on to another site, such as the agency's own sign-in. Never with an address that a visitor brought. */
export const leave = (to: string): Redirect => ({ kind: 'redirect', to })

/** Whether an address that a visitor brought ("next=…") stays within this service. */
export const isOwnAddress = (to: string): boolean => /^\/(?![/\\])[^\\\s]*$/.test(to)

/** `field: sentence`; a field of the form, or "" for the form as a whole. */
export const invalid = (errors: Readonly<Record<string, string>>): Invalid => ({ kind: 'invalid', errors })

export const file = (answer: Omit<FileAnswer, 'kind' | 'inline'> & { inline?: boolean }): FileAnswer => ({
  kind: 'file',
  inline: false,
  ...answer,
})

export const notFound = (sentence = 'There is nothing at this address, or it is not for you to see.'): Refusal => ({
  kind: 'refusal',
  status: 404,
  sentence,
})
export const forbidden = (sentence: string): Refusal => ({ kind: 'refusal', status: 403, sentence })
/** Somebody else was quicker, or the record has moved on. */
export const conflict = (sentence: string): Refusal => ({ kind: 'refusal', status: 409, sentence })
export const refusal = (status: Refusal['status'], sentence: string): Refusal => ({ kind: 'refusal', status, sentence })

/** A page that shows how far long work is, with a link that looks again; where scripts run its words keep up by themselves, every so many seconds. */
export const progress = (shown: {
  title: string
  sentence: string
  done: number
  total: number
  every?: number
}): View => view('web/templates/progress.njk', { ...shown, refresh: shown.every ?? 2 })
