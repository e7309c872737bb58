// What mail domains prove, against signed zones, real mail servers and a server of policies on loopback.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channelOf, keepDomain, listDomains } from '../../people/index.ts'
import { actIn, type ManualWork, system } from '../../platform/index.ts'
import { type TestHouse, testHouse } from '../../testing/test-house.ts'
import { gatherEvidence } from './gather.ts'
import { lookAround, lookAtDomains } from './jobs/look-at-domains.ts'
import { freePort, type Names, serveNames } from './names.fixture.ts'
import { openResolver } from './resolver.ts'
import { openAuthority, openMailServer, openPolicies } from './servers.fixture.ts'
import type { Lookout } from './types.ts'

const policy = (mode: string, mx: string, age = 604_800) => ({
  body: `version: STSv1\r\nmode: ${mode}\r\nmx: ${mx}\r\nmax_age: ${age}\r\n`,
})
const announced = '"v=STSv1; id=20261121;"'

const workOf = ({ house, clock }: TestHouse): ManualWork => ({
  house,
  actor: system,
  now: clock.now(),
  attempt: 1,
  last: false,
  transaction: (work, act = {}) => actIn(house, { actor: system, act: 'test', ...act }, work),
})

/** A domain whose one mail server is that on this address, with everything in order unless said. */
const domain = (name: string, at: string, more: { dmarc?: string; tlsa?: string; sts?: string } = {}) => {
  const dot = name === '' ? '' : `.${name}`
  return [
    `${name || '@'} MX 10 mx${dot}`,
    `mx${dot} A ${at}`,
    `mta-sts${dot} A 127.0.0.1`,
    `_mta-sts${dot} TXT ${more.sts ?? announced}`,
    `_dmarc${dot} TXT "${more.dmarc ?? 'v=DMARC1; p=reject'}"`,
    more.tlsa === undefined ? '' : `_25._tcp.mx${dot} TLSA ${more.tlsa}`,
  ].join('\n')
}

