// The sender's own copy, in a real mailbox of a real Dovecot.
import { ImapFlow } from 'imapflow'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { actIn, type ManualWork, system } from '../../platform/index.ts'
import { actorNamed, signIn } from '../../testing/sign-in.ts'
import { certificate } from '../../transfer/sink.fixture.ts'
import { letter, messagesIn, openGateway } from '../smtp/house.fixture.ts'
import { startDovecot } from './dovecot.fixture.ts'
import { tidyAll } from './jobs/tidy-mailboxes.ts'
import { keepMailbox, mailboxOf } from './store.ts'

const user = { name: 'alice', password: 'her own mailbox 7' }
const tls = certificate()
const server = await startDovecot(tls, user)
const gateway = await openGateway()
const { house, clock } = gateway.test
const { pool } = house.database
const login = await gateway.password('alice')
const alice = await actorNamed(gateway.test, 'alice')
const { rows } = await pool.query(
  `select username, email from people.user_account where username in ('alice', 'piotr') order by username`,
)
const [from, to] = rows.map((one) => one.email as string) as [string, string]
const about = 'Julia Smith, born 3 May 2012, of 4 Mill Lane, Kirkvale KV1 2AB, was seen with bruises on Monday.'
const carer = 'martha.field@gmail.com'
afterAll(() => server.stop())

const work = (): ManualWork => ({
  house,
  actor: system,
  now: clock.now(),
  attempt: 1,
  last: false,
  transaction: (run, act = {}) => actIn(house, { actor: system, act: 'test', ...act }, run),
})

async function inMailbox<T>(run: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = new ImapFlow({
    host: 'localhost',
    port: server.port,
    secure: true,
    auth: { user: user.name, pass: user.password },
    logger: false,
    tls: { ca: tls.cert },
  })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.logout()
  }
}
const subjectsIn = (folder: string) =>
  inMailbox(async (client) => {
    const lock = await client.getMailboxLock(folder)
    try {
      if (client.mailbox && client.mailbox.exists === 0) return []
      return (await client.fetchAll('1:*', { envelope: true })).map(({ envelope }) => envelope?.subject)
    } finally {
      lock.release()
    }
  })
const put = (folder: string, raw: string) => inMailbox((client) => client.append(folder, raw, ['\\Seen']))
const connect = (password = user.password, port = server.port) =>
  actIn(house, { actor: alice, act: 'test' }, (ctx) =>
    keepMailbox(ctx, { host: 'localhost', port, name: user.name, password }),
  )

/** Sends it as Alice's mail program does, which keeps a copy. */
async function send(whom: string, text: string, id = '<visit.1@alice.example>') {
  const raw = letter(from, whom, 'Visit', text, `Message-ID: ${id}\r\n`)
  expect((await gateway.send(login, { from, to: [whom] }, raw)).text).toMatch(/^250/)
  await put('Sent', raw)
  await gateway.test.runJobs()
  await gateway.test.runRecurring('gateway.owe-tidying')
  return (await messagesIn(gateway))[0]!
}
const owed = async () => (await pool.query('select state, cites, due, done_by, detail from gateway.tidying')).rows

beforeEach(async () => {
  await pool.query('delete from gateway.message')
  await pool.query('delete from gateway.mailbox')
  await inMailbox(async (client) => {
    for (const folder of ['Sent', 'Trash', 'Cases']) {
      const lock = await client.getMailboxLock(folder)
      await client.messageDelete('1:*').catch(() => false)
      lock.release()
    }
  })
})

