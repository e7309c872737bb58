import { beforeAll, describe, expect, it } from 'vitest'
import { actIn, system } from '../../platform/index.ts'
import { seedArea } from '../../testing/area/index.ts'
import type { Browser } from '../../testing/browser.ts'
import { signIn } from '../../testing/sign-in.ts'
import { type TestHouse, testHouse } from '../../testing/test-house.ts'
import { searchDirectory, userByName } from '../index.ts'
import { authenticate, authenticateToken, navigation, pages } from '../room.ts'

let test: TestHouse
const as = (username: string): Promise<Browser> => signIn(test, username)
const idOf = (text: string): Promise<string> =>
  actIn(test.house, { actor: system, act: 'test' }, async (ctx) => (await searchDirectory(ctx, text))[0]!.id)
const userId = (username: string): Promise<string> =>
  actIn(test.house, { actor: system, act: 'test' }, async (ctx) => (await userByName(ctx.tx, username))!.id)

beforeAll(async () => {
  test = await testHouse({ pages, authenticate, navigation })
  await seedArea(test.house, [])
})

describe('the directory', () => {
  it('MPS-3, CUM-13: shows role, agency and channel of each, and who is easily taken for whom', async () => {
    const alice = await as('alice')
    const found = await alice.get('/directory?find=dave')
    expect(found.html).toContain('Tenancies at Dene Bridge; not the health visitor')
    expect(found.html).toContain('Not secure')
    const one = await alice.get(`/directory/${await idOf('dave walker health')}`)
    expect(one.html).toContain('Easily taken for')
    expect(one.html).toContain('Housing officer')
  })

  it('survives any text that is looked for', async () => {
    const alice = await as('alice')
    for (const text of [
      '%',
      '_',
      "'; drop table people.entry; --",
      '\\',
      '<script>alert(1)</script>',
      '\u202Egnp.exe',
      'é'.repeat(190),
      '🧒',
      ' ',
    ])
      expect((await alice.get(`/directory?find=${encodeURIComponent(text)}`)).status).toBe(200)
    expect((await alice.get(`/directory?find=${encodeURIComponent('<script>alert(1)</script>')}`)).html).not.toContain(
      '<script>alert(1)',
    )
    expect((await alice.get(`/directory?find=${encodeURIComponent('%')}`)).html).toContain('Nobody was found')
  })

  it('is kept by whoever has that duty, and by nobody else', async () => {
    expect((await (await as('alice')).get('/directory/add')).status).toBe(403)
    const usha = await as('usha')
    const wrong = await usha.post('/directory/add', { name: 'X', kind: 'carer', address: 'someone@kirkvаle.example' })
    expect(wrong.status).toBe(422)
    expect(
      (
        await usha.post('/directory/add', {
          name: 'A list',
          kind: 'school',
          address: 'list@hillfoot-academy.example',
          list: 'yes',
        })
      ).html,
    ).toContain('Say who owns the list')
    const added = await usha.post('/directory/add', {
      name: 'Nuala Byrne',
      kind: 'carer',
      address: 'nuala@quickmail.example',
      prefers: 'portal',
      prefersAgreedWith: 'Alice Hartley',
    })
    expect(added.to).toMatch(/^\/directory\/[0-9a-f-]{36}$/)
    expect((await usha.get(added.to ?? '')).html).toContain('Portal, agreed with Alice Hartley')
  })

  it('keeps the change of whoever was first, and tells the second', async () => {
    const [one, other] = [await as('usha'), await as('usha')]
    const id = await idOf('Tom Greenwood')
    const versionOf = async (browser: Browser) =>
      /name="version" value="(\d+)"/.exec((await browser.get(`/directory/${id}/change`)).html)?.[1] ?? ''
    const [mine, theirs] = [await versionOf(one), await versionOf(other)]
    const fields = { name: 'Tom Greenwood', kind: 'housing', agency: 'dene-homes', telephone: '01632 960341' }
    expect((await one.post(`/directory/${id}/change`, { ...fields, version: mine })).status).toBe(303)
    expect(
      (await other.post(`/directory/${id}/change`, { ...fields, telephone: '01632 960999', version: theirs })).status,
    ).toBe(409)
  })
})

