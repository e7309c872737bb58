import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../platform/index.ts'
import { CAST } from '../testing/cast.ts'
import { MISSPELT, NEED, NOBODY, openRegisters, without, zephyrine } from './register-house.fixture.ts'
import { keysInOrder } from './searching/keys-in-order.ts'

const { test: area, fed, ask, actor } = await openRegisters()
const { house } = area
const REGISTERS = ['kirkvale', 'marlow-dene', 'thornmere', 'sallowby', 'wrenhaugh']

describe('a check of the linked registers', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await fed('kirkvale', 'K-1', zephyrine())
    await fed('marlow-dene', 'M-0', { names: [{ given: 'Somebody', family: 'Else', kind: 'legal' }] })
  })

  test('WY-19, WY-20, WY-31: a social worker of the area finds the misspelt child by name', async () => {
    const answer = await ask('alice', MISSPELT)
    expect(answer.outcome, JSON.stringify(answer.searched, null, 1)).toBe('known')
    expect(answer.found[0]).toMatchObject({ authority: 'kirkvale', shown: { name: ['Zephyrine Okonkwo-Vass'] } })
    expect(answer.found[0]!.fields.length).toBeGreaterThan(2)
    expect(answer.doubt).toMatch(/^What is shown is of the child you asked about with a probability of .* in 100\./)
  })
  test('WY-26: looked-after history is an indicator only', async () => {
    const [found] = (await ask('alice', MISSPELT)).found
    expect(found!.shown['looked-after-indicator']).toEqual(['Is or was looked after'])
    expect(found!.shown['looked-after-history']).toBeUndefined()
    expect(found!.withheld).toContainEqual(
      expect.objectContaining({
        item: 'looked-after-history',
        because: expect.objectContaining({ cites: expect.arrayContaining(['WY-26']) }),
      }),
    )
  })
  test('WY-18: a health visitor, another authority and a nurse are answered the same to the letter whether or not the child is known', async () => {
    for (const who of ['farah', 'dev', 'yetunde']) {
      const [known, unknown] = [await ask(who, MISSPELT), await ask(who, NOBODY)]
      expect(without(known), who).toEqual(without(unknown))
      expect([known.outcome, known.found, known.near], who).toEqual(['may-not-be-told', [], []])
      expect(JSON.stringify(known.searched.find((one) => one.authority === 'kirkvale')), who).toContain('WY-18')
    }
  })
  test('WY-18: whoever is specifically authorised beyond their area is shown the child', async () => {
    const { found } = await ask('sinead', MISSPELT)
    expect(found.map((one) => one.shown.name)).toEqual([['Zephyrine Okonkwo-Vass']])
  })
  test('WY-27: who poses a risk to children is shown to social services, and withheld from the authorised detective by that rule', async () => {
    const seen: string[] = []
    for (const { username } of CAST) {
      const who = await actor(username)
      if (!who.permissions.has('register.check')) continue
      for (const one of (await ask(username, MISSPELT)).found)
        if (one.shown['schedule-one-indicator'] !== undefined) seen.push(who.agency!)
    }
    expect(seen.length).toBeGreaterThan(0)
    expect(seen.every((agency) => REGISTERS.includes(agency))).toBe(true)
    const [found] = (await ask('sinead', MISSPELT)).found
    expect(found!.withheld.find((one) => one.item === 'schedule-one-indicator')?.because.cites).toContain('WY-27')
  })
  test('WY-28, WY-32: nothing is shown but what the decision names, and a school’s item is no field of the registers', async () => {
    const [found] = (await ask('alice', MISSPELT)).found
    expect(Object.keys(found!.shown).every((item) => found!.items.includes(item))).toBe(true)
    expect(found!.withheld.find((one) => one.item === 'education')?.because.cites).toContain('WY-28')
  })
  test('WY-14: planning is answered with figures alone, whoever asks', async () => {
    for (const who of ['alice', 'imran', 'sinead']) {
      const { found, searched } = await ask(who, MISSPELT, { purpose: 'planning' })
      expect(found, who).toEqual([])
      expect(JSON.stringify(searched), who).toContain('WY-14')
    }
  })
  test('WY-25, WY-35: every check stands in the history with who, when and why, and its terms are sealed', async () => {
    const { enquiry } = await ask('farah', MISSPELT)
    await area.runJobs()
    const { rows } = await house.database.pool.query(
      `select e.*, x.shown, d.outcome as decided from register.enquiry e join register.enquiry_entry x on x.enquiry_id = e.id
        left join protocols.decision d on d.id = x.decision_id where e.id = $1`,
      [enquiry],
    )
    expect(rows).toMatchObject([
      {
        asker_name: 'Farah Siddique',
        purpose: 'register-check',
        ground: 'register-check',
        need_to_know: NEED,
        shown: false,
        decided: 'hold',
      },
    ])
    expect(JSON.stringify(rows[0])).not.toContain('Zefirine')
    const { rows: acts } = await house.database.pool.query(
      `select subject, detail from audit.entry where act = 'register.checked'`,
    )
    expect(JSON.stringify(acts)).not.toMatch(/zefirine|okonkwo/i)
  })
  test('WY-25: whoever may see the history of enquiries sees who asked before, when and why', async () => {
    const [found] = (await ask('alice', MISSPELT)).found
    expect(found!.shown['enquiry-history']!.join()).toMatch(
      /20 November 2026.*Farah Siddique, Five Dales Health.*child protection concerns/,
    )
  })
  test('three agencies asking about one child within ten days raise one signal to the keeper, without content', async () => {
    for (const who of ['alice', 'dev', 'farah', 'sinead']) await ask(who, MISSPELT)
    await area.runJobs()
    const { rows } = await house.database.pool.query(`select agency, says from register.notice where kind = 'signal'`)
    expect(rows).toHaveLength(1)
    expect(rows[0].agency).toBe('kirkvale')
    expect(rows[0].says).not.toContain('Zephyrine')
  })
  test('a superseded NHS number finds the child', async () => {
    await fed('kirkvale', 'K-3', {
      names: [{ given: 'Ottoline', family: 'Brackenbury', kind: 'legal' }],
      born: { date: '2012-02-03' },
      nhsNumber: '9990000018',
      formerNhsNumbers: ['9990000026'],
    })
    const { found } = await ask('alice', { name: 'Ottoline', nhsNumber: '999 000 0026' })
    expect(found[0]!.shown).toMatchObject({
      name: ['Ottoline Brackenbury'],
      'nhs-number': ['9990000018', '9990000026 (superseded)'],
    })
  })
  test('an unborn child is found under the mother’s record, by her number', async () => {
    await fed('kirkvale', 'K-4', {
      names: [{ given: 'Marisol', family: 'Thackray', kind: 'legal' }],
      born: { date: '1999-04-05' },
      nhsNumber: '9990000034',
    })
    await fed('kirkvale', 'K-5', {
      born: { expected: '2027-02-01' },
      relationships: [{ to: 'K-4', name: 'Marisol Thackray', kind: 'mother' }],
      registrations: [{ kind: 'unborn', from: '2026-10-01' }],
    })
    const { found } = await ask('alice', { name: 'Marisol Thackray', nhsNumber: '9990000034' })
    const child = found.find((one) => one.under !== undefined)
    expect(child?.under).toBe(found[0]!.entry)
    expect(child?.shown).toMatchObject({
      'date-of-birth': ['Unborn, expected 2027-02-01'],
      registration: ['Plan for an unborn child (2026-10-01 to now)'],
    })
  })
  test('an unborn child is found by the mother named as parent with her postcode, when no child is named; she alone is not', async () => {
    await fed('kirkvale', 'K-40', {
      names: [{ given: 'Rosalind', family: 'Quarmby', kind: 'legal' }],
      born: { date: '1998-04-05' },
      addresses: [{ lines: ['7 Beck Side'], postcode: 'KV2 9ZZ' }],
    })
    const asked = { parent: 'Rosalind Quarmby', postcode: 'KV2 9ZZ' }
    expect((await ask('alice', asked)).found).toEqual([])
    await fed('kirkvale', 'K-41', {
      born: { expected: '2027-03-01' },
      relationships: [{ to: 'K-40', name: 'Rosalind Quarmby', kind: 'mother' }],
    })
    const { found } = await ask('alice', asked)
    expect(found.map((one) => [one.under !== undefined, one.shown['date-of-birth']])).toEqual([
      [false, ['1998-04-05']],
      [true, ['Unborn, expected 2027-03-01']],
    ])
    expect((await ask('farah', asked)).found).toEqual([])
  })
  test('WY-2, BEX-50: a child who moved has both histories beside one another, linked, each as its authority keeps it', async () => {
    const moved = {
      names: [{ given: 'Leocadia', family: 'Fenwright', kind: 'legal' as const }],
      born: { date: '2014-08-09' },
      nhsNumber: '9990000042',
    }
    const first = await fed('marlow-dene', 'M-1', {
      ...moved,
      addresses: [{ lines: ['1 Old Street'], postcode: 'MD1 1AA', from: '2019-01-01', to: '2023-05-01' }],
      registrations: [{ kind: 'child-protection', category: 'EMO', from: '2021-01-01', to: '2022-01-01' }],
    })
    const second = await fed('kirkvale', 'K-6', {
      ...moved,
      addresses: [{ lines: ['2 New Street'], postcode: 'KV1 1AB', from: '2023-05-01' }],
      registrations: [{ kind: 'child-protection', category: 'NEG', from: '2026-01-01' }],
    })
    const { found } = await ask('sinead', { name: 'Leocadia Fenwright', born: '2014-08-09' })
    const [old, now] = [first, second].map((id) => found.find((one) => one.entry === id)!)
    expect(old!.linked).toEqual([{ entry: second, how: 'matched' }])
    expect(now!.linked).toEqual([{ entry: first, how: 'matched' }])
    expect(old!.shown['registration-history']).toEqual([
      'Child protection plan, emotional abuse (2021-01-01 to 2022-01-01)',
    ])
    expect(now!.shown['registration-history']).toBeUndefined()
    expect(now!.shown.registration).toEqual(['Child protection plan, neglect (2026-01-01 to now)'])
  })
  test('a user of one authority reads none of another’s rows, though the application asks for all', async () => {
    const dev = await actor('dev')
    for (const statement of [
      sql`select distinct authority from register.entry where authority <> 'marlow-dene'`,
      sql`select distinct authority from register.feed where authority <> 'marlow-dene'`,
      sql`select distinct authority from register.enquiry_entry where authority <> 'marlow-dene' and asker <> ${dev.id}`,
      sql`select 1 from register.enquiry_entry where authority <> 'marlow-dene' and not shown`,
    ])
      expect(await house.database.transaction(dev, (tx) => tx.query(statement)), statement.sql).toEqual([])
    const farah = await actor('farah')
    for (const statement of [
      sql`select 1 from register.entry limit 1`,
      sql`select 1 from register.match_key limit 1`,
      sql`select 1 from register.flaw limit 1`,
      sql`select 1 from register.verdict limit 1`,
      sql`select 1 from register.enquiry where asker <> ${farah.id} and agency <> 'five-dales-health' limit 1`,
    ])
      expect(await house.database.transaction(farah, (tx) => tx.query(statement)), statement.sql).toEqual([])
    const { rows } = await house.database.pool.query(
      `select relname from pg_class where relnamespace = 'register'::regnamespace and relkind = 'r' and not relrowsecurity order by 1`,
    )
    // How registers stand, how often a term occurs and how many changes there were name nobody.
    const nobody = ['change', 'standing', 'term', 'term_anew', 'term_count']
    expect(rows.map((row) => row.relname).filter((name) => !nobody.includes(name))).toEqual([])
  })
  test('a question that could find nobody is refused with what to give', async () => {
    await expect(ask('alice', { age: 9 })).rejects.toThrow('Give a part of a name')
  })
  test('“not known” says what was searched, how far down the doubt goes and which register is stale', async () => {
    await house.database.pool.query(
      `update people.user_account set authorised_by = 'Harriet Sykes', authorised_on = '2026-01-01' where username = 'alice'`,
    )
    area.clock.forward(8 * 86_400_000)
    await fed('kirkvale', 'K-7', { names: [{ given: 'Late', family: 'Comer', kind: 'legal' }] })
    const { outcome, doubt, searched } = await ask('alice', NOBODY)
    expect(outcome).toBe('not-known')
    expect(doubt).toContain('less than 2 in 100')
    expect(doubt).toMatch(/Marlow Dene.* may lack somebody/)
    expect(searched.filter((one) => one.stale).map((one) => one.authority)).not.toContain('kirkvale')
    expect(searched).toHaveLength(5)
  })
  test('after an upgrade that changed the keys, “not known” says that a child may be missed until the registers are in order, which begins as the house opens', async () => {
    await house.database.pool.query('update register.filed_under set version = 0')
    const before = await ask('alice', NOBODY)
    expect(before.doubt).toContain('being put in order after an upgrade')
    expect(before.askKeeper).toBe(true)
    await (await keysInOrder.start(house)).stop()
    await area.runJobs()
    const after = await ask('alice', NOBODY)
    expect(after.doubt).not.toContain('upgrade')
    expect(after.askKeeper).toBe(false)
  })
})
