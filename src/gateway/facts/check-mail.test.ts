import { describe, expect, it } from 'vitest'
import { findProtocol } from '../../protocols/index.ts'
import { makeZip } from '../contents/zip.cases.ts'
import { readMessage } from '../reading/index.ts'
import { checkMail, fixedSentence, type MailOptions } from './index.ts'

interface Draft {
  readonly from?: string
  readonly to?: string
  readonly cc?: string
  readonly subject?: string
  readonly body?: string
  readonly headers?: string
  readonly file?: { readonly name: string; readonly bytes: Buffer }
}
const about = 'Julia Smith, born 3 April 2012, NHS number 943 476 5919.'
const sealed = {
  name: '20120910.zip',
  bytes: makeZip([{ name: '1.doc', lock: 'aes-256', content: Buffer.alloc(900) }]),
}
const document = { name: '20120910.txt', bytes: Buffer.from(about) }

function check(draft: Draft, options: Partial<Omit<MailOptions, 'protocol'>> & { protocol?: string } = {}) {
  const {
    from = 'Bev Hill <b.hill@cumbria.gov.uk>',
    to = 'Ed Roe <ed.roe@lakes.example.org>',
    cc,
    subject = 'Agenda',
    body = 'See you on Tuesday.',
    headers = '',
    file,
  } = draft
  const head = `From: ${from}\r\nTo: ${to}\r\n${cc === undefined ? '' : `Cc: ${cc}\r\n`}Subject: ${subject}\r\n${headers}MIME-Version: 1.0\r\n`
  const text = `Content-Type: text/plain; charset=utf-8\r\n\r\n${body.replaceAll('\n', '\r\n')}\r\n`
  const raw =
    file === undefined
      ? head + text
      : `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${text}--b\r\nContent-Type: application/octet-stream; name="${file.name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file.bytes.toString('base64')}\r\n--b--\r\n`
  const { protocol = 'cumbria-2015', ...rest } = options
  const answer = checkMail(readMessage(Buffer.from(raw)), {
    day: protocol === 'uk-2026' ? '2026-11-01' : '2016-03-01',
    ...rest,
    protocol: findProtocol(protocol)!,
  })
  return { ...answer, rules: answer.findings.filter((one) => one.weight !== 'note').map((one) => one.rule) }
}

describe('a mail about nobody', () => {
  it('goes as it is, whoever receives it', () => expect(check({}).action).toBe('deliver'))
  it('CUM-22: gets the disclaimer when it goes outside, and only then', () => {
    expect(check({}).rules).toEqual(['CUM-22'])
    expect(check({ to: 'ann.lee@cumbria.gov.uk' }).rules).toEqual([])
    expect(check({ body: 'Hello.\nIf you are not the intended recipient please delete this.' }).rules).toEqual([])
  })
})

