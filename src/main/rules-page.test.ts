import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rulesPage, sourceRules } from '../../scripts/rules.ts'

/** How many rules each source document states. */
const STATED = { MPS: 14, CUM: 57, BEX: 64, BOU: 16, WY: 36 }
const committed = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')

describe('the page of rules', () => {
  test('lists every one of the 187 rules of the five source documents, once and in their order', () => {
    const all = Object.entries(STATED).flatMap(([source, count]) =>
      Array.from({ length: count }, (_, index) => `${source}-${index + 1}`),
    )
    expect(all).toHaveLength(187)
    expect(sourceRules()).toEqual(all)
    expect([...committed.matchAll(/^\| ((?:MPS|CUM|BEX|BOU|WY)-\d+) \|/gm)].map((found) => found[1])).toEqual(all)
  })

  test('made anew it is the same: what it says of each rule is so (to mend it: npm run rules)', () => {
    expect(rulesPage()).toBe(rulesPage())
    expect(rulesPage().split('\n')).toEqual(committed.split('\n'))
  })
})
