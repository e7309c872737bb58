import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { runCommandLine } from '../../cli/index.ts'
import { testHouse } from '../../testing/test-house.ts'
import { census } from '../feeds/samples.fixture.ts'
import { importFile } from './import.ts'

const { house } = await testHouse()
const folder = mkdtempSync(join(tmpdir(), 'register-import-'))
afterAll(() => rmSync(folder, { recursive: true }))
await house.database.pool.query(
  `insert into people.agency (id, name, kind, keeps_register) values ('kirkvale', 'Kirkvale', 'social-care', true), ('thornmere', 'Thornmere', 'social-care', true), ('301', 'By its code', 'social-care', true), ('wexcombe', 'Wexcombe', 'social-care', true)`,
)
const save = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
async function run(...args: string[]) {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const code = await runCommandLine(
    {
      commands: [importFile],
      streams: { input, output, errors },
      version: '0',
      open: async () => ({ house, close: async () => {} }),
    },
    ['register', 'import', ...args],
  )
  return { code, output: String(output.read() ?? ''), errors: String(errors.read() ?? '') }
}
const given = (authority: string, format: string) => ['--authority', authority, '--format', format]
const CHILDREN = [{ id: 'C-1', born: '2015-03-09' }]

describe('safehaven register import', { timeout: 60_000 }, () => {
  test('prints the counts, and each flagged field and rejected row with its line and reason', async () => {
    const file = save('one.csv', 'local_id,given_name,nhs_number\nK-1,Ada,1234567890\n,Ben,\n')
    const { code, output } = await run(file, ...given('kirkvale', 'csv'), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(output)).toMatchObject({
      added: 1,
      changed: 0,
      unchanged: 0,
      removed: 0,
      flagged: 1,
      rejected: 1,
      flaws: [
        { line: 2, localId: 'K-1', field: 'nhs_number', rejected: false },
        { line: 3, field: 'local_id', rejected: true, reason: expect.stringContaining('names nobody') },
      ],
    })
    const again = await run(file, ...given('kirkvale', 'csv'), '--rejects', join(folder, 'mend.csv'))
    expect(again.output).toContain('0 added, 0 changed, 1 unchanged, 0 removed, 1 flagged, 1 rejected.')
    expect(readFileSync(join(folder, 'mend.csv'), 'utf8')).toContain('K-1,Ada,1234567890,2,nhs_number')
  })
  test('WY-33: the first census says by which code its authority goes; another’s is refused from then on', async () => {
    const [own, other] = [
      save('own.xml', census({ children: CHILDREN, whose: '971' })),
      save('other.xml', census({ children: CHILDREN, whose: '972' })),
    ]
    expect(await run(own, ...given('kirkvale', 'cin'))).toMatchObject({
      code: 0,
      errors: expect.stringContaining('goes by that code from now on'),
    })
    expect(await run(other, ...given('kirkvale', 'cin'))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('972'),
    })
    expect(await run(own, ...given('thornmere', 'cin'))).toMatchObject({ code: 1 })
    expect(await run(own, ...given('thornmere', 'cin'), '--from', '971')).toMatchObject({ code: 2 })
    expect(await run(own, ...given('301', 'cin'))).toMatchObject({ code: 1 })
    expect(
      await run(save('301.xml', census({ children: CHILDREN, whose: '301' })), ...given('301', 'cin')),
    ).toMatchObject({ code: 0 })
  })
  test('a code that the first file said wrongly is taken back, and what was said beforehand is asked of no file', async () => {
    const wrong = save('wrong.xml', census({ children: CHILDREN, whose: '977' }))
    const { errors } = await run(wrong, ...given('wexcombe', 'cin'))
    expect(errors).toMatch(/If that is wrong: --forget 977\. In a script say the code beforehand, --from LEA/)
    const own = save('own-978.xml', census({ children: CHILDREN, whose: '978' }))
    expect(await run(own, ...given('wexcombe', 'cin'), '--forget', '979')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('does not go by the code 979: 977'),
    })
    expect(await run(own, ...given('wexcombe', 'cin'), '--forget', '977', '--from', '978')).toMatchObject({ code: 0 })
    expect(await run(wrong, ...given('wexcombe', 'cin'))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('977'),
    })
  })
  test('BEX-54: what would take an absurd share is held, and fed when it is said to be meant', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => `T-${at}`)
    await run(save('all.csv', `local_id\n${rows.join('\n')}\n`), ...given('thornmere', 'csv'))
    const gone = save('gone.csv', `local_id,removed\n${rows.map((id) => `${id},yes`).join('\n')}\n`)
    const held = await run(gone, ...given('thornmere', 'csv'), '--json')
    expect([held.code, JSON.parse(held.output)]).toMatchObject([1, { held: true, removed: 50 }])
    expect(await run(gone, ...given('thornmere', 'csv'), '--removals-meant')).toMatchObject({
      code: 0,
      output: expect.stringContaining('50 removed'),
    })
  })
  test('a file that is not there, a format that is not known and a stranger’s register are said in a sentence', async () => {
    expect(await run(join(folder, 'none.csv'), ...given('kirkvale', 'csv'))).toMatchObject({
      code: 2,
      errors: expect.stringContaining('does not exist'),
    })
    expect(await run(save('x.csv', 'x'), ...given('kirkvale', 'word'))).toMatchObject({
      code: 2,
      errors: expect.stringContaining('csv, cin, cla, annex-a'),
    })
    expect(await run(save('y.csv', 'x'), ...given('nowhere', 'csv'))).toMatchObject({
      code: 2,
      errors: expect.stringContaining('keeps a register'),
    })
    expect(await run(save('z.csv', 'name\nAda\n'), ...given('kirkvale', 'csv'))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('local_id'),
    })
  })
})
