import { expect, test } from 'vitest'
import { citedRules } from './catalogue.ts'
import { listProtocols } from './index.ts'

test('all 187 rules of the five documents are in the catalogue', () => {
  const count = (prefix: string): number => [...citedRules().keys()].filter((id) => id.startsWith(`${prefix}-`)).length
  expect([count('MPS'), count('CUM'), count('BEX'), count('BOU'), count('WY')]).toEqual([14, 57, 64, 16, 36])
})

test('every id that a protocol cites can be looked up', () => {
  for (const { id, text } of listProtocols()) {
    const cited = [...JSON.stringify(text).matchAll(/"rule":(\[[^\]]*\]|"[^"]*")/g)].flatMap(
      (found) => JSON.parse(found[1]!.startsWith('[') ? found[1]! : `[${found[1]}]`) as string[],
    )
    expect(
      cited.filter((one) => !citedRules().has(one)),
      id,
    ).toEqual([])
    expect(cited.length).toBeGreaterThan(5)
  }
})
