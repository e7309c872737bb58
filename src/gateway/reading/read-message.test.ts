import { describe, expect, it } from 'vitest'
import { hostileMails, payload, payloadBase64 } from './hostile.cases.ts'
import type { Reading } from './index.ts'
import { checkStream, readMessage, serialise } from './index.ts'

const head =
  'From: Bev Hill <b.hill@cumbria.gov.uk>\r\nTo: Ed Roe <ed.roe@lakes.example.org>\r\nSubject: Minutes\r\nMIME-Version: 1.0\r\n'
const read = (raw: string | Buffer) => readMessage(Buffer.isBuffer(raw) ? raw : Buffer.from(raw, 'utf8'))
const message = (reading: Reading) => {
  if (reading.outcome === 'refused') throw new Error(reading.sentence)
  return reading.message
}
const seen = (reading: Reading): boolean =>
  reading.outcome === 'read' &&
  reading.message.leaves.some(
    (leaf) =>
      leaf.names.some((name) => /zip|winmail/.test(name)) ||
      leaf.bytes.includes(payload.subarray(0, 4)) ||
      leaf.type === 'application/zip',
  )

describe('a message made to hide an attachment', () => {
  const mails = hostileMails()
  it('is one of more than a hundred kinds', () => expect(mails.length).toBeGreaterThan(150))
  for (const { name, raw } of mails)
    it(`is seen through or refused with a sentence: ${name}`, () => {
      const reading = read(raw)
      if (reading.outcome === 'refused') expect(reading.sentence).toMatch(/^[A-Z].{20,}\.$/s)
      else
        expect(seen(reading), JSON.stringify(reading.message.leaves.map((leaf) => [leaf.type, leaf.names]))).toBe(true)
    })
  it('leaves, where it is not refused, in a form in which the same attachment is seen', () => {
    for (const { name, raw } of mails) {
      const reading = read(raw)
      if (reading.outcome === 'refused') continue
      const out = serialise(reading.message)
      expect(checkStream(out), name).toBeUndefined()
      const again = message(read(out))
      const shape = (one: typeof again) =>
        one.leaves.map((leaf) => [leaf.names[0], leaf.bytes.toString('latin1').trimEnd()])
      expect(shape(again), name).toEqual(shape(reading.message))
    }
  })
})

