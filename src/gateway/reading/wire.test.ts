import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkStream, readMessage, StreamGuard, serialise } from './index.ts'

const before = 'From: a@b.example\r\nTo: c@d.example\r\n\r\nHello'
const after = 'MAIL FROM:<evil@example>\r\n'
const ends = ['\n.\n', '\n.\r\n', '\r\n.\n', '\r.\r', '\r\n.\r', '\r.\r\n', '\r\n\0.\r\n']

describe('a second message smuggled behind a false end of the first', () => {
  for (const end of ends) {
    const raw = Buffer.from(`${before}${end}${after}`, 'latin1')
    it(`is refused: ${JSON.stringify(end)}`, () => {
      expect(checkStream(raw)?.sentence).toContain('Nothing was sent')
      expect(readMessage(raw).outcome).toBe('refused')
    })
    it(`is refused wherever the packets are cut: ${JSON.stringify(end)}`, () => {
      for (let cut = 1; cut < raw.length; cut++) {
        const guard = new StreamGuard()
        expect(guard.look(raw.subarray(0, cut)) ?? guard.look(raw.subarray(cut)) ?? guard.end()).toBeDefined()
      }
    })
  }
  it('has nothing to do with dots that a person typed', () => {
    expect(checkStream(Buffer.from(`${before}\r\n.\r\n..\r\n.x\r\nbye\r\n`))).toBeUndefined()
    expect(checkStream(Buffer.from(`${before}\r\n.\r\nbye\r\n`), true)?.fault).toBe('smuggled-end')
    expect(checkStream(Buffer.from(`${before}\r\n..\r\nbye\r\n`), true)).toBeUndefined()
  })
})

describe('the reader, given anything', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'From: a@b.example',
      'To: ',
      'c@d.example',
      'Subject: ',
      'MIME-Version: 1.0',
      'Content-Type: ',
      'multipart/mixed',
      'text/plain',
      'message/rfc822',
      '; boundary=b',
      '; name=',
      '--b',
      '--b--',
      '\r\n',
      '\r\n\r\n',
      '\n',
      '\r',
      '\0',
      '"',
      '(',
      'Content-Transfer-Encoding: base64',
      'UEsDBA==',
      '=?utf-8?B?',
      '?=',
      "*0*=''",
      '%41',
      ';',
      'begin 644 x',
      '#4$L#',
      'end',
      ' ',
      '\t',
      '£',
      '\xff',
    ),
    fc.string({ maxLength: 8 }),
  )
  const mail = fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1'))
  it('answers, and never throws', () => {
    fc.assert(
      fc.property(mail, (raw) => ['read', 'refused'].includes(readMessage(raw).outcome)),
      { numRuns: 3000 },
    )
  })
  it('lets nothing out that would be read differently again, or that ends a line badly', () => {
    const begun = mail.map((tail) =>
      Buffer.concat([
        Buffer.from(
          'From: a@b.example\r\nTo: c@d.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n',
        ),
        tail,
        Buffer.from('\r\n--b--\r\n'),
      ]),
    )
    fc.assert(
      fc.property(begun, (raw) => {
        const reading = readMessage(raw)
        if (reading.outcome === 'refused') return true
        const out = serialise(reading.message)
        const again = readMessage(out)
        return (
          checkStream(out) === undefined &&
          again.outcome === 'read' &&
          again.message.leaves.length === reading.message.leaves.length &&
          again.message.leaves.every(
            (leaf, i) =>
              leaf.bytes.toString('latin1').trimEnd() ===
              reading.message.leaves[i]!.bytes.toString('latin1').replace(/\r?\n/g, '\r\n').trimEnd(),
          )
        )
      }),
      { numRuns: 2000 },
    )
  })
})
