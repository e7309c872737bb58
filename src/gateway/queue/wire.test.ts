// What the gateway adds, read on the wire at a real next hop, for each protocol that obliges it.
import { beforeEach, describe, expect, it } from 'vitest'
import { readMessage } from '../reading/index.ts'
import { messagesIn, openGateway } from '../smtp/house.fixture.ts'

const gateway = await openGateway()
const { test, sink } = gateway
const login = await gateway.password('alice')
const { pool } = test.house.database
const about = 'Julia Smith, born 3 May 2012, of 4 Mill Lane, Kirkvale KV1 2AB, was seen with bruises on Monday.'

/** From here on Alice works under this protocol, with this address, on this day. */
async function under(protocol: string, day: string, address: string): Promise<void> {
  await pool.query('delete from gateway.message')
  await pool.query(`update people.user_account set email = $1 where username = 'alice'`, [address])
  await pool.query(`update people.agency set protocol = $1 where id = 'kirkvale'`, [protocol])
  test.clock.set(`${day}T09:00:00Z`)
  alice = address
}
let alice = ''

interface Part {
  readonly type?: string
  readonly name?: string
  readonly body: string
}

const written = (to: readonly string[], subject: string, parts: readonly Part[], more = ''): string =>
  [
    `From: Alice Adams <${alice}>`,
    `To: ${to.join(', ')}`,
    `Subject: ${subject}`,
    `${more}MIME-Version: 1.0`,
    'Content-Type: multipart/mixed; boundary=b',
    '',
    ...parts.flatMap(({ type = 'text/plain; charset=utf-8', name, body }) => [
      '--b',
      `Content-Type: ${type}`,
      ...(name === undefined ? [] : [`Content-Disposition: attachment; filename="${name}"`]),
      '',
      body,
    ]),
    '--b--',
    '',
  ].join('\r\n')

/** Sends it as a mail program does, and gives what the next hop got for these recipients. */
async function onTheWire(to: readonly string[], subject: string, parts: readonly Part[], more = '') {
  sink.received.length = 0
  const reply = await gateway.send(login, { from: alice, to: [...to] }, written(to, subject, parts, more))
  await test.runJobs()
  const wanted = new Set(to)
  const got = sink.received.filter((one) => one.to.some((address) => wanted.has(address)))
  return {
    reply,
    got: got.map(({ raw, to: whom, secure }) => ({ ...read(raw), to: whom, raw: raw.toString('latin1'), secure })),
  }
}

function read(raw: Buffer) {
  const reading = readMessage(raw)
  if (reading.outcome !== 'read') throw new Error(reading.sentence)
  const { envelope, leaves, root } = reading.message
  return {
    subject: envelope.subject,
    sensitivity: root.fields.find(({ key }) => key === 'sensitivity')?.value,
    body: leaves
      .filter((leaf) => leaf.body)
      .map((leaf) => leaf.text ?? '')
      .join('\n'),
    names: leaves.filter((leaf) => !leaf.body).flatMap((leaf) => leaf.names),
    addressed: [...envelope.to, ...envelope.cc, ...envelope.bcc].map(({ address }) => address),
  }
}

const times = (text: string, what: string) => text.split(what).length - 1
const deletion = 'This information must be deleted after use.'
const warning =
  'This email has an attachment which contains personal information. If you are not the intended recipient you should not open the attachment. You should permanently delete the email and attachment and contact the sender.'
const disclaimer = 'This message is confidential and meant only for the person it is addressed to.'

