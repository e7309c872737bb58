import { acceptThreshold, normalise, score } from '../matching/index.ts'
import { authorities, senderParty, userById } from '../people/index.ts'
import { type Context, sql } from '../platform/index.ts'
import { type Item, keepDecision } from '../protocols/index.ts'
import type { Known } from './answer.ts'
import type { Entry } from './entry.ts'
import { frequenciesNow } from './frequencies.ts'
import { pastTheWall } from './past-the-wall.ts'
import { protocolOf } from './protocol-in-force.ts'
import { decideFor, disclosureFor } from './rules/disclosure-for.ts'
import { withoutKin } from './rules/found.ts'
import { shownOf } from './rules/items.ts'
import { soughtPerson } from './rules/sought.ts'
import { preparedFrom } from './search.ts'
import { enquiryById, openAnswer, openQuestion } from './store/enquiries.ts'
import { shieldedKin } from './store/kin.ts'

/** An item of an entry that says something else now than its asker was shown. */
export interface ChangedItem {
  readonly item: Item
  readonly was: readonly string[]
  readonly is: readonly string[]
}

/** What is known of somebody about whom something was sent on. */
export type SentAbout = Pick<Known, 'name' | 'aliases' | 'born' | 'age' | 'address' | 'nhsNumber'>

interface Standing {
  readonly localId: string
  readonly authority: string
  readonly record: Entry
  readonly prepared: Buffer
  readonly removed: boolean
  readonly shielded: boolean
}

/** Of a child who has left the register only that is news, and not each thing that was shown. */
const LEFT: readonly Item[] = ['registration', 'looked-after-indicator']

/**
 * What the asker of an enquiry was shown of an entry and would be shown otherwise of the very same items, on the same day, now; and for which agency they asked,
 * and when. Nothing of a shielded entry: it would say that it is there. Needs to stand past the wall.
 */
export async function whatChanged(
  ctx: Context,
  { enquiry, entry }: { readonly enquiry: string; readonly entry: number },
): Promise<{
  readonly authority: string
  readonly removed: boolean
  readonly changed: readonly ChangedItem[]
  readonly asked: { readonly agency: string; readonly at: Date } | undefined
}> {
  const [row, now] = [await enquiryById(ctx.tx, enquiry), await standing(ctx, entry)]
  const asked = row && { agency: row.agency, at: row.at }
  const none = { authority: now?.authority ?? '', removed: now?.removed ?? false, changed: [], asked }
  if (row === undefined || now === undefined || now.shielded) return none
  const found = openAnswer(ctx, enquiry, row.sealedAnswer).found.find((one) => one.entry === entry)
  if (found === undefined) return none
  const { items, shown: then } = found as { items: readonly Item[]; shown: Partial<Record<Item, readonly string[]>> }
  if (now.removed)
    return {
      ...none,
      changed: LEFT.flatMap((item) => (then[item] === undefined ? [] : [{ item, was: then[item], is: [] }])),
    }
  const username = (await userById(ctx.tx, row.asker))?.username ?? ''
  const record = withoutKin(now, await shieldedKin(ctx.tx, [now], username))
  const shown = shownOf(record, now.localId, items, row.at.toISOString().slice(0, 10))
  const changed = items
    // Who asked before grows with every question; it is no correction.
    .filter((item) => item !== 'enquiry-history' && inOrder(then[item]) !== inOrder(shown[item]))
    .map((item) => ({ item, was: then[item] ?? [], is: shown[item] ?? [] }))
  return { ...none, changed }
}

const inOrder = (lines: readonly string[] | undefined): string => [...(lines ?? [])].sort().join('\n')

const standing = (ctx: Context, entry: number): Promise<Standing | undefined> =>
  ctx.tx.maybe<Standing>(sql`select local_id as "localId", authority, record, prepared, removed_at is not null as removed, shielded
    from register.entry where id = ${entry} and disposed_at is null`)

/**
 * The same for the asker to read, who sends on what they were shown: decided anew for who they are today (their enquiry's reason and ground still being what they
 * stated), and recorded as a decision. Only items that both decisions let through; undefined when the enquiry is not the actor's own.
 */
export async function changedForAsker(
  ctx: Context,
  asked: { readonly enquiry: string; readonly entry: number },
): Promise<
  | {
      readonly authorityName: string
      readonly askedAt: Date
      readonly removed: boolean
      readonly changed: readonly ChangedItem[]
    }
  | undefined
> {
  const row = await enquiryById(ctx.tx, asked.enquiry)
  if (row === undefined || row.asker !== ctx.actor.id) return undefined
  const all = await authorities(ctx.tx)
  const news = await pastTheWall(ctx.tx, () => whatChanged(ctx, asked))
  const asking = {
    asker: await senderParty(ctx),
    check: openQuestion(ctx, row.id, row.sealedQuestion).check,
    authority: { id: news.authority, name: all.find((one) => one.id === news.authority)?.name ?? news.authority },
    protocol: await protocolOf(ctx),
    day: ctx.now.toISOString().slice(0, 10),
  }
  const { disclosure, decision, answers } = decideFor(asking)
  const about = disclosureFor(asking, disclosure.information, [`register:${asked.entry}`])
  await keepDecision(ctx.tx, ctx.now, ctx.actor, about, decision)
  return {
    authorityName: asking.authority.name,
    askedAt: row.at,
    removed: news.removed,
    changed: answers ? news.changed.filter(({ item }) => decision.items.includes(item)) : [],
  }
}

/**
 * Whether somebody about whom something was sent on is the child of this entry, as it stands now or as it was shown: by an NHS number, by name and birthday as they
 * were shown, or as far as matching/ believes it. Needs to stand past the wall.
 */
export async function isOfEntry(
  ctx: Context,
  { enquiry, entry }: { readonly enquiry: string; readonly entry: number },
  about: readonly SentAbout[],
): Promise<boolean> {
  const [row, now] = [await enquiryById(ctx.tx, enquiry), await standing(ctx, entry)]
  if (row === undefined || now === undefined) return false
  const shown = openAnswer(ctx, enquiry, row.sealedAnswer).found.find((one) => one.entry === entry)?.shown ?? {}
  const frequencies = await frequenciesNow(ctx)
  const threshold = acceptThreshold(frequencies.population)
  const day = ctx.now.toISOString().slice(0, 10)
  const numbers = [now.record.nhsNumber, ...(now.record.formerNhsNumbers ?? []), ...(shown['nhs-number'] ?? [])].map(
    (text) => text?.replaceAll(/\D/g, ''),
  )
  return about.some((one) => {
    const number = one.nhsNumber?.replaceAll(/\D/g, '')
    if (number !== undefined && number !== '' && numbers.includes(number)) return true
    const names = [...(shown.name ?? []), ...(shown.alias ?? [])].map(plain)
    if (one.name !== undefined && one.born !== undefined && names.includes(plain(one.name)))
      if (shown['date-of-birth']?.includes(one.born) === true) return true
    const found = score(normalise(soughtPerson(one, day)), preparedFrom(now.prepared), frequencies)
    return found.weight - found.prior >= threshold
  })
}

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLocaleLowerCase('en')
