import { describe, expect, it } from 'vitest'
import type { Decision, Obligation, Route } from '../../protocols/index.ts'
import { consignmentBy, head } from '../consignment.fixture.ts'
import type { Dispatch } from '../consignment.ts'
import { type Choosing, nextRoute, openRoutes } from './next-route.ts'
import { later, owedTasks } from './owed.ts'

const { decision } = consignmentBy('secure-email', {
  alternatives: ['portal', 'encrypted-attachment', 'recorded-post'],
})
const deciding = (owed: Partial<Record<Route, Obligation[]>>, outcome: Decision['outcome'] = 'share'): Choosing => ({
  decideFor: (route) => ({
    ...decision,
    outcome,
    route,
    obligations: (owed[route] ?? []).map((id) => ({ id, when: 'before' as const, text: id, cites: ['CUM-1'] })),
  }),
  decision,
  recipientIndex: 0,
  party: head,
  tried: ['secure-email'],
  met: new Set(),
  fulfils: (route) => (route === 'encrypted-attachment' ? ['encrypt-aes-256'] : []),
  unable: () => undefined,
})

describe('the next route', () => {
  it('is the first that the decision holds open and that was not tried', () => {
    expect(nextRoute(deciding({}))).toBe('portal')
    expect(nextRoute({ ...deciding({}), tried: ['secure-email', 'portal'] })).toBe('encrypted-attachment')
  })
  it('is none while something must be done before it, unless that was done or the route does it by itself', () => {
    const owed = {
      portal: ['double-envelope'],
      'encrypted-attachment': ['double-envelope'],
      'recorded-post': ['double-envelope'],
    } satisfies Partial<Record<Route, Obligation[]>>
    expect(nextRoute(deciding(owed))).toBeUndefined()
    expect(nextRoute({ ...deciding(owed), met: new Set<Obligation>(['double-envelope']) })).toBe('portal')
    expect(nextRoute(deciding({ ...owed, 'encrypted-attachment': ['encrypt-aes-256'] }))).toBe('encrypted-attachment')
  })
  it('is none when the decision, taken anew with it, is not to share or goes another way', () => {
    expect(nextRoute(deciding({}, 'hold'))).toBeUndefined()
    expect(nextRoute({ ...deciding({}), decideFor: () => decision })).toBeUndefined()
    expect(nextRoute({ ...deciding({}), decideFor: () => undefined })).toBeUndefined()
  })
  it('is never one that is closed for this recipient', () => {
    const because = { text: 'No.', cites: ['CUM-33'] }
    const closed: Decision = {
      ...decision,
      recipients: [{ index: 0, outcome: 'share', closed: [{ route: 'portal', because }] }],
    }
    expect(openRoutes({ ...deciding({}), decision: closed })).toEqual(['encrypted-attachment', 'recorded-post'])
    expect(
      openRoutes({ ...deciding({}), unable: (route) => (route === 'recorded-post' ? 'No address.' : undefined) }),
    ).toEqual(['portal', 'encrypted-attachment'])
  })
})

describe('what is owed', () => {
  const now = new Date('2026-11-21T10:00:00Z')
  const consignment = consignmentBy('recorded-post')
  const dispatch = { id: 'd', route: 'recorded-post' } as Dispatch
  const tasks = owedTasks(
    consignment,
    { dispatch, party: head, decision: consignment.decision, fulfils: ['record-decision'] },
    now,
  )
  const of = (kind: Obligation) => tasks.find((task) => task.kind === kind)!

  it('CUM-8: the written follow-up is due 48 hours after the call', () => {
    expect(of('written-follow-up').due).toEqual(new Date('2026-11-23T10:00:00Z'))
  })
  it('each obligation has an owner, a rule that it cites, and a due time', () => {
    expect(tasks).toHaveLength(consignment.decision.obligations.length)
    for (const task of tasks)
      expect(task).toMatchObject({
        owner: { userId: consignment.sender.userId },
        cites: ['CUM-1'],
        due: expect.any(Date),
      })
  })
  it('what a person does on the way is owed for each recipient and is open; what the route does by itself is done', () => {
    expect(of('double-envelope')).toMatchObject({ dispatch: 'd' })
    expect(of('double-envelope').doneNote).toBeUndefined()
    expect(of('record-decision')).toMatchObject({ doneNote: 'Done by Safehaven in sending.' })
    expect(of('check-recipients')).toMatchObject({ doneNote: 'Confirmed when it was released.' })
  })
  it.each([
    ['PT48H', '2026-11-23T10:00:00.000Z'],
    ['P5D', '2026-11-26T10:00:00.000Z'],
    ['P1M', '2026-12-21T10:00:00.000Z'],
    ['P1W', '2026-11-28T10:00:00.000Z'],
    ['P1DT30M', '2026-11-22T10:30:00.000Z'],
  ])('%s after an instant is %s', (duration, expected) => {
    expect(later(now, duration).toISOString()).toBe(expected)
  })
  it.each(['48 hours', 'P', 'PT', '', 'P-1D'])('"%s" is no duration', (duration) => {
    expect(() => later(now, duration)).toThrow()
  })
})