describe('cumbria-2015 on the wire', { timeout: 60_000 }, () => {
  const colleague = 'b.worker@cumbria.gov.uk'
  const police = 'p.nowak@cumbria.pnn.police.uk'
  const report = { name: 'report.txt', body: about }
  beforeEach(() => under('cumbria-2015', '2016-03-01', 'a.adams@cumbria.gov.uk'))

  it('CUM-19, CUM-21, CUM-26: inside, the marking, the deletion statement and the fixed warning word for word, each once', async () => {
    const { got } = await onTheWire([colleague], 'Visit', [{ body: 'Please see the report.' }, report])
    expect(got).toHaveLength(1)
    expect(got[0]).toMatchObject({
      subject: 'CONFIDENTIAL: Visit',
      names: ['report.txt'],
      addressed: [colleague],
      secure: true,
    })
    for (const sentence of [deletion, warning]) expect(times(got[0]!.body, sentence)).toBe(1)
    expect(got[0]!.body).not.toContain(disclaimer)
  })

  it('CUM-19, CUM-21, CUM-26: what the sender wrote already is not written twice', async () => {
    const { got } = await onTheWire([colleague], 'CONFIDENTIAL visit', [
      { body: `Please see the report.\r\n\r\n${warning}\r\n\r\n${deletion}` },
      report,
    ])
    expect(got).toHaveLength(1)
    expect(times(got[0]!.subject, 'CONFIDENTIAL')).toBe(1)
    for (const sentence of [deletion, warning]) expect(times(got[0]!.body, sentence)).toBe(1)
  })

  it('CUM-21, CUM-26: a message that is laid out carries them too, where it is read', async () => {
    const html = { type: 'text/html; charset=utf-8', body: '<p>Please see the <b>report</b>.</p>' }
    const { got } = await onTheWire([colleague], 'Visit', [html, report])
    expect(got).toHaveLength(1)
    for (const sentence of [deletion, warning]) expect(times(got[0]!.body.replace(/\s+/g, ' '), sentence)).toBe(1)
  })

  it('CUM-22: whatever goes outside carries the disclaimer, harmless or not', async () => {
    const { got } = await onTheWire(['j.bell@school.example'], 'Rota', [{ body: 'The meeting is on Tuesday.' }])
    expect(got).toHaveLength(1)
    expect(got[0]!.subject).toBe('Rota')
    expect(times(got[0]!.body, disclaimer)).toBe(1)
  })

  it('CUM-20: with a name in its subject it does not leave at all', async () => {
    const { reply, got } = await onTheWire([police], 'Visit to Julia Smith', [{ body: 'See you on Tuesday.' }])
    expect(reply.text).toMatch(/^550 5\.7\.1 CUM-20 /)
    expect(got).toEqual([])
  })

  it('CUM-28, CUM-51: personal words to several outside leave as no e-mail; each recipient has a way of their own, and none names another', async () => {
    const others = [police, 'q.bell@cumbria.pnn.police.uk']
    const { reply, got } = await onTheWire(others, 'Visit', [{ body: about }])
    expect(reply.code).toBe(250)
    expect(sink.received.filter(({ raw }) => raw.includes('Julia') || raw.includes('bruises'))).toEqual([])
    for (const { addressed, to } of got) expect([addressed.length, to.length]).toEqual([1, 1])
    const { rows } = await pool.query('select address, state, consignment from gateway.recipient order by address')
    expect(rows.map(({ address, state }) => `${address} ${state}`)).toEqual(others.map((one) => `${one} converted`))
    expect(new Set(rows.map(({ consignment }) => consignment)).size).toBe(2)
  })
})

describe('bexley-2015 on the wire', { timeout: 60_000 }, () => {
  beforeEach(() => under('bexley-2015', '2015-09-01', 'a.adams@bexley.gcsx.gov.uk'))

  it('BEX-37: the sensitivity is set on what holds personal data, and on nothing else; words and layout are untouched', async () => {
    const police = 'p.nowak@met.pnn.police.uk'
    const personal = await onTheWire([police], 'Visit', [{ body: about }])
    expect(personal.got).toMatchObject([{ sensitivity: 'Company-Confidential', subject: 'Visit', body: about }])
    const harmless = await onTheWire([police], 'Rota', [{ body: 'The meeting is on Tuesday.' }])
    expect(harmless.got).toHaveLength(1)
    expect(harmless.got[0]!.sensitivity).toBeUndefined()
  })

  it('BEX-41: personal data for an ordinary address does not leave as e-mail', async () => {
    const { got } = await onTheWire(['j.bell@school.example'], 'Visit', [{ body: about }])
    expect(got.filter(({ raw }) => raw.includes('bruises') || raw.includes('Julia'))).toEqual([])
  })
})

describe('bournemouth-2016 on the wire', { timeout: 60_000 }, () => {
  beforeEach(() => under('bournemouth-2016', '2016-10-01', 'a.adams@bournemouth.gov.uk'))

  it('BOU-3: inside, a name waits for its sender, and initials go as they are', async () => {
    const colleague = 'j.bell@bournemouth.gov.uk'
    const named = await onTheWire([colleague], 'Visit', [{ body: about }])
    expect(named.got).toEqual([])
    expect((await messagesIn(gateway))[0]).toMatchObject({ state: 'held' })
    const initials = await onTheWire([colleague], 'Visit', [{ body: 'J.S. was seen with bruises on Monday.' }])
    expect(initials.got).toMatchObject([{ subject: 'Visit', body: 'J.S. was seen with bruises on Monday.' }])
  })

  it('BOU-4: to other addresses only over an encrypted hop', async () => {
    const { got } = await onTheWire(['j.bell@school.example'], 'Visit', [{ body: about }])
    expect(got).toMatchObject([{ secure: true, addressed: ['j.bell@school.example'] }])
  })
})

describe('whatever the protocol', { timeout: 60_000 }, () => {
  it('CUM-17: a blind copy is named to nobody', async () => {
    await under('bexley-2015', '2015-09-01', 'a.adams@bexley.gcsx.gov.uk')
    const [seen, unseen] = ['p.nowak@met.pnn.police.uk', 'q.bell@met.pnn.police.uk']
    sink.received.length = 0
    const raw = written([seen!], 'Rota', [{ body: 'The meeting is on Tuesday.' }], `Bcc: ${unseen}\r\n`)
    const reply = await gateway.send(login, { from: alice, to: [seen!, unseen!] }, raw)
    expect(reply.code).toBe(250)
    await test.runJobs()
    const got = sink.received.filter((one) => one.to.includes(seen!))
    expect(got.flatMap((one) => one.to)).toContain(unseen)
    expect(got.every((one) => !one.raw.includes(unseen!))).toBe(true)
  })
})
