import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../../cli/index.ts'
import { mailCheck } from './mail-check.ts'

const folder = mkdtempSync(join(tmpdir(), 'mail-check-'))
afterAll(() => rmSync(folder, { recursive: true }))
const save = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const mail = (body: string) =>
  `From: Bev Hill <b.hill@cumbria.gov.uk>\nTo: Ed Roe <ed.roe@lakes.example.org>\nSubject: Agenda\n\n${body}\n`

async function run(...args: string[]) {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const code = await runCommandLine(
    {
      commands: [mailCheck],
      streams: { input, output, errors },
      version: '0',
      open: () => {
        throw new Error('mail check needs no database')
      },
    },
    ['mail', 'check', ...args],
  )
  const lines = String(output.read() ?? '')
    .trim()
    .split('\n')
    .filter((line) => line !== '')
  return { code, lines, errors: String(errors.read() ?? '') }
}
const under = ['--protocol', 'cumbria-2015', '--on', '2016-03-01', '--json']

describe('safehaven mail check', () => {
  it('answers one line a file, with the fields of the contract', async () => {
    const files = [save('1.eml', mail('See you on Tuesday.')), save('2.eml', mail('Julia Smith, born 3 April 2012.'))]
    const { code, lines } = await run(...files, ...under)
    expect(code).toBe(0)
    const answers = lines.map((line) => JSON.parse(line))
    expect(answers.map((answer) => [answer.file, answer.action])).toEqual([
      [files[0], 'deliver'],
      [files[1], 'convert'],
    ])
    for (const answer of answers)
      expect(Object.keys(answer)).toEqual(
        expect.arrayContaining(['file', 'action', 'findings', 'recipients', 'attachments', 'decision']),
      )
    expect(answers[1].findings[0]).toMatchObject({
      rule: expect.any(String),
      part: expect.any(String),
      start: expect.any(Number),
      end: expect.any(Number),
      text: expect.any(String),
    })
    expect(answers[1].decision.outcome).toBe('hold')
  })
  it('says no with 1 for a message that is held or refused', async () => {
    expect((await run(save('3.eml', 'not a message'), ...under)).code).toBe(1)
    expect((await run(save('4.eml', mail('Hello')), ...under)).code).toBe(0)
  })
  it('knows what the facts file says', async () => {
    const facts = save('facts.json', JSON.stringify({ to: [{ address: 'ed.roe@lakes.example.org', list: true }] }))
    const [line] = (await run(save('5.eml', mail('Julia Smith was seen today.')), ...under, '--facts', facts)).lines
    expect(JSON.parse(line!)).toMatchObject({ action: 'hold' })
  })
  it('says how it is called when it is called wrongly', async () => {
    const file = save('6.eml', mail('Hello'))
    for (const args of [
      [join(folder, 'none.eml'), ...under],
      [file, '--protocol', 'none', '--json'],
      [file, '--protocol', 'cumbria-2015', '--on', 'yesterday'],
      [file, ...under, '--facts', save('bad.json', '{"wrong": 1}')],
      [file, ...under, '--facts', save('worse.json', '{')],
    ]) {
      const { code, errors } = await run(...args)
      expect(code, args.join(' ')).toBe(2)
      expect(errors).toMatch(/[a-z]/)
    }
  })
})