describe('a mail about a child', () => {
  it('CUM-28: never leaves the council unencrypted', () => {
    const answer = check({ body: about })
    expect(answer.action).toBe('convert')
    expect(answer.rules).toContain('CUM-28')
    expect(answer.recipients[0]).toMatchObject({ secure: false, route: 'portal' })
  })
  it('CUM-28: may go in a zip with AES-256, the CONFIDENTIAL mark and the statements being added', () => {
    const answer = check({ file: sealed })
    expect(answer).toMatchObject({
      action: 'deliver',
      recipients: [{ route: 'encrypted-attachment' }],
      attachments: [{ encrypted: 'aes-256', type: 'application/zip' }],
    })
    expect(answer.rules).toEqual(expect.arrayContaining(['CUM-19', 'CUM-21', 'CUM-22']))
  })
  it('CUM-19, CUM-21: a mail that is marked and asks for deletion lacks neither', () => {
    const { rules } = check({
      subject: 'CONFIDENTIAL',
      body: 'The file must be deleted after use.\nIf you are not the intended recipient, delete it.',
      file: sealed,
    })
    expect(rules).toEqual([])
  })
  it('CUM-20: has no personal details in its subject, inside or outside', () => {
    for (const to of ['ann.lee@cumbria.gov.uk', 'ed.roe@lakes.example.org']) {
      const answer = check({ to, subject: 'Julia Smith', file: sealed })
      expect(answer.action).toBe('reject')
      expect(answer.findings.find((one) => one.rule === 'CUM-20')).toMatchObject({
        part: 'subject',
        start: 0,
        end: 11,
        text: 'Julia Smith',
      })
    }
  })
  it('CUM-20: the topic that Outlook repeats in a header counts as the subject', () =>
    expect(
      check({ headers: 'Thread-Topic: Julia Smith\r\n' }).findings.some((one) => one.part === 'headers/Thread-Topic'),
    ).toBe(true))
  it('CUM-25: inside, is not about her in the text of the message', () =>
    expect(check({ to: 'ann.lee@cumbria.gov.uk', body: about })).toMatchObject({ action: 'hold' }))
  it('CUM-26: inside, may carry it in an attachment, with the fixed sentence', () => {
    const answer = check({ to: 'ann.lee@cumbria.gov.uk', file: document })
    expect(answer.action).toBe('deliver')
    expect(answer.rules).toContain('CUM-26')
    expect(
      check({ to: 'ann.lee@cumbria.gov.uk', file: document, body: fixedSentence.replaceAll('. ', '.\n') }).rules,
    ).not.toContain('CUM-26')
  })
  it('CUM-30: does not carry the password beside what it opens', () => {
    for (const body of [
      'The password is !2012JSOct02',
      'Password: rain-cloud-42',
      'pw = abcd1234',
      'The password to open it: Blue7Horse',
    ])
      expect(check({ body, file: sealed }), body).toMatchObject({ action: 'reject' })
    for (const body of [
      'I will telephone with the password.',
      'The password is being sent separately.',
      'Ring me for the password',
    ])
      expect(check({ body, file: sealed }), body).toMatchObject({ action: 'deliver' })
  })
  it('CUM-34: is not sent from private internet mail', () =>
    expect(check({ from: 'b.hill@hotmail.com' })).toMatchObject({ action: 'reject' }))
  it('CUM-35: does not go to a private account, nor to a mailbox that nobody answers for', () => {
    expect(check({ to: 'al.moss@yahoo.co.uk', file: sealed })).toMatchObject({
      action: 'convert',
      recipients: [{ route: 'portal' }],
    })
    expect(check({ to: 'info@lakes.example.org', file: sealed }).action).toBe('hold')
    expect(check({ to: 'info@lakes.example.org', file: sealed }).rules).toContain('CUM-35')
  })
  it('CUM-48: does not name her in the name of a file', () => {
    expect(check({ to: 'ann.lee@cumbria.gov.uk', file: { ...document, name: 'Julia Smith.txt' } })).toMatchObject({
      action: 'reject',
    })
    expect(
      check({
        file: {
          name: '20120910.zip',
          bytes: makeZip([{ name: 'Julia Smith.doc', lock: 'aes-256', content: Buffer.alloc(900) }]),
        },
      }),
    ).toMatchObject({ action: 'reject' })
  })
  it('CUM-18: is held when an earlier message below it is about her, until its sender has read it again', () => {
    const body = `See below.\n\n-----Original Message-----\nFrom: Ed Roe <ed.roe@lakes.example.org>\nSent: today\nTo: b.hill@cumbria.gov.uk\nSubject: Agenda\n\n${about}`
    expect(check({ body })).toMatchObject({ action: 'hold' })
    expect(check({ body }, { facts: { confirmed: ['thread-check'] } })).toMatchObject({ action: 'convert' })
  })
})

describe('the wrong reader', () => {
  it('CUM-13: a greeting to somebody else is noticed before anything about a child goes', () => {
    expect(check({ body: `Dear Dave,\n\n${about}` }).rules).toContain('CUM-13')
    expect(check({ body: `Dear Dave,\n\n${about}` }).action).toBe('hold')
    expect(check({ body: `Dear Ed,\n\n${about}` }).action).toBe('convert')
  })
  it('CUM-13: another Dave than the usual one is noticed', () => {
    const known = { contacts: [{ address: 'dave.moss@lakes.example.org', name: 'Dave Moss' }] }
    expect(check({ to: 'Dave Hill <dave.hill@other.example>', file: sealed }, { known }).action).toBe('hold')
    expect(check({ to: 'dave.mos@lakes.example.org', file: sealed }, { known }).action).toBe('hold')
    expect(check({ to: 'dave.moss@lakes.example.org', file: sealed }, { known }).action).toBe('deliver')
  })
  it('CUM-15, CUM-17: many readers, and private addresses shown to each other', () => {
    const many = Array.from({ length: 12 }, (_, i) => `p${i}@lakes.example.org`).join(', ')
    expect(check({ to: many, file: sealed }).rules).toContain('CUM-15')
    expect(check({ to: 'a.moss@yahoo.co.uk, b.reed@gmail.com' }).rules).toContain('CUM-17')
  })
  it('CUM-16: a reply that goes to people who were not in the conversation is held', () => {
    const body =
      'See attached.\n\nFrom: Ed Roe <ed.roe@lakes.example.org>\nSent: today\nTo: b.hill@cumbria.gov.uk\nSubject: Agenda\n\nThanks.'
    expect(check({ subject: 'Re: Agenda', body, cc: 'new.person@lakes.example.org', file: sealed }).rules).toContain(
      'CUM-16',
    )
    expect(check({ subject: 'Re: Agenda', body, file: sealed }).rules).not.toContain('CUM-16')
  })
  it('CUM-12, CUM-51: nothing about a child goes to a distribution list', () =>
    expect(check({ to: 'all-staff@lakes.example.org', file: sealed }).rules).toEqual(
      expect.arrayContaining(['CUM-12', 'CUM-51']),
    ))
  it('a blind copy that only the envelope names is looked at like every other', () =>
    expect(
      check(
        { to: 'ann.lee@cumbria.gov.uk', file: document },
        { recipients: ['ann.lee@cumbria.gov.uk', 'x@lakes.example.org'] },
      ).action,
    ).toBe('convert'))
  it('a message handed in under another name than it shows is refused', () =>
    expect(check({}, { sender: 'other@cumbria.gov.uk' }).action).toBe('reject'))
})