describe('an ordinary message', () => {
  const ordinary = {
    'from Outlook': `${head}Content-Type: multipart/mixed;\r\n\tboundary="----=_NextPart_000_0001_01DA2B3C.4D5E6F70"\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n------=_NextPart_000_0001_01DA2B3C.4D5E6F70\r\nContent-Type: multipart/alternative;\r\n\tboundary="----=_NextPart_001_0002_01DA2B3C.4D5E6F70"\r\n\r\n------=_NextPart_001_0002_01DA2B3C.4D5E6F70\r\nContent-Type: text/plain;\r\n\tcharset="us-ascii"\r\nContent-Transfer-Encoding: 7bit\r\n\r\nHello\r\n\r\n------=_NextPart_001_0002_01DA2B3C.4D5E6F70\r\nContent-Type: text/html;\r\n\tcharset="us-ascii"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p class=3DMsoNormal>Hello</p>\r\n------=_NextPart_001_0002_01DA2B3C.4D5E6F70--\r\n\r\n------=_NextPart_000_0001_01DA2B3C.4D5E6F70\r\nContent-Type: application/zip;\r\n\tname="20120910.zip"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n\tfilename="20120910.zip"\r\n\r\n${payloadBase64}\r\n\r\n------=_NextPart_000_0001_01DA2B3C.4D5E6F70--\r\n\r\n`,
    'from Apple Mail':
      `${head}Content-Type: multipart/mixed; boundary="Apple-Mail=_A1B2C3"\r\nX-Mailer: Apple Mail (2.3774)\r\n\r\n\r\n--Apple-Mail=_A1B2C3\r\nContent-Transfer-Encoding: 7bit\r\nContent-Type: text/plain;\r\n\tcharset=us-ascii\r\n\r\nHello\r\n\r\n--Apple-Mail=_A1B2C3\r\nContent-Disposition: attachment;\r\n\tfilename*=utf-8''20120910%20r%C3%A9sum%C3%A9.zip\r\nContent-Type: application/zip;\r\n\tx-unix-mode=0644;\r\n\tname="=?utf-8?Q?20120910_r=C3=A9sum=C3=A9=2Ezip?="\r\nContent-Transfer-Encoding: base64\r\n\r\n${payloadBase64}\r\n\r\n--Apple-Mail=_A1B2C3--\r\n`.replace(
        'MIME-Version: 1.0',
        'MIME-Version: 1.0 (Mac OS X Mail 16.0 \\(3774\\))'.replaceAll('\\(', '').replaceAll('\\)', ''),
      ),
    'from Gmail': `${head}Content-Type: multipart/mixed; boundary="000000000000a1b2c3060d0e0f"\r\n\r\n--000000000000a1b2c3060d0e0f\r\nContent-Type: multipart/alternative; boundary="000000000000a1b2c1060d0e0d"\r\n\r\n--000000000000a1b2c1060d0e0d\r\nContent-Type: text/plain; charset="UTF-8"\r\n\r\nHello\r\n\r\n--000000000000a1b2c1060d0e0d\r\nContent-Type: text/html; charset="UTF-8"\r\n\r\n<div dir="ltr">Hello</div>\r\n\r\n--000000000000a1b2c1060d0e0d--\r\n--000000000000a1b2c3060d0e0f\r\nContent-Type: application/zip; name="20120910.zip"\r\nContent-Disposition: attachment; filename="20120910.zip"\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <f_abc>\r\nX-Attachment-Id: f_abc\r\n\r\n${payloadBase64}\r\n--000000000000a1b2c3060d0e0f--\r\n`,
    'from Thunderbird': `${head}User-Agent: Mozilla Thunderbird\r\nContent-Language: en-GB\r\nContent-Type: multipart/mixed; boundary="------------0wR5cZk0n2N3v4"\r\n\r\nThis is a multi-part message in MIME format.\r\n--------------0wR5cZk0n2N3v4\r\nContent-Type: text/plain; charset=UTF-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHello £\r\n--------------0wR5cZk0n2N3v4\r\nContent-Type: application/zip; name="20120910.zip"\r\nContent-Disposition: attachment; filename="20120910.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\n${payloadBase64}\r\n\r\n--------------0wR5cZk0n2N3v4--\r\n`,
  }
  for (const [program, raw] of Object.entries(ordinary)) {
    it(`${program} is read, with its attachment`, () => {
      const one = message(read(raw))
      const leaf = one.leaves.find((each) => !each.body)!
      expect(leaf.names).toHaveLength(1)
      expect(leaf.names[0]).toMatch(/^20120910.*\.zip$/)
      expect(leaf.bytes.equals(payload)).toBe(true)
      expect(one.leaves.some((each) => each.body && each.text!.includes('Hello'))).toBe(true)
    })
    it(`${program} leaves byte for byte as it came`, () =>
      expect(
        serialise(message(read(raw)))
          .toString('utf8')
          .trimEnd(),
      ).toBe(raw.trimEnd()))
    it(`${program} keeps its words and files when a disclaimer is added`, () => {
      const one = message(read(raw))
      const again = message(
        read(
          serialise(one, {
            append: 'Confidential: not the intended recipient? Delete it.',
            set: { Subject: 'CONFIDENTIAL: Minutes' },
          }),
        ),
      )
      expect(again.envelope.subject).toBe('CONFIDENTIAL: Minutes')
      for (const leaf of again.leaves.filter((each) => each.body)) expect(leaf.text).toContain('intended recipient')
      expect(again.leaves.find((each) => !each.body)!.bytes.equals(payload)).toBe(true)
    })
  }
  it('saved to disk with bare line feeds is read as the same message', () => {
    const one = message(read(ordinary['from Gmail'].replaceAll('\r\n', '\n')))
    expect(one.leaves.map((leaf) => leaf.names)).toEqual([[], [], ['20120910.zip']])
    expect(serialise(one).toString('latin1')).not.toMatch(/[^\r]\n/)
  })
})

describe('what leaves', () => {
  it('names no blind copy', () => {
    const out = serialise(
      message(read(`${head.replace('Subject', 'Bcc: secret@example.org\r\nSubject')}\r\nHello\r\n`)),
    ).toString()
    expect(out).not.toContain('secret@')
  })
  it('begins no new header through anything typed into a subject', () => {
    const out = serialise(message(read(`${head}\r\nHello\r\n`)), {
      set: { Subject: 'x\r\nBcc: evil@example.org\r\n\r\nbody' },
    })
    expect(message(read(out)).envelope.bcc).toEqual([])
  })
})

describe('two senders, two subjects, two readings', () => {
  for (const [what, raw] of [
    ['two From lines', head.replace('To:', 'From: a@b.example\r\nTo:')],
    ['two subjects', head.replace('MIME', 'Subject: Other\r\nMIME')],
    [
      'an address that programs split differently',
      head.replace(
        'Ed Roe <ed.roe@lakes.example.org>',
        '"ed.roe@lakes.example.org" x@evil.example <a@b.example>, c d@e.example',
      ),
    ],
    [
      'semicolons between addresses',
      head.replace('ed.roe@lakes.example.org>', 'ed.roe@lakes.example.org>; x@y.example'),
    ],
    ['an address that is not closed', head.replace('example.org>', 'example.org')],
  ] as const)
    it(`are refused: ${what}`, () => expect(read(`${raw}\r\nHello\r\n`).outcome).toBe('refused'))
})
