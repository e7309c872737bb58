import { beforeAll, describe, expect, test } from 'vitest'
import { knownSchema } from '../answer.ts'
import { openRegisters, zephyrine } from '../register-house.fixture.ts'

const { ask, fed } = await openRegisters()

describe('a part of what is known', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await fed('kirkvale', 'K-1', zephyrine({ school: 'Hillfoot Academy' }))
    // So many that a rare name is weighed as one.
    for (let n = 0; n < 60; n += 1)
      await fed('kirkvale', `J-${n}`, {
        names: [{ given: ['Jorge', 'Maria', 'Tom'][n % 3]!, family: ['Rodgers', 'Hill'][n % 2]!, kind: 'legal' }],
        born: { date: `20${String(n % 17).padStart(2, '0')}-03-1${n % 10}` },
      })
  })

  test('WY-31: one word may be a family name or a first name, and is looked for as both', async () => {
    for (const name of ['Okonkwo-Vass', 'Zephyrine']) {
      const { found } = await ask('alice', { name, born: '2015-03-09' })
      expect(
        found.map((one) => one.authority),
        name,
      ).toEqual(['kirkvale'])
      // Found under both readings, it is one entry, shown once.
      expect(found[0]!.shown.name, name).toEqual(['Zephyrine Okonkwo-Vass'])
    }
    const { found, near } = await ask('alice', { name: 'Okonkwo-Vass', born: '2015' })
    expect(found.length + near.length).toBe(1)
    // What was given is enough to be found by, and somebody comes near: what would tell is said too.
    const almost = await ask('alice', { name: 'Zephyrine Obi', born: '2015-03' })
    expect([almost.found.length, almost.near.length]).toEqual([0, 1])
    expect(almost.toAdd).toEqual([
      'the whole date of birth',
      'a postcode, now or formerly',
      'the name of a parent or carer',
      'the school',
      'an NHS number',
    ])
  })
  test('a number that cannot be right is no question by itself, and beside a name it is said; a day that does not exist is refused', async () => {
    await expect(ask('alice', { nhsNumber: '9991234565' })).rejects.toThrow(
      'The check digit of the NHS number is wrong',
    )
    await expect(ask('alice', { upn: 'A1' })).rejects.toThrow('A UPN is a letter')
    const { doubt } = await ask('alice', { name: 'Quillon Xyzzyvarth', age: 11, nhsNumber: '9991234565' })
    expect(doubt).toContain('The check digit of the NHS number is wrong')
    const born = (text: string): boolean => knownSchema.safeParse({ name: 'x', born: text }).success
    expect(['2015', '2015-03', '2015-02-28', '2016-02-29'].map(born)).toEqual([true, true, true, true])
    expect(['2015-13', '2015-02-29', '2015-99-99', '15-03-09'].map(born)).toEqual([false, false, false, false])
  })
  test('a common family name with an age is too little, though as a first name it would be rare', async () => {
    const { toAdd, found, near } = await ask('alice', { name: 'Rodgers', age: 70 })
    expect([found.length, near.length, toAdd?.slice(0, 2)]).toEqual([
      0,
      0,
      ['the whole date of birth', 'a postcode, now or formerly'],
    ])
  })
  test('a birthday that has not come yet, or an age that is none, is no question: a slip would be taken for an answer', async () => {
    for (const born of ['2031', '2026-12', '2026-11-21'])
      await expect(ask('alice', { name: 'Zephyrine', born }), born).rejects.toThrow('has not come yet')
    expect((await ask('alice', { name: 'Quillon Xyzzyvarth', born: '2026-11' })).found).toEqual([])
    // The day on which a child is expected is a birthday too, where the mother is named.
    expect((await ask('alice', { parent: 'Quilla Xyzzyvarth', born: '2027-02-01' })).found).toEqual([])
    await expect(ask('alice', { parent: 'Quilla Xyzzyvarth', born: '2028-02-01' })).rejects.toThrow('has not come yet')
    const wrong = knownSchema.safeParse({ name: 'x', age: null })
    expect(wrong.error?.issues[0]?.message).toBe('An age is a whole number of years, such as 9.')
  })
  test('a single letter is no part of a name; a name of one sign in another script is', async () => {
    for (const known of [
      { name: 'x', age: 11 },
      { given: 'Z.', school: 'Hillfoot Academy' },
      { name: '…', age: 11 },
    ])
      await expect(ask('alice', known), JSON.stringify(known)).rejects.toThrow('Give a part of a name')
    expect((await ask('alice', { name: '李', born: '2015-03-09' })).found).toEqual([])
    expect((await ask('alice', { given: 'Z', family: 'Okonkwo-Vass', born: '2015-03-09' })).found).toHaveLength(1)
  })
  test('an age that does not fit the birthday is said, and the birthday looked for', async () => {
    const name = 'Quillon Xyzzyvarth'
    const doubtOf = async (known: object): Promise<string> => (await ask('alice', { name, ...known })).doubt
    expect(await doubtOf({ born: '2015', age: 40 })).toContain('The age you gave (40) does not fit the birthday')
    for (const known of [
      { born: '2015', age: 11 },
      { born: '2015', age: 10 },
      { born: '2015-03-09', age: 11 },
    ])
      expect(await doubtOf(known), JSON.stringify(known)).not.toContain('does not fit')
    expect(await doubtOf({ born: '2015-12-09', age: 11 })).toContain('does not fit')
  })
})
