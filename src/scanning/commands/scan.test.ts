import { Readable, Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { openIo, UsageError } from '../../cli/index.ts'
import type { Span } from '../index.ts'
import { scanText } from './scan.ts'

/** Runs the command on what arrives on standard input, in pieces of any size. */
async function run(pieces: readonly (string | Buffer)[], json = true): Promise<{ output: string; refusal?: string }> {
  let output = ''
  const collect = new Writable({
    write(piece, _, done) {
      output += String(piece)
      done()
    },
  })
  const io = openIo(json, {
    input: Readable.from(pieces.map((piece) => Buffer.from(piece as string))),
    output: collect,
    errors: new Writable({ write: (_piece, _encoding, done) => done() }),
  })
  try {
    await scanText.run(io, { file: '-' }, undefined as never)
    return { output }
  } catch (error) {
    if (error instanceof UsageError) return { output, refusal: error.message }
    throw error
  }
}

describe('safehaven scan', () => {
  test('plain text gives one array of findings with type, start, end, text and confidence', async () => {
    const { output } = await run(['Aisha Khan rang 07700 900123.'])
    const spans: Span[] = JSON.parse(output)
    expect(spans.map((span) => [span.type, span.start, span.end, span.text])).toEqual([
      ['PERSON', 0, 10, 'Aisha Khan'],
      ['PHONE', 16, 28, '07700 900123'],
    ])
    for (const span of spans) expect(span.confidence).toBeGreaterThan(0)
  })

  test('text in which nothing is found gives an empty array', async () => {
    expect(JSON.parse((await run(['The meeting was closed early.'])).output)).toEqual([])
    expect(JSON.parse((await run([''])).output)).toEqual([])
  })

  test('offsets hold past the size that is read at once, and a character cut between two pieces is whole', async () => {
    const filler = 'The budget was agreed and the meeting was closed.\n\n'.repeat(45_000)
    const text = `${filler}👩 Zoë Khan rang 07700 900123.`
    const bytes = Buffer.from(text)
    const cut = bytes.length - 36
    const spans: Span[] = JSON.parse(
      (await run([bytes.subarray(0, cut), bytes.subarray(cut, cut + 1), bytes.subarray(cut + 1)])).output,
    )
    expect(spans.some((span) => span.text === '07700 900123')).toBe(true)
    for (const span of spans) expect(text.slice(span.start, span.end)).toBe(span.text)
  })

  test('NDJSON of id and text gives id and spans, line for line', async () => {
    const { output, refusal } = await run(['{"id":7,"text":"Aisha Khan was seen"}\n{"id":"b","text":""}\n'])
    expect(refusal).toBeUndefined()
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((line) => line.id)).toEqual([7, 'b'])
    expect(lines[0].spans[0].text).toBe('Aisha Khan')
    expect(lines[1].spans).toEqual([])
  })

  test('a broken line is named in the output, the others are answered, and the command says it was called wrongly', async () => {
    const { output, refusal } = await run([
      '{"id":1,"text":"Aisha Khan"}\n{oops\n{"id":3}\n[1]\n{"id":5,"text":"Tom Smith"}',
    ])
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((line) => line.error !== undefined)).toEqual([false, true, true, true, false])
    expect(lines[1]).toMatchObject({ line: 2 })
    expect(lines[2]).toMatchObject({ id: 3, line: 3 })
    expect(refusal).toContain('3 of 5 lines')
  })

  test('a binary file, UTF-16 and broken UTF-8 are refused with a sentence that says what to do', async () => {
    expect((await run([Buffer.from([0x50, 0x4b, 3, 4, 0, 0])])).refusal).toContain('binary')
    expect((await run([Buffer.from('\ufeffAisha', 'utf16le')])).refusal).toContain('UTF-16')
    const { refusal, output } = await run([Buffer.from([0x41, 0xe9, 0x20, 0x42])])
    expect(refusal).toContain('UTF-8')
    expect(output).toBe('')
  })

  test('without --json each finding is a line for people', async () => {
    expect((await run(['Ring 07700 900123'], false)).output).toContain('PHONE')
  })
})
