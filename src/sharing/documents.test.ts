import { expect, test } from 'vitest'
import { fill, openCast, typeReferral } from './cast.fixture.ts'

const cast = await openCast()

test('documents are kept with the disclosure; a program, an empty file and a file too large get a sentence and leave nothing', async () => {
  const { id, browser } = await typeReferral(cast)
  const address = `/disclosures/${id}/documents`
  const version = /name="version" value="(\d+)"/.exec((await browser.get(address)).html)![1]!
  const add = (name: string, content: string | Buffer) =>
    browser.post(address, { version, add: 'yes' }, { files: { name, content } })
  expect((await add('run.pdf.exe', 'MZ')).html).toContain('is a program, not a document')
  expect((await add('nothing.pdf', '')).html).toContain('is empty')
  const large = await add('large.pdf', Buffer.alloc(26 * 1024 * 1024, 1))
  expect(large.status).toBe(413)
  expect(large.html).toContain('larger than 25 MB')
  expect((await add('..\\..\\ref\u202Efdp.pdf', '%PDF-1.7')).status).toBe(303)
  const page = await browser.get(address)
  expect(page.html).toContain('reffdp.pdf')
  const file = await browser.get(/href="(\/disclosures\/[^"]+\/document\/[^"]+)"/.exec(page.html)![1]!)
  expect(file.headers['content-disposition']).toContain('attachment')
  expect(file.bytes.toString()).toBe('%PDF-1.7')
  const { rows } = await cast.test.house.database.pool.query('select name from sharing.document')
  expect(rows).toEqual([{ name: 'reffdp.pdf' }])
})

test('BEX-36: where the decision withholds something, no document goes along', async () => {
  const { id, browser } = await typeReferral(cast, { risk: 'imminent-harm' })
  const address = `/disclosures/${id}/documents`
  const version = /name="version" value="(\d+)"/.exec((await browser.get(address)).html)![1]!
  await browser.post(address, { version, add: 'yes' }, { files: { name: 'a.pdf', content: '%PDF' } })
  expect((await browser.get(`/disclosures/${id}/check`)).html).toMatch(/>\s*Send\s*<\/button>/)
  // Planning sees only anonymised information under West Yorkshire's protocol, so that the names are withheld.
  await cast.test.house.database.pool.query(
    `update sharing.disclosure set protocol = 'west-yorkshire-2005', on_day = '2005-03-01', draft = jsonb_set(jsonb_set(draft, '{worry,purpose}', '"planning"'),
      '{items}', draft->'items' || '[{"item": "statistic", "parts": [{"section": "statistic", "words": "12"}], "why": "x"}]') where id = $1`,
    [id],
  )
  const decision = await browser.get(`/disclosures/${id}/decision`)
  expect(decision.html).toContain('What is withheld, and why')
  expect(decision.html).toContain(`href="/disclosures/${id}/documents">Documents</a>`)
  expect((await fill(browser, id, 'check', { right: 'yes' })).to).toBe(`/disclosures/${id}/decision`)
})
