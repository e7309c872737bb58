import { fingerprint, passwordMatches, spendPasswordTime, type Tx } from '../platform/index.ts'
import { FORGET_AFTER, secondsToWait } from './rules/wait.ts'
import { bucketOf, countFailure, forgetFailures, passwordOf } from './store/credentials.ts'

export type PasswordAnswer =
  | { readonly outcome: 'right'; readonly user: string }
  | { readonly outcome: 'wrong' | 'wait' | 'expired'; readonly sentence: string }

const WRONG = 'The sign-in name or the password is not right. Check both; capital letters count in the password.'
/** So many wrong passwords from everywhere together slow down those who come from anywhere new. */
const FROM_EVERYWHERE = 60

/**
 * Whether the password is the user's. Wrong ones slow down who gives them: first the one place they come from, for up to a minute;
 * after 60 within half an hour every other place too, for seconds. Nobody is ever locked out. The answer takes as long for an unknown name.
 */
export async function checkPassword(
  tx: Tx,
  given: { username: string; password: string; ip: string },
  now: Date,
): Promise<PasswordAnswer> {
  const username = given.username.trim().toLowerCase()
  const here = fingerprint(`here\n${username}\n${given.ip}`)
  const everywhere = fingerprint(`everywhere\n${username}`)
  const wait = Math.max(
    await waitFor(tx, here, now, (failures) => failures),
    await waitFor(tx, everywhere, now, (failures) => (failures < FROM_EVERYWHERE ? 0 : 6)),
  )
  if (wait > 0)
    return {
      outcome: 'wait',
      sentence: `There were several wrong passwords. Wait ${wait} ${wait === 1 ? 'second' : 'seconds'}, then try again. Your account is not locked.`,
    }
  const row = await passwordOf(tx, username)
  const right = row?.hash == null ? await noPassword(given.password) : await passwordMatches(row.hash, given.password)
  if (!right || row === undefined) {
    await countFailure(tx, here, now, FORGET_AFTER)
    await countFailure(tx, everywhere, now, FORGET_AFTER)
    return { outcome: 'wrong', sentence: WRONG }
  }
  await forgetFailures(tx, here)
  if (row.expiresAt !== null && row.expiresAt <= now)
    return {
      outcome: 'expired',
      sentence:
        'This first password was for a limited time, which is over. Ask whoever looks after accounts in your agency for a new one.',
    }
  return { outcome: 'right', user: row.id }
}

async function waitFor(tx: Tx, bucket: string, now: Date, counted: (failures: number) => number): Promise<number> {
  const found = await bucketOf(tx, bucket)
  if (found === undefined) return 0
  const since = now.getTime() - found.lastAt.getTime()
  return since > FORGET_AFTER ? 0 : secondsToWait(counted(found.failures), since)
}

// An unknown name takes as long as a known one.
async function noPassword(given: string): Promise<false> {
  await spendPasswordTime(given)
  return false
}
