import {
  acceptTerms,
  addEntry,
  addUser,
  giveAuthenticator,
  keepAgency,
  keepAgreement,
  keepDomain,
  keepParty,
  keepRoleLevel,
  keepTeam,
  printSignIn,
  recordTraining,
  setPassword,
  TERMS,
} from '../../people/index.ts'
import { type Context, hashPassword, newAuthenticatorSecret, newId } from '../../platform/index.ts'
import { CAST, CAST_PASSWORD, castAddress } from '../cast.ts'
import { AGENCIES, DOMAINS, ROLE_LEVELS, TEAMS } from './agencies.ts'
import { AGREEMENTS } from './agreements.ts'
import { ENTRIES } from './entries.ts'
import { daysAfter } from './people/days.ts'

/** Puts the agencies, the cast, the directory and the agreements of the invented area into the database, all days relative to now. */
export async function sowPeople(ctx: Context): Promise<void> {
  const today = ctx.now.toISOString().slice(0, 10)
  const ago = (days: number): string => daysAfter(today, -days)
  // Agencies name one another, so those that are named come first.
  const ordered = [...AGENCIES].sort((a, b) => Number(a.area !== undefined) - Number(b.area !== undefined))
  for (const { domain: _, ...agency } of ordered) await keepAgency(ctx.tx, agency)
  for (const team of TEAMS) await keepTeam(ctx.tx, team)
  for (const { agency, role, level } of ROLE_LEVELS)
    await keepRoleLevel(ctx.tx, agency, role, level, 'Agreed at the start')
  for (const { daysAgo, ...domain } of DOMAINS)
    await keepDomain(ctx.tx, { ...domain, checkedOn: ago(daysAgo), checkedBy: 'Usha Patel' })
  const users = await sowCast(ctx, ago)
  await sowDirectory(ctx, users, ago)
  for (const { signed, review, ends, parties, ...agreement } of AGREEMENTS) {
    const signedOn = ago(-signed)
    await keepAgreement(ctx.tx, {
      ...agreement,
      signedOn,
      reviewOn: ago(-review),
      ...(ends === undefined ? {} : { endsOn: ago(-ends) }),
    })
    for (const { live, ...party } of parties)
      await keepParty(ctx.tx, agreement.id, {
        ...party,
        signedOn,
        ...(live === undefined ? {} : { liveOn: ago(-live) }),
      })
  }
}

async function sowCast(ctx: Context, ago: (days: number) => string): Promise<Map<string, string>> {
  const ids = new Map(CAST.map((member) => [member.username, newId()]))
  // One password for the whole cast, hashed once: it is printed on the sign-in page.
  const hash = await hashPassword(CAST_PASSWORD)
  const managersFirst = [...CAST].sort((a, b) => Number(a.manager !== undefined) - Number(b.manager !== undefined))
  for (const member of managersFirst) {
    const id = ids.get(member.username)!
    const domain = AGENCIES.find((one) => one.id === member.agency)?.domain ?? 'nowhere.example'
    const manager = member.manager === undefined ? undefined : ids.get(member.manager)
    await addUser(ctx.tx, { ...member, id, manager, email: castAddress(member, domain) }, ctx.now)
    await setPassword(ctx.tx, id, hash, ctx.now)
    await giveAuthenticator(ctx.tx, ctx.secrets, id, await newAuthenticatorSecret(), ctx.now)
    await printSignIn(ctx.tx, id, CAST_PASSWORD, member.shows)
    if (member.trainedDaysAgo === undefined) continue
    await recordTraining(ctx.tx, id, ago(member.trainedDaysAgo), 'Usha Patel')
    await acceptTerms(ctx.tx, id, TERMS.version, ctx.now)
  }
  return ids
}

async function sowDirectory(
  ctx: Context,
  users: ReadonlyMap<string, string>,
  ago: (days: number) => string,
): Promise<void> {
  const keys = new Map(ENTRIES.map((entry) => [entry.key, newId()]))
  const sharersLast = [...ENTRIES].sort((a, b) => Number(a.mailbox !== undefined) - Number(b.mailbox !== undefined))
  for (const { key, username, mailbox, listCheckedDaysAgo, agreedDaysAgo, trainedDaysAgo, ...fields } of sharersLast) {
    const more = {
      ...(username === undefined ? {} : { userId: users.get(username) }),
      ...(mailbox === undefined ? {} : { mailboxOf: keys.get(mailbox) }),
      ...(listCheckedDaysAgo === undefined ? {} : { listCheckedOn: ago(listCheckedDaysAgo) }),
      ...(agreedDaysAgo === undefined ? {} : { prefersAgreedOn: ago(agreedDaysAgo) }),
      ...(trainedDaysAgo === undefined ? {} : { trained: ago(trainedDaysAgo) }),
    }
    await addEntry(ctx.tx, keys.get(key)!, { ...fields, ...more }, { actor: 'system', now: ctx.now })
  }
}
