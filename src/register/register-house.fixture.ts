// A house with the cast and empty registers, and the few acts that tests of the registers repeat.
import { actIn, system } from '../platform/index.ts'
import { seedArea } from '../testing/area/index.ts'
import type { Browser } from '../testing/browser.ts'
import { actorNamed } from '../testing/sign-in.ts'
import { testHouse } from '../testing/test-house.ts'
import type { Check, CheckAnswer, Known } from './answer.ts'
import { checkChild } from './check-child.ts'
import type { Entry } from './entry.ts'
import { importTold } from './import-feed.ts'
import { endpoints, jobs, navigation, pages } from './room.ts'

export const NEED = 'Bruising seen today'

export async function openRegisters() {
  const test = await testHouse({ pages, endpoints, jobs, navigation })
  test.clock.set(new Date('2026-11-20T10:00:00Z'))
  await seedArea(test.house, [])
  const actor = (name: string) => actorNamed(test, name)
  return {
    test,
    actor,
    /** Feeds one entry as its authority's own system would; gives its number. */
    async fed(authority: string, localId: string, entry: Entry): Promise<number> {
      await actIn(test.house, { actor: system, act: 'test.fed' }, (ctx) =>
        importTold(ctx, { source: 'csv', authority, told: [{ kind: 'entry', line: 1, localId, entry, flagged: [] }] }),
      )
      const { rows } = await test.house.database.pool.query(
        'select id from register.entry where authority = $1 and local_id = $2',
        [authority, localId],
      )
      return Number(rows[0].id)
    },
    ask: async (who: string, known: Known, more: Partial<Check> = {}): Promise<CheckAnswer> =>
      actIn(test.house, { actor: await actor(who), act: 'register.checked' }, (ctx) =>
        checkChild(ctx, {
          known,
          purpose: 'register-check',
          ground: 'register-check',
          needToKnow: NEED,
          proportionate: true,
          ...more,
        }),
      ),
  }
}

/** A child of Kirkvale with something under every heading. */
export const zephyrine = (over: Partial<Entry> = {}): Entry => ({
  names: [{ given: 'Zephyrine', family: 'Okonkwo-Vass', kind: 'legal' }],
  born: { date: '2015-03-09' },
  sex: 'F',
  addresses: [{ lines: ['12 Mill Lane', 'Kirkvale'], postcode: 'KV1 2AB' }],
  nhsNumber: '9991234578',
  registrations: [
    { kind: 'child-protection', category: 'NEG', from: '2025-01-01' },
    { kind: 'looked-after', from: '2024-01-01' },
  ],
  concerns: ['neglect'],
  lookedAfter: true,
  posesRisk: true,
  keyWorker: { name: 'Alice Hartley' },
  ...over,
})
export const MISSPELT: Known = { name: 'Zefirine Okonkwo Vas', born: '2015-03-09', postcode: 'KV1 2AB' }
export const NOBODY: Known = { name: 'Quillon Xyzzyvarth', born: '2014-05-06', postcode: 'SB3 9QQ' }

/** What a check types into the form. */
export const TYPED = {
  name: 'Zefirine Okonkwo Vas',
  'born-day': '9',
  'born-month': '3',
  'born-year': '2015',
  postcode: 'KV1 2AB',
  purpose: 'register-check',
  risk: 'none',
  consent: 'not-sought',
  ground: 'register-check',
  needToKnow: NEED,
  proportionate: 'yes',
} as const

export const without = ({ enquiry: _, at: __, ...rest }: CheckAnswer) => rest

/** Asks on the page; gives where the answer stands, and its page. */
export async function asks(
  browser: Browser,
  more: Record<string, string> = {},
): Promise<{ path: string; html: string }> {
  await browser.get('/register')
  const sent = await browser.post('/register', { ...TYPED, ...more })
  if (sent.status !== 303) throw new Error(`The question was not taken: ${sent.status} ${sent.html}`)
  return { path: sent.to!, html: (await browser.get(sent.to!)).html }
}
