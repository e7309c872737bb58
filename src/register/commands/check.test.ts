import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine } from '../../cli/index.ts'
import { openRegisters, zephyrine } from '../register-house.fixture.ts'
import { check } from './check.ts'

const { test: area, fed } = await openRegisters()
const folder = mkdtempSync(join(tmpdir(), 'register-check-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = (...args: string[]) => runWith('', ...args)
async function runWith(typed: string, ...args: string[]) {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()]
  input.end(typed)
  const code = await runCommandLine(
    {
      commands: [check],
      streams: { input, output, errors },
      version: '0',
      open: async () => ({ house: area.house, close: async () => {} }),
    },
    ['register', 'check', ...args],
  )
  return { code, said: String(output.read() ?? ''), errors: String(errors.read() ?? '') }
}
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const MISSPELT = ['--name', 'Zefirine Okonkwo Vas', '--born', '2015-03-09', '--postcode', 'KV1 2AB']

describe('safehaven register check', { timeout: 60_000 }, () => {
  beforeAll(() => fed('kirkvale', 'K-1', zephyrine()))

  test('answers what that user may see, as one JSON document', async () => {
    const { code, said } = await run(...MISSPELT, '--as', 'imran', '--reason', 'register-check', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(said)).toMatchObject({ outcome: 'known', found: [{ authority: 'kirkvale' }] })
    const farah = await run(...MISSPELT, '--as', 'farah', '--reason', 'register-check')
    expect(farah.said).toContain('You may not be told whether this child is known')
    expect(farah.said).not.toContain('Zephyrine')
    // What is the same for five registers is said once, with whom to telephone.
    expect(farah.said.match(/may not answer you: /g)).toHaveLength(1)
    const imran = await run(...MISSPELT, '--as', 'imran', '--reason', 'register-check')
    for (const line of [
      '  Name: Zephyrine Okonkwo-Vass',
      '  Date of birth: 9 March 2015',
      'Not shown: Times looked after. ',
    ])
      expect(imran.said).toContain(line)
  })
  test('what is known may come by standard input or from a file, so that it stands in no list of processes and no history', async () => {
    const asks = ['--as', 'imran', '--reason', 'register-check', '--json']
    const known = JSON.stringify({ name: 'Zefirine Okonkwo Vas', born: '2015-03-09', postcode: 'KV1 2AB' })
    expect(JSON.parse((await runWith(known, '--known', '-', ...asks)).said)).toMatchObject({ outcome: 'known' })
    expect(JSON.parse((await run('--known', file('known.json', `\uFEFF${known}`), ...asks)).said).outcome).toBe('known')
    for (const [typed, more, sentence] of [
      ['Zefirine', [], 'is no JSON object'],
      ['["Zefirine"]', [], 'is no JSON object'],
      ['{"nmae": "Zefirine"}', [], 'nmae'],
      [known, ['--postcode', 'KV1 2AB'], 'leave out the other options'],
    ] as const) {
      const { code, errors } = await runWith(typed, '--known', '-', ...more, ...asks)
      expect([code, errors.includes(sentence)], errors).toEqual([2, true])
      expect(errors).not.toContain('Zefirine')
    }
  })
  test('a superseded or present NHS number is enough', async () => {
    const { said } = await run(
      '--nhs',
      '999 123 4578',
      '--as',
      'imran',
      '--reason',
      'section-47',
      '--ground',
      'duty-16LA',
      '--json',
    )
    expect(JSON.parse(said).outcome).toBe('known')
  })
  test('WY-16: without a user or a reason, with neither of the list, or with too little it is called wrongly, and says what to do', async () => {
    for (const [args, sentence] of [
      [['--name', 'x', '--reason', 'register-check'], 'Say who asks: --as USER'],
      [['--name', 'x', '--as', 'imran'], 'Every check states its reason (WY-16)'],
      [['--name', 'x', '--as', 'imran', '--reason', 'curiosity'], '--reason is one of'],
      [['--name', 'x', '--as', 'nobody', '--reason', 'register-check'], 'There is no user nobody'],
      [['--age', '9', '--as', 'imran', '--reason', 'register-check'], 'Give a part of a name'],
      [['--name', 'x', '--born', '9/3/15', '--as', 'imran', '--reason', 'register-check'], 'A birthday is written'],
    ] as const) {
      const { code, errors } = await run(...args)
      expect([code, errors.includes(sentence)], errors).toEqual([2, true])
    }
  })
  test('WY-30: a user whose roles do not include it is refused, whoever runs the command', async () => {
    const { code, errors } = await run('--name', 'x', '--as', 'chelsea', '--reason', 'register-check')
    expect([code, errors.includes('may not ask the registers')]).toEqual([1, true])
  })
  test('a batch answers each row, says which could not be asked, and is flagged as a list', async () => {
    const list = file(
      'list.csv',
      'id,name,date_of_birth,postcode\r\n1,Zefirine Okonkwo Vas,2015-03-09,KV1 2AB\r\n2,"Xyzzy, Quillon",2014-05-06,SB3 9QQ\r\n3,,,\r\n4,Somebody,30 February,\r\n',
    )
    const out = join(folder, 'out.csv')
    const { code, said } = await run(
      '--batch',
      list,
      '--out',
      out,
      '--as',
      'imran',
      '--reason',
      'register-check',
      '--json',
    )
    expect([code, JSON.parse(said)]).toEqual([1, { asked: 2, failed: 2, out }])
    const lines = readFileSync(out, 'utf8').trim().split('\r\n')
    expect(lines[0]).toBe('id,outcome,entry,authority,probability,level,said')
    expect(lines[1]).toMatch(/^1,known,\d+,kirkvale,[\d.]+,sensitive,/)
    expect(lines.slice(2).map((line) => line.split(',').slice(0, 2).join())).toEqual([
      '2,may-not-be-told',
      '3,not-asked',
      '4,not-asked',
    ])
    const { rows } = await area.house.database.pool.query(
      'select distinct flag from register.enquiry where flag is not null',
    )
    expect(rows).toEqual([{ flag: 'one of a list of 4, checked on the command line' }])
  })
  test('a batch may state in its columns who asks and why, and is called wrongly where nobody states it', async () => {
    const list = file(
      'own.csv',
      'id,surname,as,reason\n1,Okonkwo-Vass,imran,section-17\n2,Okonkwo-Vass,chelsea,section-17\n',
    )
    const out = join(folder, 'own-out.csv')
    expect((await run('--batch', list, '--out', out)).code).toBe(1)
    expect(readFileSync(out, 'utf8')).toContain('2,not-asked,,,,,"Chelsea Firth may not ask the registers')
    const bare = file('bare.csv', 'surname\nSmith\n')
    for (const args of [[], ['--as', 'imran']]) {
      const { code, errors } = await run('--batch', bare, '--out', out, ...args)
      expect([code, errors.includes('for all rows, or a column')], errors).toEqual([2, true])
    }
    for (const args of [
      ['--batch', bare],
      ['--batch', join(folder, 'none.csv'), '--out', out, '--as', 'imran', '--reason', 'section-17'],
      ['--batch', file('odd.csv', 'colour\nblue\n'), '--out', out, '--as', 'imran', '--reason', 'section-17'],
      ['--batch', list, '--out', join(folder, 'no', 'such', 'place.csv')],
    ])
      expect((await run(...args)).code, args.join(' ')).toBe(2)
  })
})