describe('the channel', () => {
  it('BEX-39, BEX-41, BEX-43: secure to secure only; web mail never to NHSmail', () => {
    const protocol = 'bexley-2015'
    expect(
      check({ from: 'k.rose@bexley.gcsx.gov.uk', to: 'DC Rao <rao@met.pnn.police.uk>', body: about }, { protocol }),
    ).toMatchObject({ action: 'deliver', recipients: [{ secure: true, route: 'secure-email' }] })
    expect(
      check({ from: 'k.rose@bexley.gov.uk', to: 'Jo Low <low@nhs.net>', body: about }, { protocol }),
    ).toMatchObject({ action: 'reject' })
  })
  it('BEX-37: the mark of sensitivity is added where it is missing', () => {
    const draft = { from: 'k.rose@bexley.gcsx.gov.uk', to: 'DC Rao <rao@met.pnn.police.uk>', body: about }
    expect(check(draft, { protocol: 'bexley-2015' }).rules).toEqual(['BEX-37'])
    expect(
      check({ ...draft, headers: 'Sensitivity: Company-Confidential\r\n' }, { protocol: 'bexley-2015' }).rules,
    ).toEqual([])
  })
  it('today a domain is secure by what it proves, and by nothing else', () => {
    const draft = { from: 'A Ng <a.ng@kirkvale.gov.uk>', to: 'Dr Low <low@trust.nhs.uk>', body: about }
    const proof = { tls: '1.3', mtaSts: true, dmarc: true, checkedOn: '2026-10-30' }
    const facts = { from: { channel: proof }, to: [{ address: 'low@trust.nhs.uk', channel: proof }] }
    expect(check(draft, { protocol: 'uk-2026' })).toMatchObject({ action: 'convert', recipients: [{ secure: false }] })
    expect(check(draft, { protocol: 'uk-2026', facts })).toMatchObject({
      action: 'deliver',
      recipients: [{ secure: true, route: 'secure-email' }],
    })
    expect(
      check(
        { ...draft, to: 'Dr Low <low@trust.gsi.gov.uk>' },
        { protocol: 'uk-2026', facts: { ...facts, to: [{ address: 'low@trust.gsi.gov.uk', channel: proof }] } },
      ).action,
    ).toBe('reject')
  })
  it('outside the days on which a protocol is in force nothing about a child goes under it', () =>
    expect(check({ file: sealed }, { day: '2015-01-01' }).action).toBe('reject'))
  it('consent that was refused stops it; consent that nobody mentioned is only asked for', () => {
    const draft = { from: 'k.rose@bexley.gcsx.gov.uk', to: 'DC Rao <rao@met.pnn.police.uk>', body: about }
    expect(check(draft, { protocol: 'bexley-2015' }).decision?.needs.map((need) => need.id)).toEqual(
      expect.arrayContaining(['need-to-know', 'proportionality']),
    )
    expect(
      check(draft, { protocol: 'bexley-2015', facts: { consent: [{ person: 'mother', age: 31, state: 'refused' }] } })
        .action,
    ).toBe('hold')
  })
  it('what nobody here can look into is held for a person when it would leave in the open', () => {
    const file = {
      name: '20120910.7z',
      bytes: Buffer.concat([Buffer.from('377abcaf271c', 'hex'), Buffer.alloc(600, 3)]),
    }
    expect(check({ file }).action).toBe('hold')
    expect(check({ file, to: 'ann.lee@cumbria.gov.uk' }).action).toBe('deliver')
  })
  it('the same message, protocol, day and facts have the same answer for ever', () =>
    expect(check({ body: about })).toEqual(check({ body: about })))
})
