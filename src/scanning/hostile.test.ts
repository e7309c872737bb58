import { describe, expect, test } from 'vitest'
import { holdsPersonalData, namesPerson, scan } from './index.ts'
import { makeReading, read, stretch } from './reading.ts'
import { cutBefore } from './scan.ts'

const size = 300_000

describe('hostile text', () => {
  test.each([
    ['one letter', 'a'],
    ['one capital', 'A'],
    ['one figure', '1'],
    ['figures and gaps', '1 '],
    ['at signs', '@'],
    ['dots and letters', 'a.'],
    ['addresses without end', 'a@'],
    ['web addresses without end', 'http://'],
    ['colons', '1:'],
    ['brackets', '('],
    ['figures in brackets', '(01'],
    ['hyphens', '1-'],
    ['slashes', '1/'],
    ['capitals and gaps', 'A '],
    ['months', 'may '],
    ['greetings', 'Dear '],
    ['apostrophes', "a'"],
    ['labels', 'NHS number '],
    ['combining marks', 'a\u0301'],
    ['lone surrogates', '\ud83d'],
    ['line ends', '\r\n'],
    ['ordinals', 'first of '],
    ['nought bytes', '\0'],
  ])('%s repeated is answered, and nothing found lies outside the text', (_, unit) => {
    const text = unit.repeat(Math.ceil(size / unit.length))
    for (const span of scan(text)) {
      expect(span.start).toBeGreaterThanOrEqual(0)
      expect(span.end).toBeLessThanOrEqual(text.length)
      expect(span.end).toBeGreaterThan(span.start)
    }
    expect(holdsPersonalData(text.slice(0, 50_000)).because.length).toBeLessThanOrEqual(50_000)
    namesPerson(text)
  })

  test('a text is read in stretches of bounded size, each unit in one of them', () => {
    for (const text of ['x'.repeat(100_000), 'a b\n\n'.repeat(20_000), '\n'.repeat(50_000)]) {
      let from = 0
      let rounds = 0
      while (from < text.length) {
        const to = cutBefore(text, from, from + stretch)
        expect(to).toBeGreaterThan(from)
        expect(to - from).toBeLessThanOrEqual(stretch)
        from = to
        rounds++
      }
      expect(rounds).toBeLessThanOrEqual((2 * text.length) / stretch + 1)
    }
  })

  test('a stretch never yields more tokens than it has units', () => {
    const reading = makeReading()
    for (const text of ['!'.repeat(stretch), "'s".repeat(stretch / 2), 'a!'.repeat(stretch / 2)]) {
      read(text, 0, text.length, reading)
      expect(reading.tokens.count).toBeLessThanOrEqual(text.length)
    }
  })
})