describe('the sender’s own copy', { timeout: 60_000 }, () => {
  it('CUM-23, CUM-32: of what held personal information is owed with a day, and taken out once the secure copy is kept; nothing else is touched', async () => {
    await put('Sent', letter(from, to, 'Rota', 'The meeting is on Tuesday.', 'Message-ID: <rota@alice.example>\r\n'))
    await put(
      'Sent',
      letter(from, to, 'Longer', 'An id that holds the other.', 'Message-ID: <other-visit.1@alice.example>\r\n'),
    )
    const message = await send(carer, about)
    const copy = letter(from, carer, 'Visit', about, 'Message-ID: <visit.1@alice.example>\r\n')
    await put('Trash', copy)
    await put('Cases', copy)
    expect(await owed()).toMatchObject([{ state: 'owed', cites: expect.arrayContaining(['CUM-23']) }])
    const [task] = await owed()
    expect(task.due.getTime() - clock.now().getTime()).toBe(24 * 3_600_000)
    const browser = await signIn(gateway.test, 'alice')
    expect((await browser.get('/mail')).html).toContain('Copies to take out of your mailbox')
    expect((await browser.get(`/mail/${message.id}`)).html).toContain('Connect your mailbox')
    await connect()
    await tidyAll(work(), tls.cert)
    expect(await subjectsIn('Sent')).toEqual(['Rota', 'Longer'])
    expect(await subjectsIn('Trash')).toEqual([])
    // A folder that somebody chose is not “sent” or “deleted”.
    expect(await subjectsIn('Cases')).toEqual(['Visit'])
    expect(await owed()).toMatchObject([{ state: 'done', done_by: 'Safehaven', detail: 'Taken out of: Sent, Trash.' }])
    const { rows: kept } = await pool.query('select sealed_raw is not null as kept from gateway.message')
    expect(kept).toEqual([{ kept: true }])
    expect((await browser.get(`/mail/${message.id}`)).html).toContain('It is out of your mailbox')
  })

  it('CUM-23: of what held nothing personal may stay', async () => {
    await send(to, 'The meeting is on Tuesday.')
    expect(await owed()).toMatchObject([{ state: 'not-owed' }])
    await connect()
    await tidyAll(work(), tls.cert)
    expect(await subjectsIn('Sent')).toEqual(['Visit'])
  })

  it('CUM-23: not found yet, it is looked for again; overdue, its sender sees so and may say that it is gone', async () => {
    const message = await send(carer, about, '<never.kept@alice.example>')
    await inMailbox(async (client) => {
      const lock = await client.getMailboxLock('Sent')
      await client.messageDelete('1:*')
      lock.release()
    })
    await connect()
    await tidyAll(work(), tls.cert)
    expect(await owed()).toMatchObject([{ state: 'owed' }])
    clock.forward(25 * 3_600_000)
    const browser = await signIn(gateway.test, 'alice')
    expect((await browser.get(`/mail/${message.id}`)).html).toContain('Overdue')
    const other = await signIn(gateway.test, 'bashir')
    await other.get('/mail/passwords')
    expect((await other.post(`/mail/${message.id}/tidied`, {})).status).toBe(404)
    expect((await browser.post(`/mail/${message.id}/tidied`, {})).status).toBe(303)
    expect(await owed()).toMatchObject([{ state: 'done', detail: 'Taken out by hand.' }])
  })

  it('a wrong password, a server that nobody vouches for, and none at all change nothing and are told to the sender', async () => {
    await send(carer, about)
    const told = async (ca?: string) => {
      await tidyAll(work(), ca)
      return (await house.database.transaction(system, (tx) => mailboxOf(tx, alice.id)))!.trouble
    }
    await connect('not her password')
    expect(await told(tls.cert)).toContain('does not take the name and password')
    await connect()
    expect(await told()).toContain('Nobody vouches for the certificate')
    await connect(user.password, 65_535)
    expect(await told(tls.cert)).toContain('could not be reached')
    expect(await owed()).toMatchObject([{ state: 'owed' }])
    expect(await subjectsIn('Sent')).toEqual(['Visit'])
  })

  it('the page takes a server by its name and an encrypted port only, and keeps the password sealed', async () => {
    const browser = await signIn(gateway.test, 'alice')
    expect((await browser.get('/mail/mailbox')).status).toBe(200)
    const right = { host: 'imap.kirkvale.example', port: '993', name: 'alice', password: 'her own mailbox 7' }
    expect((await browser.post('/mail/mailbox', { ...right, port: '110' })).html).toContain('Enter 993')
    expect((await browser.post('/mail/mailbox', { ...right, host: '127.0.0.1' })).html).toContain(
      'Enter the name of the server',
    )
    expect((await browser.post('/mail/mailbox', right)).status).toBe(303)
    const { html } = await browser.get('/mail/mailbox')
    expect(html).toContain('imap.kirkvale.example')
    expect(html).not.toContain('her own mailbox 7')
    const { rows: kept } = await pool.query('select sealed_password from gateway.mailbox')
    expect(kept[0].sealed_password.includes('her own mailbox 7')).toBe(false)
    expect((await browser.post('/mail/mailbox/forget', {})).status).toBe(303)
    expect((await pool.query('select 1 from gateway.mailbox')).rowCount).toBe(0)
  })
})
