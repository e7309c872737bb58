import { describe, expect, test } from 'vitest'
import { openCast, typeReferral } from './cast.fixture.ts'

const cast = await openCast()
const { test: house, adviser, manager, worker, colleague, entries } = cast
const questionOn = (html: string) => /name="questionId" value="([^"]+)"/.exec(html)![1]!

describe('“I am not sure”', () => {
  test('BEX-3, CUM-6: goes to a named adviser who learns nothing of who it is about, and the answer comes back', async () => {
    const { id, browser } = await typeReferral(cast, { risk: 'none', purpose: 'section-17' })
    const page = await browser.get(`/disclosures/${id}/ask`)
    expect(page.html).toContain('Abel Adviser')
    const sent = { questionId: questionOn(page.html), askedOf: adviser.id }
    expect(
      (await browser.post(`/disclosures/${id}/ask`, { ...sent, question: 'May I tell the hub what Aisha said?' })).html,
    ).toContain('Take out: Aisha')
    expect(
      (
        await browser.post(`/disclosures/${id}/ask`, {
          ...sent,
          question: 'May I tell the hub what the child said to me?',
        })
      ).to,
    ).toBe(`/disclosures/${id}?asked=yes`)
    const abel = house.browser(adviser)
    const inbox = await abel.get('/advice')
    const address = /href="(\/advice\/[0-9a-f-]{36})"/.exec(inbox.html)![1]!
    const question = await abel.get(address)
    expect(question.html).toContain('May I tell the hub what the child said to me?')
    expect(question.html).toContain('11 to 15')
    for (const seen of [inbox, question]) expect(seen.html).not.toMatch(/Aisha|Khan|2015|A\.N\.K|disclosures\/[0-9a-f]/)
    expect((await abel.get(`/disclosures/${id}`)).status).toBe(403)
    expect((await abel.get(`/disclosures/${id}/record`)).status).toBe(403)
    expect((await abel.post(address, { answer: 'Yes, tell them.' })).to).toBe('/advice')
    expect((await abel.post(address, { answer: 'No.' })).status).toBe(409)
    expect((await browser.get('/')).html).toContain('Abel Adviser has answered')
    expect((await browser.get(`/disclosures/${id}`)).html).toContain('Yes, tell them.')
    expect((await browser.get('/')).html).not.toContain('Abel Adviser has answered')
  })
  test('a question for somebody else is not shown', async () => {
    const { id, browser } = await typeReferral(cast)
    const page = await browser.get(`/disclosures/${id}/ask`)
    expect(
      (
        await browser.post(`/disclosures/${id}/ask`, {
          questionId: questionOn(page.html),
          askedOf: colleague.id,
          question: 'May I?',
        })
      ).html,
    ).toContain('Choose an adviser of your agency')
    expect((await house.browser(worker).get('/advice')).status).toBe(403)
  })
})

describe('a manager', () => {
  test('CUM-33: is asked, sees the case, and a yes is written into the draft with name and reasons', async () => {
    const { id, browser } = await typeReferral(cast, { recipient: entries.doctor })
    const page = await browser.get(`/disclosures/${id}/authorise?kind=manager-authorisation`)
    await browser.post(`/disclosures/${id}/authorise?kind=manager-authorisation`, {
      questionId: questionOn(page.html),
      askedOf: manager.id,
      question: 'No agreement with the surgery',
    })
    const mary = house.browser(manager)
    const address = /href="(\/authorisations\/[0-9a-f-]{36})"/.exec((await mary.get('/authorisations')).html)![1]!
    expect((await mary.get(address)).html).toContain(`/disclosures/${id}/record`)
    expect((await mary.post(address, { answer: 'Fine' })).status).toBe(422)
    expect((await mary.post(address, { agreed: 'yes', answer: 'Needed for treatment' })).to).toBe('/authorisations')
    const { rows } = await house.house.database.pool.query(
      `select draft->>'authorisedBy' as by from sharing.disclosure where id = $1`,
      [id],
    )
    expect(rows).toEqual([{ by: 'Mary Manager' }])
    expect((await browser.get(`/disclosures/${id}/record`)).html).toContain('Needed for treatment')
  })
  test('CUM-33: nobody authorises their own', async () => {
    const own = { ...cast, worker: manager }
    const { id, browser } = await typeReferral(own)
    expect((await browser.get(`/disclosures/${id}/authorise?kind=manager-authorisation`)).html).toContain(
      'No manager who may authorise',
    )
  })
})
