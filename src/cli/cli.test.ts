import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, test } from 'vitest'
import { Fault, type OpenHouse, sql } from '../platform/index.ts'
import { testHouse } from '../testing/test-house.ts'
import { command, runCommandLine, UsageError } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'safehaven-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'lines.txt')
writeFileSync(path, 'one\r\ntwo\n')
const { house, acts } = await testHouse()
let given: unknown

const commands = [
  command({
    name: 'look',
    summary: 'looks',
    audit: 'looked',
    needs: 'nothing',
    arguments: { file: { summary: 'what' }, more: { summary: 'more', many: true, optional: true } },
    options: {
      dateOfBirth: { value: 'DAY', summary: 'born' },
      as: { value: 'USER', summary: 'who', default: 'nobody' },
      route: { value: 'R', summary: 'routes', many: true },
      replay: { summary: 'again' },
    },
    async run(io, all) {
      given = all
      const lines: string[] = []
      for await (const line of io.lines(all.file)) lines.push(line)
      io.say('a word for the reader')
      await io.answer({ lines }, () => lines.join('+'))
      return lines.includes('no') ? 1 : 0
    },
  }),
  command({
    name: 'register import',
    summary: 'imports',
    audit: 'imported',
    needs: 'database',
    options: { authority: { value: 'CODE', summary: 'whose', required: true } },
    async run(_io, { authority }, ctx) {
      ctx.about(authority)
      await ctx.tx.query(sql`select 1`)
    },
  }),
  command({
    name: 'register empty',
    summary: 'fails',
    audit: 'emptied',
    needs: 'house',
    async run(io, _given, work) {
      await work.transaction(async () => {}, { subject: 'first' })
      await io.answer(await io.read('-'))
      throw new Fault('register.empty', 'There is nothing to empty.')
    },
  }),
  command({
    name: 'wrong',
    summary: 'wrong',
    audit: 'wrong',
    needs: 'nothing',
    run: async () => {
      throw new UsageError('Say it rightly.')
    },
  }),
  command({
    name: 'refuse',
    summary: 'refuse',
    audit: 'refuse',
    needs: 'nothing',
    run: async () => {
      throw new Fault('test.not-valid', 'That file is not valid.', { status: 422 })
    },
  }),
  command({
    name: 'bug',
    summary: 'bug',
    audit: 'bug',
    needs: 'nothing',
    run: async () => {
      throw new TypeError('undefined is not')
    },
  }),
]

async function run(args: string, input = '') {
  const streams = { input: Readable.from([Buffer.from(input)]), output: new PassThrough(), errors: new PassThrough() }
  const open = async (): Promise<OpenHouse> => ({ house, close: async () => {} })
  const code = await runCommandLine({ commands, streams, version: '1', open }, args === '' ? [] : args.split(' '))
  streams.output.end()
  streams.errors.end()
  return { code, out: await text(streams.output), err: await text(streams.errors) }
}

describe('a command', () => {
  test('speaks to people, or with --json in one document with everything else on standard error', async () => {
    expect(await run(`look ${path}`)).toEqual({ code: 0, out: 'a word for the reader\none+two\n', err: '' })
    expect(await run(`look ${path} --json`)).toEqual({
      code: 0,
      out: '{"lines":["one","two"]}\n',
      err: 'a word for the reader\n',
    })
  })

  test('reads standard input, and exits 1 when the answer is no', async () => {
    expect(await run('look - --json', 'no\nyes')).toMatchObject({ code: 1, out: '{"lines":["no","yes"]}\n' })
  })

  test('is given its arguments and options by name', async () => {
    await run(`look ${path} a b --date-of-birth 2015-03-27 --route post --route fax --replay`)
    expect(given).toMatchObject({
      file: path,
      more: ['a', 'b'],
      dateOfBirth: '2015-03-27',
      as: 'nobody',
      route: ['post', 'fax'],
      replay: true,
    })
    await run(`look ${path}`)
    expect(given).toMatchObject({ more: [], as: 'nobody', route: [], replay: false })
  })

  test.each([
    ['look', /missing required argument 'file'/],
    ['look /nowhere/at/all', /The file \/nowhere\/at\/all does not exist/],
    [`look ${tmpdir()}`, /is a folder/],
    ['look - --unknown', /unknown option '--unknown'/],
    ['look - --date-of-birth', /argument missing/],
    ['register import', /--authority <CODE>' not specified/],
    ['nonsense', /unknown command 'nonsense'/],
    ['register nonsense', /unknown command 'nonsense'/],
    ['wrong', /^Say it rightly\.\n$/],
    ['', /Usage: safehaven/],
    ['register', /Usage: safehaven register/],
  ])('called wrongly exits 2 with a sentence on standard error: %s', async (args, sentence) => {
    const { code, out, err } = await run(args)
    expect(code).toBe(2)
    expect(err).toMatch(sentence)
    expect(out).toBe('')
  })

  test('works in one transaction as the operator, recorded', async () => {
    expect((await run('register import --authority E09000004')).code).toBe(0)
    expect((await acts()).at(-1)).toMatchObject({
      act: 'imported',
      actor: expect.stringMatching(/^operator:/),
      subject: 'E09000004',
    })
  })

  test('exits 3 on a fault, with its code and a reference', async () => {
    const { code, err } = await run('register empty', 'x')
    expect(code).toBe(3)
    expect(err).toMatch(/^There is nothing to empty\.\n\(register\.empty, reference [2-9A-Z-]{11}\)\n$/)
    expect((await acts()).at(-1)).toMatchObject({ act: 'emptied', subject: 'first' })
    expect((await run('bug')).code).toBe(3)
  })

  test('exits 1 where it is refused for what was given, not for a fault', async () => {
    const { code, err } = await run('refuse')
    expect(code).toBe(1)
    expect(err).toMatch(/^That file is not valid\./)
  })

  test('explains itself', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('look') })
    expect(await run('register import --help')).toMatchObject({ code: 0, out: expect.stringContaining('--data <DIR>') })
    expect(await run('--version')).toMatchObject({ code: 0, out: '1\n' })
  })
})
