// Each protocol, on a day in its force, from worry to proof: in a real browser, with the script and without it. The mail that was sent is
// picked up from the mailbox of its recipient, 7-Zip opens the archive, and the proof is read out of its PDF.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { form, report } from './documents.ts'
import { fill, openStage, type Stage } from './stage.ts'
import { attach, custody, send, type Wanted, write } from './story.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 180_000)
afterAll(() => stage?.close())

for (const [manner, javaScript] of [
  ['with the script', true],
  ['without JavaScript', false],
] as const)
  describe(manner, () => {
    let alice: Page
    beforeAll(async () => {
      alice = await stage.enter('alice', { javaScript })
      alice.setDefaultTimeout(15_000)
    }, 120_000)

    test('today (kirkvale-2026, CA2004-16LA): a worry reaches the health visitor by secure e-mail, and the custody chain proves it', async () => {
      const { id, words } = await story(
        { purpose: 'section-47', items: ['name', 'concern'], recipient: ['Siddique', 'Farah Siddique'] },
        /Sent/,
      )
      expect(words).toContain('Secure e-mail')
      const mail = await newestMail('farah.siddique@health.five-dales.example')
      expect(mail.subject).toMatch(/confidential/i)
      expect(mail.subject).not.toMatch(/Robin|Example/)
      expect(mail.text).toContain('Two bruises on the left arm')
      const proof = await proofOf(id)
      expect(proof).toContain('Farah Siddique')
      expect(proof).toMatch(/Taken over by the mail server/)
    })

    test('Cumbria, 1 March 2016 (CUM-10, CUM-33): outside an agreement it goes through the portal, is opened with a telephone code, and answered', async () => {
      const { id, words } = await story(
        {
          protocol: 'cumbria-2015',
          day: '2016-03-01',
          risk: 'none',
          purpose: 'section-17',
          items: ['name', 'concern'],
          recipient: ['Greenwood', 'Tom Greenwood'],
        },
        /Sent/,
      )
      expect(words).toContain('Portal')
      await openPortal(id, 'Tom Greenwood')
      expect(await custody(alice, id, /Acted on|acted on/)).toContain('Tom Greenwood')
    })

    test('Bexley, 1 September 2015 (BEX-44): with informed consent a protected document goes to the school, and 7-Zip opens it with the password told by telephone', async () => {
      const documents = [
        { name: 'Report on Robin.pdf', mimeType: 'application/pdf', buffer: await report() },
        {
          name: 'Referral form.docx',
          mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
          buffer: form(),
        },
      ]
      const { id } = await story(
        {
          protocol: 'bexley-2015',
          day: '2015-09-01',
          risk: 'none',
          consent: true,
          purpose: 'care-plan',
          items: ['name', 'services-provided'],
          recipient: ['Martha', 'Martha Ellis'],
          route: 'encrypted-attachment',
        },
        /Sent/,
        documents,
      )
      const dispatch = await dispatchOf(id)
      await alice.goto(`${dispatch}/password`)
      const password = (await alice.locator('main strong.govuk-heading-l').textContent())!.trim()
      const mail = await newestMail('martha')
      expect(mail.raw).not.toContain(password)
      expect(mail.archive).toBeDefined()
      const files = opened(mail.archive!, password)
      expect(words(files)).toContain('Two bruises on the left arm')
      // The six pages and the Word form arrive as they were, and nothing outside the archive tells what they are called.
      for (const { name, buffer } of documents) expect(files.get(name)?.equals(buffer), name).toBe(true)
      expect(mail.raw).not.toMatch(/Robin|Referral form/)
      expect(() => opened(mail.archive!, 'wrong password')).toThrow()
      await fill(alice, `${dispatch}/password`, { to: 'Martha Ellis', channel: 'telephone' })
      expect(await proofOf(id)).toMatch(/password/i)
    })

    test('Metropolitan Police, 1 September 2008 (MPS-10, MPS-11): no secure address, so it goes by recorded delivery to a named person', async () => {
      const { id } = await story(
        {
          protocol: 'mps-2008',
          day: '2008-09-01',
          purpose: 'referral',
          items: ['name', 'concern'],
          recipient: ['Martha', 'Martha Ellis'],
          route: 'recorded-post',
        },
        /Ready to go/,
      )
      const dispatch = await dispatchOf(id)
      expect(await pdfText(`${dispatch}/sheets/outer-envelope`)).not.toMatch(/Robin|Confidential/i)
      await fill(alice, `${dispatch}/steps/posted`, {
        named: 'yes',
        envelope: 'yes',
        tracking: 'AB 1234 5678 9GB',
        cost: '4.35',
      })
      expect(await custody(alice, id, /Sent/)).toContain('Recorded delivery')
      expect(await proofOf(id)).toContain('AB 1234 5678 9GB')
    })

    test('Bournemouth, 1 October 2016 (BOU-4, BOU-16): the education plan reaches the designated teacher through the secure gateway', async () => {
      const { words, id } = await story(
        {
          protocol: 'bournemouth-2016',
          day: '2016-10-01',
          risk: 'none',
          purpose: 'pep',
          items: ['name', 'pep'],
          recipient: ['Hetal', 'Hetal Desai'],
        },
        /Sent/,
      )
      expect(words).toContain('Secure e-mail')
      expect((await newestMail('hetal')).subject).not.toMatch(/Robin|Example/)
      expect(await proofOf(id)).toContain('Hetal Desai')
    })

    test('West Yorkshire, 1 March 2005 (WY-4, WY-19): a colleague of the same area is told by telephone, and what was said is recorded', async () => {
      const { id } = await story(
        {
          protocol: 'west-yorkshire-2005',
          day: '2005-03-01',
          purpose: 'section-47',
          items: ['name', 'concern'],
          recipient: ['Bashir', 'Bashir Rafiq'],
          route: 'telephone',
        },
        /Ready to go/,
      )
      await fill(alice, `${await dispatchOf(id)}/steps/told`, {
        directory: 'yes',
        relevant: 'yes',
        to: 'Bashir Rafiq, team manager',
        known: 'Rang back on the directory’s number',
        said: 'What is written above',
      })
      expect(await custody(alice, id, /Arrived/)).toContain('Telephone')
      expect(await proofOf(id)).toContain('Rang back')
    })

    test('not sharing is a result of equal standing (BEX-7): recorded with its reasons, and shown as such', async () => {
      await alice.goto('/disclosures/new')
      await alice.locator('main button.govuk-button').first().click()
      const id = /disclosures\/([0-9a-f-]{36})/.exec(alice.url())![1]!
      await fill(alice, `/disclosures/${id}/worry`, {
        words: 'A neighbour says that she is often alone.',
        risk: 'none',
      })
      await fill(alice, `/disclosures/${id}/not-share`, {
        reasons: 'Her school is already working with the family.',
        instead: 'The school reviews it on Friday.',
      })
      await alice.goto(`/disclosures/${id}/record`)
      expect(await alice.textContent('main')).toContain('Her school is already working with the family.')
      expect(await alice.textContent('main')).toContain('Not shared')
    })

    async function story(
      wanted: Wanted,
      shows: RegExp,
      documents: Parameters<typeof attach>[2] = [],
    ): Promise<{ id: string; words: string }> {
      const id = await write(alice, wanted)
      if (documents.length > 0) await attach(alice, id, documents)
      expect(await send(alice, id)).toContain('The decision is recorded')
      return { id, words: await custody(alice, id, shows) }
    }

    async function dispatchOf(id: string): Promise<string> {
      await alice.goto(`/disclosures/${id}/custody`)
      return (await alice.locator('main a[href^="/dispatches/"]').first().getAttribute('href'))!
        .split('/')
        .slice(0, 3)
        .join('/')
    }

    async function pdfText(path: string): Promise<string> {
      const answer = await alice.request.get(path)
      expect(answer.headers()['content-type']).toContain('application/pdf')
      return execFileSync('pdftotext', ['-layout', '-', '-'], { input: await answer.body() })
        .toString()
        .replaceAll(/\s+/g, ' ')
    }
    const proofOf = async (id: string): Promise<string> => pdfText(`${await dispatchOf(id)}/proof`)

    /** The newest message for a mailbox, as its recipient opens it in the demo's mailbox pages. */
    async function newestMail(
      whose: string,
    ): Promise<{ subject: string; text: string; raw: string; archive?: Buffer }> {
      await alice.goto('/demo/mail')
      const inbox = await alice
        .locator(`main a[href*="/demo/mail/of/"]`)
        .evaluateAll(
          (links, part) =>
            links
              .map((link) => link.getAttribute('href') ?? '')
              .find((href) => decodeURIComponent(href).includes(part)),
          whose,
        )
      await alice.goto(inbox!)
      const message = await alice
        .locator('main a[href^="/demo/mail/"]')
        .evaluateAll((links) =>
          links.map((link) => link.getAttribute('href') ?? '').find((href) => /\/demo\/mail\/[^/]+$/.test(href)),
        )
      await alice.goto(message!)
      const text = (await alice.textContent('main')) ?? ''
      const raw = await (await alice.request.get(`${message}/source`)).text()
      const part = await alice
        .locator('main a[href*="/part/"]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '').at(0))
      const archive = part === undefined ? undefined : await (await alice.request.get(part)).body()
      return {
        subject: /^Subject: (.*)$/m.exec(raw)?.[1] ?? '',
        text,
        raw,
        ...(archive === undefined ? {} : { archive }),
      }
    }

    /** Whoever was invited opens the link, sets a password, enters the code that Alice reads out, reads and replies. */
    async function openPortal(id: string, name: string): Promise<void> {
      const dispatch = await dispatchOf(id)
      await alice.goto(`${dispatch}/portal`)
      const code = /\b(\d{4}) (\d{4})\b/
        .exec((await alice.textContent('main')) ?? '')!
        .slice(1)
        .join('')
      const invitation = await newestMail(name.toLowerCase().split(' ')[1]!)
      const link = /(\/portal\/[\w-]+)/.exec(invitation.raw.replaceAll(/=\r?\n/g, ''))![1]!
      const outside = await stage.enter(undefined, { javaScript, width: 390 })
      await outside.goto(link)
      const again = await outside.locator('[name=again]').count()
      await fill(outside, link, {
        password: 'harbour violet kestrel',
        ...(again > 0 ? { again: 'harbour violet kestrel' } : {}),
        code,
      })
      expect(await outside.textContent('main')).toContain('Two bruises on the left arm')
      await fill(outside, new URL(outside.url()).pathname, { words: 'We will see them tomorrow.', acted: 'yes' })
      await outside.context().close()
    }
  })

/** The files of an archive by their names, opened by 7-Zip with a password, those of an inner archive included. */
function opened(archive: Buffer, password: string): Map<string, Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'safehaven-seven-'))
  const out = join(folder, 'out')
  try {
    writeFileSync(join(folder, 'a.zip'), archive)
    execFileSync('7z', ['x', '-y', `-p${password}`, `-o${out}`, join(folder, 'a.zip')], { stdio: 'pipe' })
    for (const name of readdirSync(out))
      if (name.endsWith('.zip')) execFileSync('7z', ['x', '-y', `-o${out}`, join(out, name)], { stdio: 'pipe' })
    return new Map(readdirSync(out).map((name) => [name, readFileSync(join(out, name))]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the files say: PDF as text, the rest as it is. */
function words(files: ReadonlyMap<string, Buffer>): string {
  const texts = [...files].map(([name, content]) =>
    name.endsWith('.pdf')
      ? execFileSync('pdftotext', ['-layout', '-', '-'], { input: content }).toString()
      : content.toString('utf8'),
  )
  return texts.join('\n').replaceAll(/\s+/g, ' ')
}
