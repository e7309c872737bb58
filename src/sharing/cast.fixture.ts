// The people of this room's tests: two authorities, a police force, a school, a health trust.
import {
  acceptTerms,
  actorFor,
  addEntry,
  addUser,
  keepAgency,
  keepDomain,
  recordTraining,
  TERMS,
  userById,
} from '../people/index.ts'
import { type Actor, newId, system, type Tx } from '../platform/index.ts'
import type { Kind } from '../protocols/index.ts'
import { type TestHouse, type TestParts, testHouse } from '../testing/test-house.ts'
import { endpoints, navigation, pages } from './room.ts'

export interface Cast {
  readonly test: TestHouse
  readonly worker: Actor
  readonly colleague: Actor
  readonly manager: Actor
  readonly adviser: Actor
  readonly officer: Actor
  readonly hubWorker: Actor
  readonly teacher: Actor
  /** Ids in the directory. */
  readonly entries: {
    readonly hub: string
    readonly hubTwo: string
    readonly police: string
    readonly doctor: string
    readonly head: string
    readonly headTwo: string
  }
  as<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>
}

const NOW = new Date('2026-11-20T10:00:00Z')

export async function openCast(parts: TestParts = {}): Promise<Cast> {
  const test = await testHouse({ pages, endpoints, navigation, ...parts })
  test.clock.set(NOW)
  const { database } = test.house
  const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => database.transaction(actor, work)
  const agencies: readonly [string, string, Kind, boolean, string | undefined][] = [
    ['northby', 'Northby Council', 'social-care', true, undefined],
    ['southby', 'Southby Council', 'social-care', true, undefined],
    ['force', 'Vale Police', 'police', false, undefined],
    ['trust', 'Vale Health Trust', 'health', false, undefined],
    ['oak-school', 'Oak School', 'school', false, 'northby'],
  ]
  return as(system, async (tx) => {
    for (const [id, name, kind, keepsRegister, area] of agencies)
      await keepAgency(tx, {
        id,
        name,
        kind,
        keepsRegister,
        ...(area === undefined ? {} : { area }),
        ...(keepsRegister
          ? { hubTelephone: id === 'northby' ? '01632 960 100' : '01632 960 200', hubHours: 'day and night' }
          : {}),
      })
    for (const domain of ['northby.gov.uk', 'southby.gov.uk', 'vale.police.uk'])
      await keepDomain(tx, {
        domain,
        tls: '1.3',
        mtaSts: true,
        dmarc: true,
        checkedOn: '2026-11-01',
        checkedBy: 'test',
        exploring: false,
      })
    const user = async (
      username: string,
      name: string,
      agency: string,
      roles: string[],
      email: string,
      area?: string,
    ): Promise<Actor> => {
      const id = newId()
      await addUser(tx, { id, username, name, agency, roles, email, area, jobTitle: roles[0] }, NOW)
      await recordTraining(tx, id, '2026-03-01', 'test')
      await acceptTerms(tx, id, TERMS.version, NOW)
      return actorFor((await userById(tx, id))!)
    }
    const entry = async (
      name: string,
      role: string,
      kind: Kind,
      agency: string,
      address: string,
      more: object = {},
    ): Promise<string> => {
      const id = newId()
      await addEntry(
        tx,
        id,
        {
          name,
          role,
          kind,
          agency,
          address,
          telephone: '01632 960 300',
          postal: '1 High Street',
          list: false,
          clearance: 'sensitive',
          ...more,
        },
        { actor: 'test', now: NOW },
      )
      return id
    }
    return {
      test,
      as,
      worker: await user(
        'worker',
        'Wendy Worker',
        'oak-school',
        ['practitioner'],
        'w.worker@northby.gov.uk',
        'northby',
      ),
      colleague: await user(
        'colleague',
        'Colin Colleague',
        'oak-school',
        ['practitioner'],
        'c.colleague@northby.gov.uk',
        'northby',
      ),
      manager: await user('manager', 'Mary Manager', 'oak-school', ['manager'], 'm.manager@northby.gov.uk', 'northby'),
      adviser: await user('adviser', 'Abel Adviser', 'oak-school', ['adviser'], 'a.adviser@northby.gov.uk', 'northby'),
      officer: await user('officer', 'Olga Officer', 'force', ['practitioner'], 'o.officer@vale.police.uk'),
      hubWorker: await user(
        'hub',
        'Hugo Hub',
        'northby',
        ['hub-worker', 'practitioner'],
        'h.hub@northby.gov.uk',
        'northby',
      ),
      teacher: await user(
        'southerner',
        'Susan South',
        'southby',
        ['practitioner'],
        's.south@southby.gov.uk',
        'southby',
      ),
      entries: {
        hub: await entry('Dave Hill', 'Hub social worker', 'social-care', 'northby', 'dave.hill@northby.gov.uk'),
        hubTwo: await entry('Dave Hall', 'Hub social worker', 'social-care', 'southby', 'dave.hall@southby.gov.uk'),
        police: await entry('Petra Police', 'Child protection detective', 'police', 'force', 'petra@vale.police.uk'),
        doctor: await entry('Dora Doctor', 'GP', 'health', 'trust', 'dora@surgery.example.org'),
        head: await entry('Harriet Head', 'Head teacher', 'school', 'oak-school', 'head@oak.example.sch.uk'),
        headTwo: await entry('Harriet Heath', 'School secretary', 'school', 'oak-school', 'info@oak.example.sch.uk'),
      },
    }
  })
}

