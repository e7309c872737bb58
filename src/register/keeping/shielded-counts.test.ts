import { beforeAll, describe, expect, test } from 'vitest'
import { addUser, DUTIES, ROLES } from '../../people/index.ts'
import { type Actor, newId, sql, system } from '../../platform/index.ts'
import { testHouse } from '../../testing/test-house.ts'
import { jobs, pages } from './room.ts'

const { house, browser, clock, runJobs, acts } = await testHouse({ pages, jobs })
clock.set(new Date('2026-11-20T10:00:00Z'))
const { pool } = house.database
await pool.query(
  `insert into people.agency (id, name, kind, keeps_register) values ('kirkvale', 'Kirkvale Council', 'social-care', true)`,
)
const PERMISSIONS = new Set(['register.import', 'register.keep', 'audit.read']) as Actor['permissions']
const user = (id: string, role: string): Actor => ({
  id,
  name: `A ${role}`,
  kind: 'user',
  agency: 'kirkvale',
  agencyName: 'Kirkvale Council',
  role,
  permissions: PERMISSIONS,
})
const named = newId()
await house.database.transaction(system, (tx) =>
  addUser(
    tx,
    { id: named, username: 'imran', name: 'Imran Qureshi', agency: 'kirkvale', roles: ['register-keeper'] },
    clock.now(),
  ),
)
const sender = user('sender', 'register-keeper')
/** Every role and duty there is, in the keeping authority, with every permission: none of them is named by a shielded entry, and none of them sent the file. */
const others = [...Object.keys(ROLES), ...Object.keys(DUTIES)].map((role) => user(`other-${role}`, role))
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

/** Feeds a file as its sender, and gives the address of its page. */
async function feed(rows: readonly string[]): Promise<string> {
  clock.forward(86_400_000)
  const content = `local_id,given_name,nhs_number,shielded,shielded_visible_to,removed\n${rows.join('\n')}\n`
  const { to } = await browser(sender).post(
    '/register/feeds',
    { format: 'csv', code: '' },
    { file: { name: 'register.csv', content } },
  )
  expect(await runJobs()).toEqual([])
  return to!
}
/** What a person sees of a feed and of the registers: the counts of the feed, and how many entries there are. */
async function seen(who: Actor, address: string) {
  const page = plain((await browser(who).get(address)).html)
  const list = plain((await browser(who).get('/register/feeds')).html)
  const count = (label: string) => Number(new RegExp(`${label} (\\d+)`).exec(page)?.[1])
  const counts = Object.fromEntries(
    ['Added', 'Changed', 'Unchanged', 'Removed', 'Flagged', 'Rejected'].map((label) => [label, count(label)]),
  )
  const entries = Number(/Kirkvale Council (\d+) entr/.exec(list)?.[1])
  const said = /: (\d+ added, \d+ changed, \d+ removed(?:; \d+ flagged and \d+ rejected, to mend)?)/.exec(list)?.[1]
  return { page, entries, said, ...counts }
}
const FILE = [
  'K-1,Ada,,,,',
  'K-2,Ben,123,,,',
  'K-3,Cleo,,,,',
  'K-9,Peregrine,456,adoption,imran,',
  ',Perdita,,adoption,imran,',
  ',Nobody,,,,',
]

