import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actIn, system } from '../platform/index.ts'
import { testHouse } from '../testing/test-house.ts'
import { brenda, consignmentBy, stranger } from '../transfer/consignment.fixture.ts'
import { dispatch } from '../transfer/index.ts'
import { jobs as transferJobs, pages as transferPages } from '../transfer/room.ts'
import { openSink } from '../transfer/sink.fixture.ts'
import { jobs, pages } from './room.ts'

const sink = await openSink()
const { house, browser, runJobs, clock, acts } = await testHouse({
  pages: [...transferPages, ...pages],
  jobs: [...transferJobs.filter((one) => one.name !== 'portal.invite'), ...jobs],
  relay: { url: sink.url, ca: sink.ca },
})
/** The text of all mail so far, with soft line breaks of quoted-printable joined. */
const mailed = (): string =>
  sink.received
    .map((one) =>
      one.raw
        .toString()
        .replaceAll(/=\r?\n/g, '')
        .replaceAll('=3D', '='),
    )
    .join('\n')
afterAll(() => sink.stop())

const PASSWORD = 'harbour violet kestrel'
let dispatchId = ''
let link = ''
let code = ''

/** The letters of the HTML, without markup. */
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

beforeAll(async () => {
  const content = Buffer.from('the minutes of the meeting')
  const kept = await actIn(house, { actor: system, act: 'test.kept' }, (ctx) => ctx.blobs.keep(ctx.tx, content))
  const documents = [{ blobId: kept.id, name: 'Minutes.txt', type: 'text/plain', size: content.length }]
  const [made] = await actIn(house, { actor: system, act: 'test.dispatched' }, (ctx) =>
    dispatch(ctx, consignmentBy('portal', { documents })),
  )
  dispatchId = made!.id
  expect(await runJobs()).toEqual([])
  link = /https?:\/\/[^/]+(\/portal\/[\w-]+)/.exec(mailed())![1]!
  const page = await browser(brenda).get(`/dispatches/${dispatchId}/portal`)
  code = /\b(\d{4}) (\d{4})\b/.exec(words(page.html))!.slice(1).join('')
})

