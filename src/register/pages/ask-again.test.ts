import { beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../../testing/sign-in.ts'
import { NEED, openRegisters, TYPED } from '../register-house.fixture.ts'

const { test: area } = await openRegisters()
const MORE = {
  otherNames: 'Zeffie Vass, Z. Okonkwo',
  age: '11',
  parent: 'Ada Okonkwo',
  school: 'Hillfoot',
  sex: 'F',
  address: '12 Mill Lane',
}

describe('asking again', { timeout: 120_000 }, () => {
  let answer: string
  let again: string
  beforeAll(async () => {
    const farah = await signIn(area, 'farah')
    await farah.get('/register')
    answer = (await farah.post('/register', { ...TYPED, ...MORE })).to!
    again = `/register?again=${answer.split('/').at(-1)}`
  })

  test('WY-16: begins with what was asked before, so that nothing is typed twice, and why is stated anew each time', async () => {
    const farah = await signIn(area, 'farah')
    expect((await farah.get(answer)).html).toContain(`href="${again}"`)
    const { html } = await farah.get(again)
    for (const [field, value] of Object.entries({
      ...MORE,
      name: TYPED.name,
      'born-day': '9',
      'born-month': '3',
      'born-year': '2015',
      postcode: TYPED.postcode,
    }))
      expect(html, field).toMatch(
        field === 'sex' ? /value="F" selected/ : new RegExp(`name="${field}"[^>]*value="${value}"`),
      )
    expect(html).not.toContain(NEED)
    expect(html).not.toMatch(/value="(?:register-check|not-sought|none|yes)" (?:checked|selected)/)
    // The same form, sent again as it stands, asks; and what is wrong in it is said beside what was typed now, not then.
    const wrong = await farah.post(again, { ...TYPED, name: 'Zephyrine', purpose: '' })
    expect([wrong.status, wrong.html.includes('value="Zephyrine"')]).toEqual([422, true])
    expect((await farah.post(again, { ...TYPED, name: 'Zephyrine' })).status).toBe(303)
  })
  test('another’s question, or none, leaves the form empty', async () => {
    const bashir = await signIn(area, 'bashir')
    for (const path of [again, '/register?again=x', `/register?again=${crypto.randomUUID()}`]) {
      const { status, html } = await bashir.get(path)
      expect([status, html.includes('Zefirine'), html.includes('again. Change it')], path).toEqual([200, false, false])
    }
  })
  test('WY-18: the keeper who is asked by a second click was asked once, and no page says otherwise; other words are not lost in silence', async () => {
    const farah = await signIn(area, 'farah')
    await farah.get(`${answer}/ask/kirkvale`)
    for (let click = 0; click < 2; click += 1)
      expect((await farah.post(`${answer}/ask/kirkvale`, { words: 'I am at the surgery' })).to).toBe(answer)
    expect((await farah.post(`${answer}/ask/kirkvale`, { words: 'Ring me' })).status).toBe(409)
    const { rows } = await area.house.database.pool.query('select words from register.question where enquiry_id = $1', [
      answer.split('/').at(-1),
    ])
    expect(rows).toEqual([{ words: 'I am at the surgery' }])
  })
  test('WY-18: whoever may be told by no register asks several keepers with one form, each once, with a clock each', async () => {
    const farah = await signIn(area, 'farah')
    const yetunde = await signIn(area, 'yetunde')
    await yetunde.get('/register')
    const own = (await yetunde.post('/register', { ...TYPED, risk: 'significant-harm' })).to!
    expect((await yetunde.get(own)).html).toContain(`href="${own}/ask"`)
    expect((await yetunde.get(`${own}/ask`)).html).toContain('Sallowby')
    expect((await farah.get(`${own}/ask`)).status).toBe(404)
    const none = await yetunde.post(`${own}/ask`, { words: 'Ring me' })
    expect([none.status, none.html.includes('Choose whom to ask'), none.html.includes('Ring me')]).toEqual([
      422,
      true,
      true,
    ])
    expect((await yetunde.post(`${own}/ask`, { authority: ['kirkvale', 'nowhere'] })).status).toBe(404)
    for (const authority of [
      ['kirkvale', 'sallowby'],
      ['kirkvale', 'sallowby'],
    ])
      expect((await yetunde.post(`${own}/ask`, { authority, words: 'Ring me' })).to).toBe(own)
    const left = (await yetunde.get(`${own}/ask`)).html
    expect([left.includes('value="kirkvale"'), left.includes('value="thornmere"')]).toEqual([false, true])
    const { rows } = await area.house.database.pool.query(
      `select authority, words, due_at - asked_at = interval '4 hours' as in_four from register.question where enquiry_id = $1 order by 1`,
      [own.split('/').at(-1)],
    )
    expect(rows).toEqual(['kirkvale', 'sallowby'].map((authority) => ({ authority, words: 'Ring me', in_four: true })))
    await yetunde.post(`${own}/ask`, { authority: ['marlow-dene', 'thornmere', 'wrenhaugh'] })
    expect((await yetunde.get(`${own}/ask`)).to).toBe(own)
  })
})
