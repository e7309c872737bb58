import { describe, expect, test } from 'vitest'
import type { Actor } from '../../platform/index.ts'
import { testHouse } from '../../testing/test-house.ts'
import { census } from '../feeds/samples.fixture.ts'
import { jobs, pages } from './room.ts'

const { house, browser, clock, runJobs, acts } = await testHouse({ pages, jobs })
clock.set(new Date('2026-11-20T10:00:00Z'))
const { pool } = house.database
await pool.query(
  `insert into people.agency (id, name, kind, keeps_register) values ('kirkvale', 'Kirkvale Council', 'social-care', true), ('thornmere', 'Thornmere Council', 'social-care', true),
    ('police', 'Police', 'police', false)`,
)
const keeper = (agency: string): Actor => ({
  id: `keeper-of-${agency}`,
  name: `Keeper of ${agency}`,
  kind: 'user',
  agency,
  agencyName: agency,
  role: 'register-keeper',
  permissions: new Set(['register.import', 'register.keep']),
})
const imran = browser(keeper('kirkvale'))
const send = (content: string | Buffer, format = 'csv', code = '', name = 'register.csv') =>
  imran.post('/register/feeds', { format, code }, { file: { name, content } })
const rows = (count: number, more = '') =>
  `local_id,given_name,nhs_number\n${Array.from({ length: count }, (_, at) => `K-${at},Ada ${at},${more}\n`).join('')}`