describe('what a mail domain proves', () => {
  const authority = openAuthority()
  const stops: (() => Promise<void>)[] = []
  let names: Names
  let lookout: Lookout
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop()
    authority.remove()
  })

  beforeAll(async () => {
    const [smtp, https] = [await freePort(), await freePort()]
    const mail = authority.issue(
      [
        'good',
        'testing',
        'off',
        'mismatch',
        'stranger',
        'redirect',
        'large',
        'html',
        'watching',
        'half',
        'old',
        'otherkey',
        'many',
        'unsigned',
        'expired',
        'changed',
        'twice',
        'shortly',
      ].map((name) => `mx.${name}.test`),
    )
    const self = openAuthority()
    const own = self.issue(['mx.own.test'])
    self.remove()
    stops.push(await openMailServer('127.0.0.2', smtp, mail))
    stops.push(await openMailServer('127.0.0.3', smtp, { ...own, maxVersion: 'TLSv1.2' }))
    stops.push(
      await openMailServer('127.0.0.4', smtp, {
        ...mail,
        minVersion: 'TLSv1.1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
    )
    stops.push(await openMailServer('127.0.0.5', smtp, { ...mail, disabledCommands: ['STARTTLS'] }))
    const held = [
      'good',
      'testing',
      'off',
      'mismatch',
      'redirect',
      'large',
      'html',
      'watching',
      'half',
      'old',
      'plain',
      'otherkey',
      'many',
      'unsigned',
      'own',
      'silent',
      'twice',
      'shortly',
    ]
    const web = authority.issue(held.map((name) => `mta-sts.${name}.test`))
    const enforced = Object.fromEntries(
      [...held, 'stranger'].map((name) => [`mta-sts.${name}.test`, policy('enforce', `mx.${name}.test`)]),
    )
    stops.push(
      await openPolicies(https, web, {
        ...enforced,
        'mta-sts.testing.test': policy('testing', 'mx.testing.test'),
        'mta-sts.off.test': policy('none', 'mx.off.test'),
        'mta-sts.mismatch.test': policy('enforce', '*.elsewhere.test'),
        'mta-sts.redirect.test': { ...policy('enforce', 'mx.redirect.test'), status: 302 },
        'mta-sts.large.test': { body: `${policy('enforce', 'mx.large.test').body}${'x: y\r\n'.repeat(20_000)}` },
        'mta-sts.html.test': { ...policy('enforce', 'mx.html.test'), type: 'text/html' },
        'mta-sts.shortly.test': policy('enforce', 'mx.shortly.test', 3_600),
      }),
    )
    const ours = `3 1 1 ${mail.digest}`
    const records = [
      ...['good', 'testing', 'off', 'mismatch', 'stranger', 'redirect', 'large', 'html', 'shortly'].map((name) =>
        domain(name, '127.0.0.2', { tlsa: ours }),
      ),
      domain('watching', '127.0.0.2', { dmarc: 'v=DMARC1; p=none' }),
      domain('half', '127.0.0.2', { dmarc: 'v=DMARC1; p=reject; pct=50' }),
      domain('twice', '127.0.0.2', { sts: `${announced}\n_mta-sts.twice TXT "v=STSv1; id=2"` }),
      domain('old', '127.0.0.4'),
      domain('plain', '127.0.0.5'),
      domain('silent', '127.0.0.9'),
      domain('own', '127.0.0.3', { tlsa: `3 1 1 ${own.digest}` }),
      domain('otherkey', '127.0.0.2', { tlsa: `3 1 1 ${own.digest}` }),
      'below.good MX 10 mx.good',
      'void MX 0 .',
      'many MX 10 mx.many\nmx.many A 127.0.0.2',
      ...Array.from({ length: 80 }, (_, i) => `_dmarc.many TXT "noise ${i} ${'x'.repeat(200)}"`),
      '_dmarc.many TXT "v=DMARC1; p=quarantine"',
    ].join('\n')
    names = await serveNames({ name: 'test', records, signed: 'well' }, [
      { name: 'unsigned.test', records: domain('', '127.0.0.2', { tlsa: ours }) },
      { name: 'expired.test', records: domain('', '127.0.0.2', { tlsa: ours }), signed: 'expired' },
      {
        name: 'changed.test',
        records: domain('', '127.0.0.2', { tlsa: ours, dmarc: 'v=DMARC1; p=none' }),
        signed: 'changed',
      },
    ])
    stops.push(names.stop)
    lookout = {
      resolver: openResolver({ at: names.at, patience: 10_000 }),
      ports: { smtp, https },
      ca: authority.ca,
      mayReach: (ip) => ip.startsWith('127.'),
      patience: 10_000,
    }
  }, 120_000)

  const look = (name: string) => gatherEvidence(name, lookout, new Date())

  it('GOVUK-EMAIL: a domain with TLS, MTA-STS in force, signed certificates and DMARC has proved all four', async () => {
    expect(await look('good.test')).toEqual({
      domain: 'good.test',
      mx: ['mx.good.test'],
      tls: '1.3',
      mtaSts: true,
      dane: true,
      dmarc: true,
      because: ['TLS: 1.3 at mx.good.test.', 'MTA-STS: proved.', 'DANE: proved.', 'DMARC: proved.'],
    })
  })

  it.each([
    ['testing.test', 'mode "testing"'],
    ['off.test', 'mode "none"'],
    ['mismatch.test', 'does not name the mail server mx.mismatch.test'],
    ['stranger.test', 'nobody vouches for the certificate of mta-sts.stranger.test'],
    ['redirect.test', 'HTTP 302'],
    ['large.test', 'too large'],
    ['html.test', 'plain text'],
    ['shortly.test', 'less than a day'],
    ['twice.test', 'more than one policy'],
  ])('GOVUK-EMAIL: MTA-STS of %s proves nothing: %s', async (name, why) => {
    const found = await look(name)
    expect(found.mtaSts).toBe(false)
    expect(found.because.find((one) => one.startsWith('MTA-STS'))).toContain(why)
    expect(found.tls).toBe('1.3')
  })

  it('GOVUK-EMAIL: DMARC that only watches, or on half the mail, proves nothing; one that stands above counts', async () => {
    expect(await look('watching.test')).toMatchObject({ dmarc: false, mtaSts: true })
    expect(await look('half.test')).toMatchObject({ dmarc: false })
    expect(await look('below.good.test')).toMatchObject({ dmarc: true, mtaSts: false })
  })

  it('GOVUK-EMAIL: a server of old encryption, of none, or that does not answer, is not taken for a safe one', async () => {
    expect(await look('old.test')).toMatchObject({ tls: '1.1', dmarc: true })
    const plain = await look('plain.test')
    expect(plain).toMatchObject({ mtaSts: false, dane: false })
    expect(plain.tls).toBeUndefined()
    expect((await look('silent.test')).tls).toBeUndefined()
  })

  it('a certificate that no authority vouches for counts where its signed record names it, and only there', async () => {
    expect(await look('own.test')).toMatchObject({ tls: '1.2', mtaSts: false, dane: true })
    const other = await look('otherkey.test')
    expect(other.dane).toBe(false)
    expect(other.because).toContain('DANE: mx.otherkey.test shows another certificate than it publishes.')
  })

  it('records of a zone that is not signed are no DANE; the rest of what it proves counts', async () => {
    const found = await look('unsigned.test')
    expect(found).toMatchObject({ tls: '1.3', mtaSts: true, dane: false, dmarc: true })
  })

  it('a zone whose signatures have run out proves nothing at all', async () => {
    const found = await look('expired.test')
    expect(found).toMatchObject({ mx: [], mtaSts: false, dane: false, dmarc: false })
    expect(found.tls).toBeUndefined()
    expect(found.because[0]).toContain('SERVFAIL')
  })

  it('a record that somebody changed after it was signed proves nothing', async () => {
    const found = await look('changed.test')
    expect(found.dmarc).toBe(false)
    expect(found.because.at(-1)).toContain('SERVFAIL')
  })

  it('a domain that is not there, one that takes no mail, and one that nobody answers for prove nothing', async () => {
    for (const name of ['nothing.test', 'void.test', 'nobody.example'])
      expect(await look(name)).toMatchObject({ mtaSts: false, dane: false, dmarc: false })
    expect((await look('void.test')).because[0]).toContain('takes no mail')
  })

  it('an answer too long for one packet is read whole', async () => {
    expect(await look('many.test')).toMatchObject({ dmarc: true })
  })

  it('GOVUK-EMAIL: every day the directory’s domains are looked at, and what they prove is what a decision goes by', async () => {
    const test = await testHouse({ jobs: [lookAtDomains] })
    const at = (on: string) => ({ checkedOn: on, checkedBy: 'A person', exploring: false })
    const known = await test.house.database.transaction(system, async (tx) => {
      await keepDomain(tx, { domain: 'good.test', ...at('2026-01-05'), exploring: true, note: 'Ask Ms Bell.' })
      // What a person once recorded is not what it proves now.
      await keepDomain(tx, { domain: 'plain.test', tls: '1.3', mtaSts: true, dmarc: true, ...at('2026-01-05') })
      await keepDomain(tx, { domain: 'watching.test', accredited: true, ...at('2026-01-05') })
      return (await listDomains(tx)).length
    })
    expect(known).toBe(3)
    const work = workOf(test)
    await expect(
      lookAround(work, { ...lookout, resolver: openResolver({ at: '127.0.0.1:1', patience: 200, tries: 1 }) }),
    ).rejects.toThrow('does not answer')
    await lookAround(work, lookout)
    const found = await test.house.database.transaction(system, async (tx) => ({
      good: await channelOf(tx, 'a@good.test'),
      plain: await channelOf(tx, 'a@plain.test'),
      listed: await channelOf(tx, 'a@watching.test'),
      notes: (await listDomains(tx)).map(({ domain, note, exploring }) => ({ domain, note, exploring })),
    }))
    const today = test.clock.now().toISOString().slice(0, 10)
    expect(found.good).toEqual({ tls: '1.3', mtaSts: true, dane: true, dmarc: true, checkedOn: today })
    expect(found.plain).toEqual({ mtaSts: false, dane: false, dmarc: true, checkedOn: today })
    expect(found.listed).toEqual({ accredited: true, checkedOn: '2026-01-05' })
    expect(found.notes[0]).toMatchObject({
      note: expect.stringMatching(/^Ask Ms Bell. Safehaven found: TLS: 1.3/),
      exploring: true,
    })
    // Once a day is enough.
    await lookAround(work, { ...lookout, mayReach: () => false })
    expect(await test.house.database.transaction(system, (tx) => channelOf(tx, 'a@good.test'))).toEqual(found.good)
  })

  it('a mail server inside a private network is not spoken to', async () => {
    const found = await gatherEvidence('good.test', { ...lookout, mayReach: () => false }, new Date())
    expect(found).toMatchObject({ mtaSts: false, dane: false })
    expect(found.tls).toBeUndefined()
  })
})