describe('someone outside reads what was left for them', () => {
  test('BEX-42: the invitation names nobody and holds neither the letter nor the code', () => {
    const mail = mailed()
    expect(mail).not.toContain('Robin')
    expect(mail).not.toContain('Minutes')
    expect(mail).not.toContain(code)
  })

  test('a colleague of another agency does not see the code', async () => {
    expect((await browser(stranger).get(`/dispatches/${dispatchId}/portal`)).status).toBe(404)
  })

  test('a weak password, a wrong code and a missing code are answered, and nothing is shown', async () => {
    const reader = browser()
    expect((await reader.get(link)).html).not.toContain('Robin')
    expect(words((await reader.post(link, { password: 'short', again: 'short', code })).html)).toContain(
      'at least 12 characters',
    )
    expect(words((await reader.post(link, { password: PASSWORD, again: 'another password', code })).html)).toContain(
      'not the same',
    )
    const wrong = await reader.post(link, { password: PASSWORD, again: PASSWORD, code: '00000000' })
    expect(words(wrong.html)).toContain('not the code')
    expect(wrong.to).toBeUndefined()
  })

  test('BEX-42 BOU-5: with a password of their own and the code given by telephone they read, download and reply, and the sender sees it', async () => {
    const reader = browser()
    await reader.get(link)
    const entered = await reader.post(link, {
      password: PASSWORD,
      again: PASSWORD,
      code: `${code.slice(0, 4)} ${code.slice(4)}`,
    })
    expect(entered.to).toMatch(/^\/portal\/message\//)
    const message = await reader.get(entered.to!)
    expect(message.html).toContain('Robin')
    const got = await reader.get(`${entered.to}/files/0`)
    expect(got.bytes.toString()).toBe('the minutes of the meeting')
    expect((await reader.post(entered.to!, { words: 'She was at school today.', acted: 'yes' })).to).toBe(entered.to)
    expect(await runJobs()).toEqual([])
    const seen = words((await browser(brenda).get(`/dispatches/${dispatchId}/portal`)).html)
    expect(seen).toContain('She was at school today.')
    expect(seen).toContain('Downloaded file 1')
    const custody = words((await browser(brenda).get(`/dispatches/${dispatchId}`)).html)
    expect(custody).toContain('Opened in the portal')
    expect(custody).toContain('acted on it')
    expect((await acts()).some((act) => act.act === 'portal.downloaded')).toBe(true)
  })

  test('another browser, a guessed address and half an hour without a look show nothing', async () => {
    const reader = browser()
    await reader.get(link)
    const entered = await reader.post(link, { password: PASSWORD })
    expect((await browser().get(entered.to!)).status).toBe(404)
    expect((await browser().get(`${entered.to}/files/0`)).status).toBe(404)
    clock.forward(31 * 60_000)
    expect((await reader.get(entered.to!)).status).toBe(404)
    expect((await browser().get('/portal/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404)
  })

  test('wrong passwords make the next try wait, and lock nobody out for good', async () => {
    const reader = browser()
    await reader.get(link)
    for (let attempt = 0; attempt < 4; attempt += 1) await reader.post(link, { password: 'not the password' })
    expect(words((await reader.post(link, { password: PASSWORD })).html)).toContain('too many wrong passwords')
    clock.forward(60_000)
    expect((await reader.post(link, { password: PASSWORD })).to).toMatch(/message/)
  })

  test('what the sender takes back can no longer be read, also by who is reading', async () => {
    const reader = browser()
    await reader.get(link)
    const { to } = await reader.post(link, { password: PASSWORD })
    expect((await browser(brenda).post(`/dispatches/${dispatchId}/portal`, { what: 'recall' })).to).toBeDefined()
    expect((await reader.get(to!)).html).not.toContain('Robin')
    expect((await reader.get(link)).status).toBe(410)
  })
})

test('a code entered wrongly five times is worth nothing until the sender makes a new one', async () => {
  const [made] = await actIn(house, { actor: system, act: 'test.dispatched' }, (ctx) =>
    dispatch(ctx, { ...consignmentBy('portal'), id: '7d4c9f00-0000-4000-8000-0000000000aa' }),
  )
  const before = mailed().length
  expect(await runJobs()).toEqual([])
  const another = [
    ...mailed()
      .slice(before - 1)
      .matchAll(/https?:\/\/[^/]+(\/portal\/[\w-]+)/g),
  ].at(-1)![1]!
  const codeShown = async (): Promise<string> =>
    /\b(\d{4}) (\d{4})\b/
      .exec(words((await browser(brenda).get(`/dispatches/${made!.id}/portal`)).html))!
      .slice(1)
      .join('')
  const right = await codeShown()
  const reader = browser()
  await reader.get(another)
  for (let attempt = 0; attempt < 5; attempt += 1) await reader.post(another, { password: PASSWORD, code: '11111111' })
  expect((await reader.post(another, { password: PASSWORD, code: right })).to).toBeUndefined()
  await browser(brenda).post(`/dispatches/${made!.id}/portal`, { what: 'new-code' })
  expect((await reader.post(another, { password: PASSWORD, code: await codeShown() })).to).toMatch(/message/)
})

describe('what did not get there', () => {
  test('offers no code to telephone, neither in the custody chain nor in the portal, and takes none', async () => {
    const [made] = await actIn(house, { actor: system, act: 'test.dispatched' }, (ctx) =>
      dispatch(ctx, consignmentBy('portal')),
    )
    expect(await runJobs()).toEqual([])
    const own = browser(brenda)
    const offered = 'Give the telephone code'
    expect((await own.get(`/dispatches/${made!.id}`)).html).toContain(offered)
    expect((await own.get(`/dispatches/${made!.id}/portal`)).html).toContain('Give this code by telephone')
    await house.database.pool.query(`update transfer.dispatch set state = 'failed' where id = $1`, [made!.id])
    expect((await own.get(`/dispatches/${made!.id}`)).html).not.toContain(offered)
    const page = await own.get(`/dispatches/${made!.id}/portal`)
    expect(page.html).not.toContain('Give this code by telephone')
    expect((await own.post(`/dispatches/${made!.id}/portal`, { what: 'new-code' })).status).toBe(409)
  })
})
