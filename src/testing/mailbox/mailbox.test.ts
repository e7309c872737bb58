import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailOut } from '../../platform/index.ts'
import { pages } from '../room.ts'
import { type TestHouse, testHouse } from '../test-house.ts'
import { type Mailbox, startMailbox } from './server.ts'

let test: TestHouse
let mailbox: Mailbox

beforeAll(async () => {
  test = await testHouse({ pages, config: { demo: true } })
  mailbox = await startMailbox(test.house)
})
afterAll(() => mailbox.stop())

const idIn = (html: string) => /href="(\/demo\/mail\/[0-9a-f-]{36})"/.exec(html)?.[1] ?? ''

describe('the mailbox of the invented area', () => {
  it('takes mail by TLS whose certificate holds, and shows each recipient what came', async () => {
    const raw = Buffer.from(
      'From: a@kirkvale.example\r\nTo: b@marlow-dene.example\r\nSubject: CONFIDENTIAL reference K4M\r\n\r\nGood morning <b>there</b>.\r\n',
    )
    const sent = await mailOut(mailbox.hop).send({
      from: 'a@kirkvale.example',
      to: ['b@marlow-dene.example', 'Hidden@thornmere.example'],
      raw,
    })
    expect(sent).toMatchObject({ outcome: 'accepted', tls: expect.stringMatching(/^TLSv1\.[23]$/) })
    const browser = test.browser()
    const list = await browser.get('/demo/mail')
    expect(list.html).toContain('b@marlow-dene.example')
    expect(list.html).toContain('hidden@thornmere.example')
    const inbox = await browser.get('/demo/mail/of/b%40marlow-dene.example')
    const shown = await browser.get(idIn(inbox.html))
    expect(shown.html).toContain('CONFIDENTIAL reference K4M')
    expect(shown.html).toContain('Good morning &lt;b&gt;there&lt;/b&gt;.')
    expect((await browser.get(`${idIn(inbox.html)}/source`)).bytes.toString()).toContain('Good morning <b>there</b>.')
  })

  it('hands out an attachment as its recipient would save it', async () => {
    const content = Buffer.from([0x50, 0x4b, 3, 4, 0, 255, 13, 10])
    const smtp = createTransport({
      host: 'localhost',
      port: Number(new URL(mailbox.hop.url).port),
      requireTLS: true,
      tls: { ca: mailbox.hop.ca },
    })
    await smtp.sendMail({
      from: 'a@kirkvale.example',
      to: 'files@lantern-house.example',
      subject: 'Papers',
      text: 'See attached.',
      attachments: [{ filename: '20261120.zip', content }],
    })
    const browser = test.browser()
    const opened = await browser.get(idIn((await browser.get('/demo/mail/of/files%40lantern-house.example')).html))
    const part = /href="([^"]+\/part\/\d+)"[^>]*>20261120\.zip</.exec(opened.html)?.[1] ?? ''
    const saved = await browser.get(part)
    expect(saved.bytes.equals(content)).toBe(true)
    expect(saved.headers['content-disposition']).toContain('attachment; filename="20261120.zip"')
  })

  it('takes nothing without TLS', async () => {
    const smtp = createTransport({ host: 'localhost', port: Number(new URL(mailbox.hop.url).port), ignoreTLS: true })
    await expect(smtp.sendMail({ from: 'a@kirkvale.example', to: 'b@kirkvale.example', text: 'x' })).rejects.toThrow(
      /STARTTLS/,
    )
  })
})