describe('a shielded entry and the counts of feeds', { timeout: 120_000 }, () => {
  let first: string
  beforeAll(async () => {
    first = await feed(FILE)
  })

  test('whoever sent the file is told exactly what it did', async () => {
    const { page, ...told } = await seen(sender, first)
    expect(told).toMatchObject({ Added: 4, Flagged: 2, Rejected: 2, entries: 3 })
    expect(page).toMatch(/K-9 .*456/)
    expect((await browser(sender).get(`${first}/to-mend`)).html).toMatch(/Peregrine[\s\S]*Perdita/)
  })
  test('WY-30: every other keeper of the authority, whatever their role, counts as many in the feed as in the register, and reads of nobody who is shielded', async () => {
    expect(others.length).toBeGreaterThan(8)
    for (const other of others) {
      const { page, ...told } = await seen(other, first)
      expect(told, other.role).toMatchObject({ Added: 3, Flagged: 1, Rejected: 1, entries: 3 })
      expect(told.said).toBe('3 added, 0 changed, 0 removed; 1 flagged and 1 rejected, to mend')
      const mend = (await browser(other).get(`${first}/to-mend`)).html
      expect(mend).toContain('K-2')
      expect(page + mend).not.toMatch(/K-9|Peregrine|Perdita|456|adoption|and \d+ more/)
    }
  })
  test('who is shielded by a feed leaves the counts of others, and who is shielded no more comes in: the sum is always the register’s', async () => {
    const [other] = others
    let entries = (await seen(other!, first)).entries
    const steps: [readonly string[], object][] = [
      [['K-9,Peregrin,,adoption,imran,'], { Added: 0, Changed: 0, Removed: 0, Unchanged: 0 }],
      [['K-2,Ben,123,witness protection,imran,'], { Added: 0, Changed: 0, Removed: 1, Flagged: 0 }],
      [['K-2,Ben,,,,', 'K-1,Ada,,,,'], { Added: 1, Changed: 0, Removed: 0, Unchanged: 1 }],
      [['K-9,,,,,yes'], { Added: 0, Changed: 0, Removed: 0, Unchanged: 0 }],
      [['K-9,Peregrin,,adoption,imran,'], { Added: 0, Changed: 0, Removed: 0, Unchanged: 0 }],
      [['K-9,Peregrin,,,,'], { Added: 1, Changed: 0, Removed: 0, Unchanged: 0 }],
      [['K-3,Clea,,,,', 'K-1,,,,,yes'], { Added: 0, Changed: 1, Removed: 1, Unchanged: 0 }],
    ]
    for (const [rows, expected] of steps) {
      const { page: _, ...told } = await seen(other!, await feed(rows))
      expect(told, rows[0]).toMatchObject(expected)
      const { Added: added, Removed: removed } = told as unknown as Record<string, number>
      expect(told.entries, rows[0]).toBe(entries + added! - removed!)
      entries = told.entries
    }
  })
  test('what was wrong with the row of a child who was shielded since is not read by others any more, and no count tells that something is missing', async () => {
    const address = await feed(['K-5,Dora,789,,,', 'K-6,Emil,987,,,'])
    const [other] = others
    expect(await seen(other!, address)).toMatchObject({ Flagged: 2, page: expect.stringContaining('789') })
    await feed(['K-5,Dora,,adoption,imran,'])
    const { page, ...told } = await seen(other!, address)
    expect(told).toMatchObject({ Flagged: 1 })
    expect(page).not.toMatch(/789|K-5|more in the file/)
    const keeper = user(named, 'register-keeper')
    expect((await seen(keeper, address)).page, 'who is named by the entry').toContain('789')
  })
  test('while a file is read, others see how many persons were read only in hundreds', async () => {
    await pool.query(
      `insert into register.feed (id, authority, format, state, file, size, read, told, filed, started_at, began_at, fed_by)
        values (gen_random_uuid(), 'kirkvale', 'csv', 'running', 'none', 100, 50, 3001, 2950, $1, $1, 'sender')`,
      [clock.now()],
    )
    const { rows } = await pool.query(`select id from register.feed where state = 'running'`)
    const page = async (who: Actor) => plain((await browser(who).get(`/register/feeds/${rows[0].id}`)).html)
    expect(await page(sender)).toContain('3,001 persons read so far, 2,950 of them')
    expect(await page(others[0]!)).toContain('3,000 persons read so far, 2,900 of them')
    await pool.query(`delete from register.feed where state = 'running'`)
  })
  test('a file that would take many shielded entries away is held, in words that count nobody', async () => {
    const shielded = Array.from({ length: 30 }, (_, at) => `S-${at},Sam,,adoption,imran,`)
    await feed(shielded)
    const address = await feed(Array.from({ length: 30 }, (_, at) => `S-${at},,,,,yes`))
    const { page, ...told } = await seen(others[0]!, address)
    expect(page).toContain('would take an unusual share out of the register')
    expect(told).toMatchObject({ Removed: 0 })
    expect(page).not.toMatch(/30/)
    expect(await seen(sender, address)).toMatchObject({ Removed: 30 })
  })
  test('the log of acts counts as everybody may: who reads it learns of no shielded entry', async () => {
    const fed = (await acts()).filter(({ act }) => act === 'register.fed')
    expect(fed.length).toBeGreaterThan(5)
    expect(fed[0]!.detail).toMatchObject({ added: 3, flagged: 1, rejected: 1 })
  })
  test('the second wall: with the application’s filters taken away, others read neither the exact counts nor those rows', async () => {
    for (const other of others) {
      const rows = await house.database.transaction(other, (tx) =>
        tx.query(sql`select row::text, value, local_id from register.flaw`),
      )
      expect(JSON.stringify(rows), other.role).not.toMatch(/Peregrin|Perdita|456|789/)
      expect(rows.length).toBeGreaterThan(0)
      const exact = await house.database.transaction(other, (tx) => tx.query(sql`select from register.feed_exact`))
      expect(exact).toEqual([])
      await expect(
        house.database.transaction(other, (tx) => tx.query(sql`select register.shielded_here('kirkvale')`)),
      ).rejects.toThrow('permission denied')
    }
  })
})
