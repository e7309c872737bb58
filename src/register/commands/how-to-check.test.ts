import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkSchema } from '../answer.ts'
import { OUTCOME_WORDS } from '../rules/words.ts'
import { check } from './check.ts'
import { NAMES, STATED } from './check-batch.ts'

const guide = readFileSync(new URL('../../../docs/how-to/check-a-child.md', import.meta.url), 'utf8')

test('the guide to checking a child: what it sends by the API is a check, its commands have the options it names, and every outcome and column stands in it', () => {
  const sent = JSON.parse(/```json\n(.*?)```/s.exec(guide)![1]!)
  expect(checkSchema.safeParse(sent).error).toBeUndefined()
  const options = [...guide.matchAll(/ --([a-z-]+)/g)].map((found) => found[1]!)
  expect(options.length).toBeGreaterThan(8)
  expect(options.filter((one) => !Object.keys(check.options ?? {}).includes(one))).toEqual([])
  for (const outcome of Object.keys(OUTCOME_WORDS)) expect(guide).toContain(`\`${outcome}\``)
  const others = ['born', 'surname']
  for (const column of [...Object.keys(NAMES), ...STATED].filter((one) => !others.includes(one)))
    expect(guide).toContain(`\`${column}\``)
})