const held = async () =>
  (await pool.query(`select count(*)::int as n from register.entry where removed_at is null`)).rows[0].n
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describe('the keeper’s pages of feeds', { timeout: 60_000 }, () => {
  test('an empty register says so, and how fresh every other is', async () => {
    const { status, html } = await imran.get('/register/feeds')
    expect(status).toBe(200)
    expect(plain(html)).toContain('Nothing was fed yet')
    expect(plain(html)).toContain('No program has written to this register yet')
    expect(plain(html)).toMatch(/Thornmere Council 0 entries, never fed/)
    expect((await browser(keeper('police')).get('/register/feeds')).status).toBe(403)
  })
  test('a file is fed by a job; its page shows that it waits, then what it did and what is to be mended', async () => {
    const sent = await send(rows(3, '').replace('Ada 1,', 'Ada 1,123'))
    expect(sent.status).toBe(303)
    const waiting = await imran.get(sent.to!)
    expect(waiting.html).toContain('data-look-again="5"')
    expect(waiting.html).toContain('See how far it is')
    expect(plain(waiting.html)).toContain('waits for its turn')
    expect(await runJobs()).toEqual([])
    const { html } = await imran.get(sent.to!)
    expect(html).not.toContain('data-look-again')
    expect(plain(html)).toMatch(/Added 3 persons who are new/)
    expect(plain(html)).toMatch(/3 K-1 nhs_number An NHS number has ten digits. 123/)
    const mend = await imran.get(`${sent.to}/to-mend`)
    expect(mend.headers['content-type']).toContain('text/csv')
    expect(mend.html).toContain('K-1,Ada 1,123,3,nhs_number')
    expect(mend.html).not.toContain('K-2')
    expect(plain((await imran.get('/register/feeds')).html)).toMatch(/Kirkvale Council 3 entries, today/)
    expect(JSON.stringify(await acts())).not.toContain('Ada')
    expect((await pool.query(`select file from register.feed`)).rows).toEqual([{ file: null }])
  })
  test('WY-8, BEX-50: what is fed stands at the hub and in the authority’s own system, which counts: fed again, it takes the place of the hub’s copy', async () => {
    expect((await imran.get('/register/feeds')).html).toMatch(
      /your own system, which holds your own agency’s work alone and is the one that counts[\s\S]*?\/rules\/WY-8"[\s\S]*?\/rules\/BEX-50"/,
    )
    const central = async () =>
      (
        await pool.query(
          `select record -> 'names' -> 0 ->> 'given' as given from register.entry where local_id = 'K-0'`,
        )
      ).rows
    expect(await central()).toEqual([{ given: 'Ada 0' }])
    await send('local_id,given_name\nK-0,Adaeze\n')
    await runJobs()
    expect(await central()).toEqual([{ given: 'Adaeze' }])
  })
  test('WY-33: a feed of one authority is nothing to the keeper of another', async () => {
    const { rows: feeds } = await pool.query(`select id from register.feed`)
    const other = browser(keeper('thornmere'))
    for (const address of [`/register/feeds/${feeds[0].id}`, `/register/feeds/${feeds[0].id}/to-mend`])
      expect((await other.get(address)).status, address).toBe(404)
    expect((await other.get('/register/feeds')).html).not.toContain(feeds[0].id)
    expect((await other.post(`/register/feeds/${feeds[0].id}`, { answer: 'meant' })).status).toBe(404)
  })
  test('what is wrong with what was sent is said beside its field', async () => {
    expect(plain((await send('', 'csv')).html)).toContain('Choose a file that is not empty')
    expect(plain((await send('x', 'word')).html)).toContain('Choose what the file is')
    expect(plain((await send('<Message/>', 'cin')).html)).toContain('Enter the code by which your returns name you')
    expect(plain((await send('x', 'cin', 'a b')).html)).toContain('made of letters and digits')
    await pool.query(`insert into register.standing (authority, codes) values ('thornmere', '{977}')`)
    expect(plain((await send('x', 'cin', '977')).html)).toContain('Another authority’s returns go by this code')
  })
  test('WY-33: the code by which an authority goes is learnt with a file that was fed, and not with one that was refused', async () => {
    const goesBy = async () =>
      /Known already: ([\d, ]+)|The LEA code, three digits/.exec((await imran.get('/register/feeds')).html)?.[1]
    const whole = (lea: string) => census({ children: [{ id: 'K-0', born: '2015-03-09' }], whose: lea })
    const refused = await send(whole('201'), 'cin', '301', 'cin.xml')
    expect(await runJobs()).toEqual([])
    expect(plain((await imran.get(refused.to!)).html)).toContain('from authority 201')
    expect(await goesBy()).toBeUndefined()
    await send(whole('301'), 'cin', '301', 'cin.xml')
    expect(await runJobs()).toEqual([])
    expect(await goesBy()).toBe('301')
  })
  test('a file that cannot be taken changes nothing, and its page says why', async () => {
    const sent = await send('name\nAda\n')
    expect(await runJobs()).toEqual([])
    expect(plain((await imran.get(sent.to!)).html)).toContain('one of them must be local_id')
    expect(await held()).toBe(3)
  })
  test('BEX-54: a feed that would take an absurd share is held, and goes on or not as its keeper says', async () => {
    await send(rows(60))
    await runJobs()
    const gone = `local_id,removed\n${Array.from({ length: 50 }, (_, at) => `K-${at},yes\n`).join('')}`
    const [first, second] = [await send(gone), await send(gone)]
    await runJobs()
    expect(await held()).toBe(60)
    const page = plain((await imran.get(first.to!)).html)
    expect(page).toContain('take 50 out of the register')
    expect(page).toContain('Is this meant?')
    expect(plain((await imran.post(first.to!, {})).html)).toContain('Say whether it is meant')
    expect((await imran.post(first.to!, { answer: 'not-meant' })).status).toBe(303)
    expect(plain((await imran.get(first.to!)).html)).toContain('said that it was not meant')
    expect((await imran.post(first.to!, { answer: 'meant' })).status).toBe(409)
    await imran.post(second.to!, { answer: 'meant' })
    await runJobs()
    expect(await held()).toBe(10)
    expect(plain((await imran.get(second.to!)).html)).toContain(
      'Keeper of kirkvale said that so many removals were meant',
    )
  })
  test('a service that is killed half-way has changed nothing, and the job takes the file up again by itself', async () => {
    await pool.query(`create function public.kill_once() returns trigger language plpgsql security definer as $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
      create trigger kill_once before insert on register.entry for each row when (new.local_id = 'M-3500') execute function public.kill_once()`)
    const before = await held()
    const sent = await send(rows(4_500).replaceAll('K-', 'M-'))
    expect(await runJobs()).toEqual(['register.feed-file'])
    expect(await held()).toBe(before)
    expect(plain((await imran.get(sent.to!)).html)).toContain('Being fed')
    await pool.query(`drop trigger kill_once on register.entry`)
    expect(await runJobs({ retry: true })).toEqual([])
    expect(await held()).toBe(before + 4_500)
    expect(plain((await imran.get(sent.to!)).html)).toMatch(/Added 4,500/)
  })
  test('BEX-57, BEX-58: an authority says itself how long its entries are kept, and why', async () => {
    expect(plain((await imran.get('/register/keeping-time')).html)).toContain('six years hold until then')
    expect(plain((await imran.post('/register/keeping-time', { years: '0', reason: 'x' })).html)).toContain(
      'from 1 to 100',
    )
    expect(plain((await imran.post('/register/keeping-time', { years: '25', reason: '' })).html)).toContain('Say why')
    expect((await imran.post('/register/keeping-time', { years: '25', reason: 'Until the child is 25' })).status).toBe(
      303,
    )
    expect(plain((await imran.get('/register/keeping-time')).html)).toContain('and then for 25 years')
    expect(
      (await pool.query(`select authority, years_kept from register.standing where years_kept <> 6`)).rows,
    ).toEqual([{ authority: 'kirkvale', years_kept: 25 }])
    // Fewer years dispose of what is older than they are: that is said first, and done only when it is meant.
    await pool.query(`update register.entry set removed_at = '2020-01-05' where local_id = 'K-0'`)
    expect(plain((await imran.get('/register/keeping-time')).html)).toMatch(
      /entr(?:y has|ies have) left .* since 5 January 2020/,
    )
    const fewer = await imran.post('/register/keeping-time', { years: '2', reason: 'A short policy' })
    expect([fewer.status, plain(fewer.html)]).toEqual([
      422,
      expect.stringContaining('With 2 years, one entry that left'),
    ])
    expect(plain((await imran.get('/register/keeping-time')).html)).toContain('and then for 25 years')
    expect(
      (await imran.post('/register/keeping-time', { years: '2', reason: 'A short policy', sure: 'yes' })).status,
    ).toBe(303)
  })
  test('how far it is stands on the page: persons, rate, time left; and it moves on while nothing is read and the keys are filed', async () => {
    const { rows: feeds } = await pool.query(
      `insert into register.feed (id, authority, format, state, file, size, read, told, filed, started_at, began_at, fed_by) values (gen_random_uuid(), 'kirkvale', 'csv', 'running', 'none', 1000000, 250000, 30000, 30000,
        '2026-11-20T09:58:00Z', '2026-11-20T09:59:50Z', 'x') returning id`,
    )
    const page = async () => plain((await imran.get(`/register/feeds/${feeds[0].id}`)).html)
    expect(await page()).toContain(
      '30,000 persons read so far, 30,000 of them filed for searching; 3,000 a second; about 30 seconds left',
    )
    expect(await page()).toContain('25 %')
    const at = async (filed: number) => {
      await pool.query(`update register.feed set read = 1000000, filed = $1 where state = 'running'`, [filed])
      const [, percent] = /(\d+) %/.exec(await page())!
      return Number(percent)
    }
    const shown = [await at(0), await at(15_000), await at(29_000)]
    expect(shown).toEqual([55, 77, 98])
  })
})