/** Types a whole referral into the pages, from the worry to the last check, and gives its id. */
export async function typeReferral(
  { test, worker, entries }: Cast,
  wanted: { risk?: string; recipient?: string; purpose?: string; name?: string } = {},
): Promise<{ id: string; browser: ReturnType<TestHouse['browser']> }> {
  const browser = test.browser(worker)
  await browser.get('/')
  const id = newId()
  await browser.post('/disclosures/new', { startId: id, form: 'referral' })
  const at = `/disclosures/${id}`
  const send = async (path: string, fields: Record<string, string | readonly string[]>) => {
    const seen = await browser.get(`${at}/${path}`)
    const version = /name="version" value="(\d+)"/.exec(seen.html)?.[1] ?? ''
    return browser.post(`${at}/${path}`, { version, ...fields })
  }
  await send('worry', {
    words: 'Two bruises on the arm. He said his uncle hits him.',
    risk: wanted.risk ?? 'significant-harm',
  })
  await send('purpose', {
    purpose: wanted.purpose ?? 'section-47',
    'reachedOn-day': '18',
    'reachedOn-month': '11',
    'reachedOn-year': '2026',
  })
  await send('about/person?part=child', {
    key: 'p-child',
    part: 'child',
    name: wanted.name ?? 'Aisha Noor Khan',
    'born-day': '9',
    'born-month': '3',
    'born-year': '2015',
  })
  await send('about/person?part=adult', {
    key: 'p-mother',
    part: 'adult',
    name: 'Farah Khan',
    age: '34',
    relation: 'mother',
    family: 'yes',
  })
  await send('information/choose', { items: ['name', 'concern', 'incident-detail'] })
  await send('information/item?item=name', { item: 'name', why: 'To find the child' })
  await send('information/item?item=concern', {
    item: 'concern',
    'words-concern': 'Aisha is afraid to go home.',
    why: 'To judge the risk',
  })
  await send('information/item?item=incident-detail', {
    item: 'incident-detail',
    'words-happened': 'Two bruises on the left arm on Tuesday.',
    'words-said': '“My uncle does it.”',
    why: 'To plan the enquiry',
  })
  await send('recipients', { add: wanted.recipient ?? entries.hub })
  await send(`recipients/need?key=r-${(wanted.recipient ?? entries.hub).slice(0, 30)}`, {
    key: `r-${(wanted.recipient ?? entries.hub).slice(0, 30)}`,
    part: 'assesses',
    needToKnow: 'Decides on the enquiry',
  })
  return { id, browser }
}

export const CONSIDERED = {
  context: 'Lives with mother and uncle',
  development: 'On track',
  'special-needs': 'None known',
  nature: 'Hitting',
  impact: 'Afraid',
  care: 'Mother at work',
}
export const PROTECTED = {
  evidence: 'yes',
  'evidence-facts': 'Bruises',
  belief: 'yes',
  'belief-facts': 'What he said',
  prevents: 'yes',
  'prevents-facts': 'An enquiry can protect',
  others: 'no',
}
export const SIX = Object.fromEntries(
  ['necessary', 'proportionate', 'relevant', 'accurate', 'timely', 'secure'].map((one) => [one, 'yes']),
)

/** Sends one page of a journey with the version that it shows. */
export async function fill(
  browser: ReturnType<TestHouse['browser']>,
  id: string,
  path: string,
  fields: Record<string, string | readonly string[]>,
) {
  const seen = await browser.get(`/disclosures/${id}/${path}`)
  const version = /name="version" value="(\d+)"/.exec(seen.html)?.[1] ?? ''
  return browser.post(`/disclosures/${id}/${path}`, { version, ...fields })
}
