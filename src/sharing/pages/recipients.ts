import { z } from 'zod'
import { directoryEntry, type Entry, lookAlikes, searchDirectory, usualRecipients } from '../../people/index.ts'
import type { Context } from '../../platform/index.ts'
import { choice, optionalText, text, texts } from '../../web/index.ts'
import type { Recipient } from '../draft.ts'
import { plainText } from '../rules/plain.ts'
import { KIND_WORDS } from '../rules/words.ts'
import { lockDisclosure, rewriteDraft } from '../store/disclosures.ts'
import { step, stepForm, wrong } from './step.ts'

/** More than these are not a choice of recipients any more (CUM-15). */
export const MOST_RECIPIENTS = 50
export const CHANNEL = {
  live: { text: 'Secure channel', classes: 'govuk-tag--green' },
  exploring: { text: 'Secure channel not proved yet', classes: 'govuk-tag--yellow' },
  none: { text: 'No secure channel', classes: 'govuk-tag--red' },
} as const

const shownAs = (entry: Entry) => ({
  ...entry,
  kindWords: KIND_WORDS[entry.kind],
  channel:
    entry.reachedAt === undefined ? { text: 'No e-mail address', classes: 'govuk-tag--grey' } : CHANNEL[entry.state],
})

export const recipients = step({
  step: 'recipients',
  template: 'sharing/pages/recipients.njk',
  form: stepForm({ add: texts(60, 6_000), remove: optionalText(60) }),
  async show(ctx, { row, query }) {
    const q = (query.q ?? '').trim()
    const chosen = new Set(row.draft.recipients.map((one) => one.entryId))
    const found = (q === '' ? await usualRecipients(ctx) : await searchDirectory(ctx, q, { limit: 20 })).filter(
      (one) => !chosen.has(one.id),
    )
    const now = await Promise.all(row.draft.recipients.map((one) => directoryEntry(ctx, one.entryId)))
    return {
      q,
      found: await withLookAlikes(ctx, found),
      searched: q !== '',
      chosen: row.draft.recipients.map((one, index) => ({
        ...one,
        now: now[index] === undefined ? undefined : shownAs(now[index]),
        kindWords: KIND_WORDS[one.kind],
      })),
    }
  },
  save(draft, form) {
    if (form.remove !== undefined)
      return { ...draft, recipients: draft.recipients.filter((one) => one.key !== form.remove) }
    if (!form.add.every((id) => /^[0-9a-f-]{36}$/.test(id))) return wrong({ '': 'Choose from the directory' })
    const fresh = [...new Set(form.add)].filter((id) => draft.recipients.every((one) => one.entryId !== id))
    if (draft.recipients.length + fresh.length > MOST_RECIPIENTS)
      return wrong({
        '': `You have chosen ${(draft.recipients.length + fresh.length).toLocaleString('en-GB')} recipients. A disclosure goes to at most ${MOST_RECIPIENTS}: choose only those who need to know (CUM-15)`,
      })
    if (fresh.length > 0) return { ...draft, recipients: [...draft.recipients, ...fresh.map(placeFor)] }
    if (form.add.length > 0) return draft
    if (draft.recipients.length === 0) return wrong({ '': 'Choose who would receive it' })
    const missing = draft.recipients.find((one) => (one.needToKnow ?? '') === '')
    return missing === undefined ? draft : wrong({ '': `Say why ${missing.name} needs to know, or remove them` })
  },
  async also(ctx, form, { row }) {
    // What the directory says of them is read here, and again when it is decided.
    if (form.add.length === 0 || form.remove !== undefined) return undefined
    return nameRecipients(ctx, row.id)
  },
  next(form, draft, { row }) {
    if (form.remove !== undefined) return `/disclosures/${row.id}/recipients`
    const open = form.add.length > 0 ? draft.recipients.find((one) => (one.needToKnow ?? '') === '') : undefined
    return open === undefined ? undefined : `/disclosures/${row.id}/recipients/need?key=${open.key}`
  },
})

const placeFor = (entryId: string): Recipient => ({
  key: `r-${entryId.slice(0, 30)}`,
  entryId,
  name: '…',
  kind: 'public',
})

async function nameRecipients(
  ctx: Context,
  id: string,
): Promise<{ errors: Readonly<Record<string, string>> } | undefined> {
  const row = await lockDisclosure(ctx.tx, id)
  if (row === undefined) return undefined
  const named: Recipient[] = []
  for (const one of row.draft.recipients) {
    if (one.name !== '…') {
      named.push(one)
      continue
    }
    const entry = await directoryEntry(ctx, one.entryId)
    if (entry === undefined || entry.leftOn !== undefined)
      return wrong({ '': 'Somebody you chose is not in the directory any more. Search again' })
    named.push({
      key: one.key,
      entryId: one.entryId,
      name: entry.name.slice(0, 500),
      kind: entry.kind,
      ...(entry.role === undefined ? {} : { role: entry.role }),
      ...(entry.agencyName === undefined ? {} : { agency: entry.agencyName }),
    })
  }
  await rewriteDraft(ctx, row, { ...row.draft, recipients: named })
  return undefined
}

/** Those whose names could be taken for each other are said to be so (CUM-13). */
async function withLookAlikes(ctx: Context, found: readonly Entry[]) {
  return Promise.all(found.map(async (entry) => ({ ...shownAs(entry), alike: (await lookAlikes(ctx, entry)).length })))
}

export const PARTS_PLAYED = {
  assesses: 'Assesses the child or family',
  delivers: 'Delivers the plan or service',
  tracks: 'Tracks the case',
  other: 'Something else',
} as const

export const needToKnow = step({
  step: 'recipients',
  path: 'recipients/need',
  title: ({ row, query }) =>
    `Why does ${row.draft.recipients.find((one) => one.key === query.key)?.name ?? 'this person'} need to know?`,
  template: 'sharing/pages/need-to-know.njk',
  form: stepForm({
    key: z.string().max(40),
    part: choice(['assesses', 'delivers', 'tracks', 'other'], 'Choose what they do in this case'),
    needToKnow: text('Say how knowing it changes what they do for the child', 2_000),
  }),
  async show(ctx, { row, query }) {
    const found = row.draft.recipients.find((one) => one.key === query.key)
    if (found === undefined) return undefined
    const entry = await directoryEntry(ctx, found.entryId)
    return {
      recipient: found,
      entry: entry === undefined ? undefined : shownAs(entry),
      alike: entry === undefined ? [] : (await lookAlikes(ctx, entry)).map(shownAs),
      played: Object.entries(PARTS_PLAYED).map(([value, words]) => ({ value, text: words })),
    }
  },
  save: (draft, form) => ({
    ...draft,
    recipients: draft.recipients.map((one) =>
      one.key === form.key ? { ...one, part: form.part, needToKnow: plainText(form.needToKnow) } : one,
    ),
  }),
  next(_form, draft, { row }) {
    const more = draft.recipients.find((one) => (one.needToKnow ?? '') === '')
    return more === undefined
      ? `/disclosures/${row.id}/recipients`
      : `/disclosures/${row.id}/recipients/need?key=${more.key}`
  },
  back: ({ row }) => `/disclosures/${row.id}/recipients`,
})
