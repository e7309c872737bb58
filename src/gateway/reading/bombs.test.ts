import { describe, expect, it } from 'vitest'
import { readMessage } from './index.ts'

const head = 'From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n'
const nested = (depth: number) =>
  Array.from({ length: depth }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}x\r\n\r\n--b${i}x\r\n`).join('')
const bombs: Record<string, () => string> = {
  'of 200,000 parts': () =>
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n\r\n'.repeat(200_000)}--b--\r\n`,
  'of 10,000 containers in each other': () => head + nested(10_000),
  'of 10,000 messages in each other': () => head + 'Content-Type: message/rfc822\r\n\r\n'.repeat(10_000),
  'of half a million headers': () => `${head}${'X-A: b\r\n'.repeat(500_000)}\r\n`,
  'with a header of five megabytes': () => `${head}X-A: ${'b'.repeat(5_000_000)}\r\n\r\n`,
  'with a header folded half a million times': () => `${head}X-A: b${'\r\n c'.repeat(500_000)}\r\n\r\n`,
  'of two million dividing lines': () => `${head}\r\n${'--\r\n'.repeat(2_000_000)}`,
  'with ten thousand recipients': () =>
    `${head.replace('c@d.example', `${'c@d.example, '.repeat(2000)}e@f.example`)}\r\nhi`,
  'with ten thousand files in its text': () => `${head}\r\n${'begin 644 a\r\n#4$L#\r\n`\r\nend\r\n'.repeat(10_000)}`,
  'of forty megabytes': () => `${head}\r\n${'x'.repeat(40_000_000)}`,
  'of text beyond measure': () =>
    `${head}Content-Transfer-Encoding: 8bit\r\n\r\n${'word word word\r\n'.repeat(1_000_000)}`,
}

describe('a message made to exhaust its reader', () => {
  for (const [what, build] of Object.entries(bombs))
    it(`${what} is refused with a sentence`, () => {
      const reading = readMessage(Buffer.from(build(), 'latin1'))
      expect(reading.outcome).toBe('refused')
      if (reading.outcome === 'refused') expect(reading.sentence).toMatch(/cannot be read safely|cut short|files/)
    })
  it('spends at most a few passes over the bytes: ten times the size takes no more than forty times the work', () => {
    // A clock would measure the machine; instead the same text grows, and the time of each is compared with the other.
    const time = (lines: number) => {
      const raw = Buffer.from(`${head}\r\n${'begin 644 a b c --x content-type: x <p> =?utf-8?q?x?=\r\n'.repeat(lines)}`)
      const best = Array.from({ length: 3 }, () => {
        const from = process.cpuUsage()
        readMessage(raw)
        const { user, system } = process.cpuUsage(from)
        return user + system
      })
      return Math.max(200, Math.min(...best))
    }
    expect(time(20_000) / time(2_000)).toBeLessThan(40)
  })
})
