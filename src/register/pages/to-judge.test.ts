import { beforeAll, describe, expect, test } from 'vitest'
import { signIn } from '../../testing/sign-in.ts'
import { openRegisters, TYPED, zephyrine } from '../register-house.fixture.ts'

const { test: area, fed, ask } = await openRegisters()

describe('what a person is given to judge by', { timeout: 120_000 }, () => {
  let kirkvale: number
  let other: number
  beforeAll(async () => {
    kirkvale = await fed('kirkvale', 'K-1', zephyrine())
    other = await fed('kirkvale', 'K-2', {
      names: [{ given: 'Zephirine', family: 'Okonkwo Vass', kind: 'legal' }],
      born: { date: '2015-03-09' },
      addresses: [{ lines: ['12 Mill Lane', 'Kirkvale'], postcode: 'KV1 2AB' }],
    })
  })

  test('WY-18: a keeper sees whom a question may mean with every field named, and the weight of each thing that was compared', async () => {
    const farah = await signIn(area, 'farah')
    await farah.get('/register')
    const answer = (await farah.post('/register', TYPED)).to!
    await farah.get(`${answer}/ask/kirkvale`)
    await farah.post(`${answer}/ask/kirkvale`, { words: '' })
    const imran = await signIn(area, 'imran')
    const path = /\/register\/questions\/[0-9a-f-]{36}/.exec((await imran.get('/register/questions')).html)![0]
    const { html } = await imran.get(path)
    expect(html).toContain('<bdi>Zephyrine Okonkwo-Vass</bdi>, number K-1')
    expect(html).toMatch(/<dt[^>]*>NHS number<\/dt><dd[^>]*><bdi>9991234578/)
    expect(html).toMatch(/<dt[^>]*>Date of birth<\/dt><dd[^>]*><bdi>9 March 2015/)
    expect(html).toMatch(/Family name: [^<]*<\/span> <span[^>]*>for: [\d,]+ times likelier/)
    expect(html.split('register-weights').length - 1).toBe(2)
  })
  test('two entries stand side by side, item by item, and what one of them lacks is said', async () => {
    const alice = await signIn(area, 'alice')
    await alice.get('/register')
    const answer = (await alice.post('/register', TYPED)).to!
    const { html } = await alice.get(`${answer}/same/${kirkvale}/${other}`)
    expect(html).toMatch(/<th scope="col"[^>]*>Kirkvale Council, K-1<\/th><th scope="col"[^>]*>Kirkvale Council, K-2/)
    expect(html).toMatch(/<th scope="row"[^>]*>Name<\/th>.*Zephyrine Okonkwo-Vass.*Zephirine Okonkwo Vass/)
    expect(html).toMatch(/<th scope="row"[^>]*>NHS number<\/th>[^\n]*9991234578[^\n]*Nothing that you were shown/)
  })
  test('a keeper reads first what waits for somebody to act, and puts away at once what is only to be known', async () => {
    for (const who of ['sinead', 'dev', 'yetunde', 'farah']) await ask(who, { ...zephyrineAsked })
    await area.runJobs()
    const imran = await signIn(area, 'imran')
    const { html } = await imran.get('/register/notices')
    const tags = [...html.matchAll(/govuk-tag--\w+">\s*(\w+)/g)].map((found) => found[1])
    expect(tags.slice(0, 2)).toEqual(['Signal', 'Signal'])
    expect(tags.indexOf('Question')).toBeLessThan(tags.indexOf('Enquiry'))
    const all = /<form method="post">.*?<\/form>/s.exec(html)![0]
    const stood = [...all.matchAll(/name="notice" value="([^"]+)"/g)].map((found) => found[1]!)
    expect(all).toContain(`I have read all ${stood.length}`)
    await ask('victor', zephyrineAsked)
    await area.runJobs()
    await imran.post('/register/notices', { notice: stood })
    const after = (await imran.get('/register/notices')).html
    // Only what came since is new.
    expect(after.slice(0, after.indexOf('Read before')).match(/I have read this/g)?.length).toBe(2)
    expect((await imran.post('/register/notices', { notice: 'x' })).status).toBe(422)
  })
})

const zephyrineAsked = { name: 'Zephyrine Okonkwo-Vass', born: '2015-03-09', postcode: 'KV1 2AB' }
