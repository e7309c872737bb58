import { describe, expect, test } from 'vitest'
import { mayLearnCode } from './learn-code.ts'

describe('an authority’s national code, in its first return', () => {
  const asked: string[] = []
  const learning = (answer: boolean | undefined, over = {}) =>
    mayLearnCode({
      authority: 'kirkvale',
      code: '971',
      taken: ['972'],
      ask(question) {
        asked.push(question)
        return answer
      },
      ...over,
    })

  test('is learnt when whoever sits at the terminal says yes, and not when they say no', () => {
    expect(learning(true)).toBe(true)
    expect(learning(false)).toBe(false)
    expect(asked[0]).toContain('from authority 971. Is that the national code of kirkvale?')
  })
  test('is learnt from a program, which named the authority', () => {
    expect(learning(undefined)).toBe(true)
  })
  test('is never another authority’s, nor in place of a code that is the authority’s own name; nobody is asked', () => {
    asked.length = 0
    expect(learning(true, { code: '972' })).toBe(false)
    expect(learning(true, { authority: '301' })).toBe(false)
    expect(asked).toEqual([])
  })
})
