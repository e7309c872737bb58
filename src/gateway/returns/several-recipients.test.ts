// Several recipients of one message, each with a return address of their own.
import { describe, expect, it } from 'vitest'
import { type MailOut, mailOut, runDueJobs } from '../../platform/index.ts'
import { signIn } from '../../testing/sign-in.ts'
import { openCrookedHop } from '../queue/crooked-hop.fixture.ts'
import { jobs } from '../room.ts'
import { letter, messagesIn } from '../smtp/house.fixture.ts'
import { domainOf, openReturning, readReceipt, reply, report } from './returns.fixture.ts'

const returning = await openReturning()
const { gateway, house, login, pool, until, came, boxOf, send, addressFor, handIn } = returning
const { alice, bashir, piotr } = returning.people

const unnamed = report(
  'delivery-status',
  'Reporting-MTA: dns; outside.example\n\nFinal-Recipient: rfc822; (somebody)\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 Not here\n',
)
const inWords = (subject: string, text: string, more = '') =>
  `From: Mail System <MAILER-DAEMON@outside.example>\nTo: returns@hub.example\nSubject: ${subject}\n${more}\n${text}\n`

describe('several recipients outside: each has a return address of their own', { timeout: 120_000 }, () => {
  const stateOf = async (address: string) =>
    (await messagesIn(gateway))[0]!.recipients!.find((one) => one.address === address)!.state
  const other = `second.person@${domainOf(piotr)}`
  /** To Piotr and to another, who has no mailbox; that one's own bounce is waited for, and both stand as sent again. */
  async function sendToTwo(subject: string) {
    await send([piotr, other], subject)
    const [held] = await messagesIn(gateway)
    if (held!.state === 'held')
      await (await signIn(gateway.test, 'alice')).post(`/mail/${held!.id}`, {
        confirmed: 'recipient-check',
        needToKnow: 'They work there.',
        version: '1',
      })
    await gateway.test.runJobs()
    await until(() => boxOf(piotr).some((one) => one.includes(`Subject: ${subject}`)))
    await until(async () => (await came()).some((one) => one.kind === 'failed'))
    return held!
  }

  it('CUM-35: the copies differ in nothing but where answers go, and a bounce that comes of one says so of that one', async () => {
    const { id } = await sendToTwo('Two outside')
    const arrived = boxOf(piotr).find((one) => one.includes('Subject: Two outside'))!
    expect(arrived).toContain(`Return-Path: <${addressFor(id, piotr)}>`)
    expect(arrived).toMatch(new RegExp(`^Reply-To: <${addressFor(id, piotr).replace(/[+.]/g, '\\$&')}>`, 'm'))
    expect(arrived.replace(/\r?\n /g, ' ')).toContain(`To: ${piotr}, ${other}`)
    expect(addressFor(id, piotr)).not.toBe(addressFor(id, other))
    expect((await came()).filter(({ kind }) => kind === 'failed').map(({ address }) => address)).toEqual([other])
    expect(await stateOf(piotr)).toBe('sent')
    expect(await stateOf(other)).toBe('converted')
  })

  it.each([
    ['a delivery status', unnamed],
    ['sendmail’s words', inWords('Returned mail: see transcript for details', '550 5.1.1 <x>... User unknown')],
    ['qmail’s words', inWords('failure notice', 'Hi. This is the qmail-send program.\n550 sorry, no mailbox')],
    [
      'Exim’s words',
      inWords('Mail delivery failed: returning message to sender', 'all hosts failed: 550 unknown user'),
    ],
    ['Exchange’s words', inWords('Undeliverable: Meeting', 'Your message could not be delivered. 5.1.10 not found')],
  ])('CUM-35: %s that names nobody is laid to the recipient to whose return address it came', async (_, raw) => {
    const { id } = await send([piotr, bashir], 'Nobody named')
    expect(await handIn('', addressFor(id, piotr), raw)).toMatch(/^250/)
    expect((await came()).filter(({ kind }) => kind === 'failed').map(({ address }) => address)).toEqual([
      piotr.toLowerCase(),
    ])
    expect(await stateOf(piotr)).not.toBe('sent')
    expect(await stateOf(bashir)).toBe('sent')
  })

  it('a report that names nobody and came to an address that several share is shown, and changes nothing', async () => {
    const { id } = await send([piotr, bashir], 'Shared')
    expect(await handIn('', addressFor(id, piotr, bashir), unnamed)).toMatch(/^250/)
    expect((await came()).map(({ kind }) => kind)).toContain('unclear')
    expect([await stateOf(piotr), await stateOf(bashir)]).toEqual(['sent', 'sent'])
  })

  it('a warning that it is late, and an answer that somebody is away, are no bounces', async () => {
    const { id } = await send([piotr, bashir], 'Late')
    const late = inWords('Warning: message 1abc delayed 24 hours', '450 4.2.0 try later')
    expect(await handIn('', addressFor(id, piotr), late)).toMatch(/^250/)
    const away = `From: ${piotr}\nTo: returns@hub.example\nSubject: Undeliverable while I am away\n\nBack on Monday.\n`
    expect(await handIn('', addressFor(id, piotr), away)).toMatch(/^250/)
    const kinds = (await came()).map(({ kind }) => kind)
    expect(kinds).toContain('delayed')
    expect(kinds).toContain('automatic')
    expect(await stateOf(piotr)).toBe('sent')
  })

  it('each one’s reply and receipt stand with the one who sent them', async () => {
    const { id } = await send([piotr, bashir], 'Both answer')
    expect(await handIn(piotr, addressFor(id, piotr), reply(piotr))).toMatch(/^250/)
    expect(await handIn('', addressFor(id, bashir), readReceipt(bashir))).toMatch(/^250/)
    expect(await handIn(bashir, addressFor(id, piotr), reply(bashir))).toMatch(/^250/)
    const places = (await messagesIn(gateway))[0]!.recipients!.map(({ address }) => address.toLowerCase())
    const said = (await came()).filter(({ kind }) => kind === 'reply' || kind === 'displayed')
    expect(said.map(({ kind, place }) => `${kind} ${place === null ? 'nobody' : places[place]}`).sort()).toEqual([
      `displayed ${bashir.toLowerCase()}`,
      // At somebody else's address: shown with the warning that it is not the one who was written to.
      'reply nobody',
      `reply ${piotr.toLowerCase()}`,
    ])
  })

  it('the address of a recipient who was replaced means nobody else', async () => {
    const { id } = await send([piotr, bashir], 'Replaced')
    await pool.query('update gateway.recipient set address = $2 where message = $1 and address = $3', [
      id,
      'new.one@elsewhere.example',
      bashir,
    ])
    expect(await handIn('', addressFor(id, bashir), unnamed)).toMatch(/^250/)
    expect((await came()).map(({ kind }) => kind)).toContain('unclear')
    expect((await messagesIn(gateway))[0]!.recipients!.map(({ state }) => state)).toEqual(['sent', 'sent'])
  })

  it('a next hop that takes the first and then goes away: one stands as sent, the others wait for nobody’s patience but the hop’s', async () => {
    const hop = await openCrookedHop()
    let handed = 0
    const { send: sendOn } = mailOut({ url: hop.url, ca: hop.ca, patience: 400 })
    // The hop is stopped after its first whole message.
    const mail: MailOut = {
      async send(message) {
        const handover = await sendOn(message)
        if (++handed === 1) await hop.stop()
        return handover
      },
    }
    const raw = letter(alice, `${piotr}, ${bashir}`, 'Gone', 'The meeting is on Tuesday at ten.')
    expect((await gateway.send(login, { from: alice, to: [piotr, bashir, alice] }, raw)).code).toBe(250)
    await runDueJobs({ ...house, mail }, jobs).catch(() => {})
    const states = (await messagesIn(gateway))[0]!.recipients!.map(({ state }) => state)
    expect(states.filter((one) => one === 'sent')).toHaveLength(1)
    expect(states.filter((one) => one === 'waiting' || one === 'converted' || one === 'held')).toHaveLength(2)
    expect(hop.accepted).toHaveLength(1)
    // Nobody is asked for each recipient whether there is still no hop.
    expect(handed).toBeLessThan(2 * 4 + 1)
  })

  it('a next hop that stops answering under the first: that one is uncertain, the others are put off and go later', async () => {
    const hop = await openCrookedHop({ step: 'end', fault: 'stall', times: 1 })
    const patient = { ...house, mail: mailOut({ url: hop.url, ca: hop.ca, patience: 600 }) }
    const raw = letter(alice, `${piotr}, ${bashir}`, 'Stalls', 'The meeting is on Tuesday at ten.')
    expect((await gateway.send(login, { from: alice, to: [piotr, bashir] }, raw)).code).toBe(250)
    for (let turn = 0; turn < 6; turn++) await runDueJobs(patient, jobs, { retry: true }).catch(() => {})
    await hop.stop()
    const states = (await messagesIn(gateway))[0]!.recipients!.map(({ state }) => state)
    expect(states.sort()).toEqual(['sent', 'uncertain'])
    const own = hop.whole.filter((one) => one.includes('Subject: Stalls'))
    expect(own).toHaveLength(2)
  })
})