describe('users', () => {
  it('WY-30: are administered within their own agency only, and nobody raises themselves', async () => {
    const usha = await as('usha')
    expect((await usha.get(`/users/${await userId('dev')}`)).status).toBe(404)
    await usha.get(`/users/${await userId('usha')}`)
    const own = await usha.post(`/users/${await userId('usha')}`, {
      name: 'Usha Patel',
      roles: ['administrative-staff', 'user-administrator', 'manager'],
    })
    expect(own.status).toBe(403)
    expect((await (await as('bashir')).get('/users')).status).toBe(403)
    const changed = await usha.post(`/users/${await userId('edith')}`, {
      name: 'Edith Naylor',
      roles: ['referrer'],
      area: 'kirkvale',
    })
    expect(changed.to).toBe('/users')
  })

  it('are closed, not removed: what they did keeps its name, and nothing opens to them', async () => {
    const usha = await as('usha')
    const id = await userId('rowena')
    await usha.get(`/users/${id}`)
    expect((await usha.post(`/users/${id}/help`, { what: 'close' })).status).toBe(422)
    expect((await usha.post(`/users/${id}/help`, { what: 'close', because: 'Left the council' })).to).toBe('/users')
    const closed = await actIn(test.house, { actor: system, act: 'test' }, async (ctx) => userByName(ctx.tx, 'rowena'))
    expect(closed?.closedAt).toBeInstanceOf(Date)
    expect((await test.acts()).find((one) => one.act === 'user.helped' && one.outcome === 'done')?.subject).toBe(id)
  })

  it('WY-32: the level of a role is the authority’s to set', async () => {
    const usha = await as('usha')
    const levels = {
      'child-protection-coordinator': 'sensitive',
      'senior-management': 'personal',
      'administrative-staff': 'personal',
      manager: 'sensitive',
      practitioner: 'personal',
      'offender-practitioner': 'personal',
      referrer: 'anonymised',
      'conference-chair': 'sensitive',
      'performance-and-quality': 'anonymised',
    }
    await usha.get('/users/levels')
    expect((await usha.post('/users/levels', levels)).to).toBe('/users/levels')
    expect(
      (await actIn(test.house, { actor: system, act: 'test' }, async (ctx) => userByName(ctx.tx, 'alice')))?.clearance,
    ).toBe('personal')
  })
})

describe('agreements', () => {
  it('WY-34: whose review is due or overdue stand at the top, with their owner', async () => {
    const page = await (await as('alice')).get('/agreements')
    expect(page.html).toContain('Multi-agency risk assessment conference: its review was due on')
    expect(page.html).toContain('Multi-agency safeguarding hub: its review is due on')
  })

  it('BEX-63, WY-1, WY-33: each says under which framework it stands, who signed, for what, and who is controller', async () => {
    const page = await (await as('alice')).get('/agreements/linked-registers')
    for (const text of [
      'Five Dales framework for sharing information',
      'joint controllers',
      'Margaret Stead, Director',
      'Check of the register',
    ])
      expect(page.html).toContain(text)
  })

  it('MPS-13: shows who is on the secure process', async () => {
    const page = await (await as('chelsea')).get('/agreements/uptake')
    expect(page.status).toBe(200)
    expect(page.html).toMatch(/\d+ of 16 agencies can be reached by secure e-mail today/)
  })

  it('are added with their parties by whoever has that duty', async () => {
    const usha = await as('usha')
    const days = {
      'signedOn-day': '1',
      'signedOn-month': '11',
      'signedOn-year': '2026',
      'reviewOn-day': '1',
      'reviewOn-month': '11',
      'reviewOn-year': '2027',
    }
    const fields = {
      title: 'Housing pilot',
      kind: 'information-sharing',
      owner: 'Usha Patel',
      ownerContact: 'usha.patel@kirkvale.example',
      purposes: ['section-17'],
      conditions: 'Trained staff only',
      restrictions: 'Only for rehousing',
    }
    expect((await usha.post('/agreements/add', { ...fields, ...days, 'reviewOn-year': '2025' })).status).toBe(422)
    expect((await usha.post('/agreements/add', { ...fields, ...days })).to).toBe('/agreements/housing-pilot/parties')
    await usha.get('/agreements/housing-pilot/parties')
    const party = {
      agency: 'dene-homes',
      signedBy: 'Tom Greenwood',
      'signedOn-day': '1',
      'signedOn-month': '11',
      'signedOn-year': '2026',
    }
    expect((await usha.post('/agreements/housing-pilot/parties', party)).to).toBe('/agreements/housing-pilot')
    expect((await usha.get('/agreements/housing-pilot')).html).toContain('Dene Homes')
  })
})

describe('training', () => {
  it('BOU-2: whose runs out is seen, and nobody records their own', async () => {
    const usha = await as('usha')
    const page = await usha.get('/training')
    expect(page.html).toContain('Never taken')
    expect(page.html).toContain('Run out')
    const taken = { 'taken-day': '19', 'taken-month': '11', 'taken-year': '2026' }
    await usha.get(`/training/${await userId('toby')}`)
    expect((await usha.post(`/training/${await userId('toby')}`, taken)).to).toBe('/training')
    expect((await usha.post(`/training/${await userId('usha')}`, taken)).status).toBe(403)
    expect((await usha.post(`/training/${await userId('toby')}`, { ...taken, 'taken-year': '2027' })).status).toBe(422)
  })
})

describe('tokens for programs', () => {
  it('are shown once, do no more than their user may, and end', async () => {
    const browser = await as('bashir')
    await browser.get('/account/tokens/add')
    const made = await browser.post('/account/tokens/add', {
      label: 'Case system',
      permissions: ['register.check', 'audit.read'],
      lasts: '30',
    })
    const token = /(sh_[\w-]{43})/.exec(made.html)?.[1] ?? ''
    const who = () => test.house.database.transaction(system, (tx) => authenticateToken(token, tx, test.clock.now()))
    const actor = await who()
    expect(actor).toMatchObject({ kind: 'program', name: 'Bashir Rafiq' })
    expect([...(actor?.permissions ?? [])]).toEqual(['register.check'])
    test.clock.forward(31 * 86_400_000)
    expect(await who()).toBeUndefined()
  })
})
